import { useEffect } from 'preact/hooks';
import { isText } from '../platform/index.ts';
import { useApp, type App } from './app-context.ts';
import { roomPath } from './routes.ts';

/** Beside a sidebar the main column is never empty: home leads to where one was last, or to the first room there is. */
export function useFirstRoom(): void {
  const app = useApp();
  const { live, router, ui } = app;
  live.follow('ready');
  live.follow('rooms');
  const isHome = router.route.value.name === 'home' && !ui.device.phone.value;
  const first = isHome ? firstRoom(app) : null;
  useEffect(() => {
    if (isHome && first !== null) router.go(first, { replace: true });
  }, [isHome, first]);
}

function firstRoom({ client, memory }: App): string | null {
  const { rooms, positions } = client.state;
  const last = memory.read('last-room', isText);
  if (last !== null && rooms.has(last)) return roomPath(last);
  const open = [...rooms.values()].filter(({ room }) => room.archivedAt === null);
  const first = open.find(({ room }) => room.isDefault) ?? open[0];
  if (first) return roomPath(first.room.id);
  return positions === null ? null : '/browse';
}
