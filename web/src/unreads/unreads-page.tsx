import { useState } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { Check, CheckCheck, Inbox } from 'lucide';
import type { Message, MyRoom } from '@confab/protocol';
import type { Client } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { HeadButton } from '../app/head-button.tsx';
import { RefusedNote, RowSkeletons } from '../app/list-states.tsx';
import { MainFrame } from '../app/main-frame.tsx';
import { roomPath } from '../app/routes.ts';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { MessageText } from '../messages/message-text.tsx';
import { PersonFace } from '../people/person-face.tsx';
import { usePerson } from '../people/use-person.ts';
import { RoomSign } from '../rooms/room-sign.tsx';
import { standingOf } from '../rooms/standing.ts';
import { useMyRoom, useTitle } from '../rooms/use-room.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ThreadsNote } from './threads-note.tsx';
import './unreads-page.css';

/** Messages of one room shown here; the rest is in the room. */
const shownMax = 5;

/** Everything unread, room by room. */
export function UnreadsPage() {
  const words = useWords().lists.unreads;
  const { client, live, attempt } = useApp();
  const [busy, setBusy] = useState(false);
  const ids = useComputed(() => {
    live.follow('rooms');
    return unreadRooms(client).join();
  }).value;
  const rooms = ids === '' ? [] : ids.split(',');
  const readAll = async (): Promise<void> => {
    setBusy(true);
    await attempt(client.markAllRead());
    setBusy(false);
  };
  return (
    <MainFrame
      title={words.title}
      actions={
        rooms.length > 0 && (
          <HeadButton icon={CheckCheck} busy={busy} onClick={() => void readAll()}>
            {words.readAll}
          </HeadButton>
        )
      }
    >
      <div class="main-frame__scroll">
        <div class="unreads">
          <ThreadsNote />
          {rooms.length === 0 ? (
            <EmptyState icon={Inbox} title={words.none}>
              {words.noneNote}
            </EmptyState>
          ) : (
            rooms.map((roomId) => <UnreadRoom key={roomId} roomId={roomId} />)
          )}
        </div>
      </div>
    </MainFrame>
  );
}

/** Those with mentions first, then those that moved last. */
function unreadRooms({ state }: Client): string[] {
  const unread = [...state.rooms.values()]
    .map((room) => ({ room, standing: standingOf(state, room) }))
    .filter(({ standing }) => standing.isUnread);
  unread.sort(
    (a, b) =>
      Number(b.standing.badge > 0) - Number(a.standing.badge > 0) ||
      b.room.counters.lastAt - a.room.counters.lastAt,
  );
  return unread.map(({ room }) => room.room.id);
}

function UnreadRoom({ roomId }: { roomId: string }) {
  const room = useMyRoom(roomId);
  return room === undefined ? null : <UnreadRoomCard room={room} />;
}

function UnreadRoomCard({ room }: { room: MyRoom }) {
  const words = useWords().lists.unreads;
  const { client, ui } = useApp();
  const { id } = room.room;
  const title = useTitle(room.room);
  const { readOrdinal, unread, badge } = standingOf(client.state, room);
  const pages = usePages<Message>(`${readOrdinal} ${Math.min(unread, shownMax)}`, async () => {
    const page = await client.call('room.history', { roomId: id, after: readOrdinal, limit: shownMax });
    return { items: page.messages, next: null };
  });
  const rest = unread - pages.items.length;
  return (
    <section class="unread-room" aria-label={title}>
      <header class="unread-room__head">
        <h2>
          <a href={roomPath(id)}>
            <RoomSign room={room.room} />
            <span>{title}</span>
          </a>
        </h2>
        <Badge count={badge} />
        <span class="unread-room__count">{words.newMessages(unread)}</span>
        {ui.device.phone.value ? (
          <IconButton label={words.read} icon={Check} onClick={() => client.markRead(id)} />
        ) : (
          <Button size="s" variant="quiet" onClick={() => client.markRead(id)}>
            {words.read}
          </Button>
        )}
      </header>
      {pages.isLoading && <RowSkeletons count={1} />}
      {pages.refused && <RefusedNote refused={pages.refused} onRetry={pages.retry} />}
      <ul>
        {pages.items.map((message) => (
          <UnreadLine key={message.id} message={message} />
        ))}
      </ul>
      {rest > 0 && !pages.isLoading && (
        <a class="unread-room__more" href={roomPath(id)}>
          {words.more(rest)}
        </a>
      )}
    </section>
  );
}

function UnreadLine({ message }: { message: Message }) {
  const { time } = useApp();
  const { messageDeleted } = useWords().lists;
  const author = usePerson(message.authorId);
  return (
    <li class="unread-line">
      <PersonFace userId={message.authorId} size={28} />
      <div>
        <p class="unread-line__head">
          <span>{author?.name ?? ' '}</span>
          <a href={roomPath(message.roomId, message.id)}>{time.value.stamp(message.at)}</a>
        </p>
        {message.deletedAt === null ? <MessageText message={message} /> : <p>{messageDeleted}</p>}
      </div>
    </li>
  );
}
