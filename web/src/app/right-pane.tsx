import { ProfilePane } from '../people/profile-pane.tsx';
import { DetailsPane } from '../rooms/details-pane.tsx';
import { useMyRoom } from '../rooms/use-room.ts';
import { ThreadPane } from '../threads/thread-pane.tsx';
import type { DetailsTab } from './routes.ts';
import { useApp } from './app-context.ts';

/** What stands beside the main column. */
export function RightPane() {
  const { router } = useApp();
  const pane = router.pane.value;
  const route = router.route.value;
  if (pane === null) return null;
  switch (pane.kind) {
    case 'thread':
      return <ThreadPane key={pane.threadId} threadId={pane.threadId} />;
    case 'profile':
      return <ProfilePane key={pane.userId} userId={pane.userId} />;
    case 'details':
      return route.name === 'room' ? <Details roomId={route.roomId} tab={pane.tab} /> : null;
  }
}

function Details({ roomId, tab }: { roomId: string; tab: DetailsTab }) {
  const room = useMyRoom(roomId)?.room;
  return room ? <DetailsPane room={room} tab={tab} /> : null;
}
