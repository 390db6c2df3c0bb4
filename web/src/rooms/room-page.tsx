import { useEffect, useRef, useState } from 'preact/hooks';
import { MessageSquareOff } from 'lucide';
import type { Room } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { MainFrame } from '../app/main-frame.tsx';
import { RowSkeletons } from '../app/list-states.tsx';
import { refusalText, useWords } from '../language/index.ts';
import { RoomTimeline } from '../messages/room-timeline.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { RoomActions, RoomHeading, RoomNote } from './room-head.tsx';
import { useBelonging, useTitle, type Belonging } from './use-room.ts';

type RoomPageProps = { roomId: string; messageId: string | null };

/** One room: as its member, or a public one looked into from outside. Made anew for each room. */
export function RoomPage({ roomId, messageId }: RoomPageProps) {
  const mine = useBelonging(roomId);
  const { memory } = useApp();
  useEffect(() => memory.write('last-room', roomId), [roomId]);
  if (mine) return <OpenRoom room={mine.room} membership={mine.belonging} messageId={messageId} />;
  return <OutsideRoom roomId={roomId} messageId={messageId} />;
}

type OpenRoomProps = { room: Room; membership: Belonging | null; messageId: string | null };

function OpenRoom({ room, membership, messageId }: OpenRoomProps) {
  const title = useTitle(room);
  return (
    <MainFrame
      title={room.kind === 'direct' ? title : `#${title}`}
      heading={<RoomHeading room={room} title={title} />}
      note={<RoomNote room={room} />}
      actions={<RoomActions room={room} membership={membership} />}
      focusHeading={false}
    >
      <RoomTimeline key={room.id} room={room} membership={membership} messageId={messageId} />
    </MainFrame>
  );
}

/** A room one is not in: public ones can be read, the rest does not exist for us. */
function OutsideRoom({ roomId, messageId }: RoomPageProps) {
  const { client } = useApp();
  const [found, setFound] = useState<Room | Refused | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    client.call('room.get', { roomId }).then(
      ({ room }) => {
        if (!isGone.current) setFound(room);
      },
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (!isGone.current) setFound(error);
      },
    );
    return () => {
      isGone.current = true;
    };
  }, [roomId, attempt]);
  if (found === null) return <LoadingRoom />;
  if (found instanceof Refused) return <NoRoom refused={found} onRetry={() => setAttempt(attempt + 1)} />;
  return <OpenRoom room={found} membership={null} messageId={messageId} />;
}

function LoadingRoom() {
  const words = useWords().rooms.page;
  return (
    <MainFrame title={words.opening} focusHeading={false}>
      <div class="main-frame__scroll" aria-busy="true">
        <RowSkeletons />
      </div>
    </MainFrame>
  );
}

function NoRoom({ refused, onRetry }: { refused: Refused; onRetry: () => void }) {
  const words = useWords();
  const { page } = words.rooms;
  const isNotFound = refused.code === 'not_found';
  return (
    <MainFrame title={isNotFound ? page.notFound : page.failed}>
      <EmptyState
        icon={MessageSquareOff}
        title={isNotFound ? page.notFoundText : page.failedText}
        actions={
          isNotFound ? (
            <a href="/browse">{page.browse}</a>
          ) : (
            <Button onClick={onRetry}>{words.ui.tryAgain}</Button>
          )
        }
      >
        {isNotFound ? page.notFoundNote : refusalText(words, refused)}
      </EmptyState>
    </MainFrame>
  );
}
