import { useState } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { MessagesSquare } from 'lucide';
import type { FollowedThread, Message } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { MainFrame } from '../app/main-frame.tsx';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { excerptOf } from '../messages/quote-view.tsx';
import { PersonFace } from '../people/person-face.tsx';
import { usePerson } from '../people/use-person.ts';
import { RoomSign } from '../rooms/room-sign.tsx';
import { titleOf } from '../rooms/room-title.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { threadReadOrdinal, unreadThreads } from './unread-threads.ts';
import './threads-page.css';

type Found = { thread: FollowedThread; root: Message; last: Message | null };

/** The threads one follows, newest reply first. */
export function ThreadsPage() {
  const app = useApp();
  const words = useWords().lists.threads;
  const { client, live } = app;
  const [filter, setFilter] = useState<'all' | 'unread'>('all');
  const unread = useComputed(() => {
    live.follow('threads');
    return unreadThreads(client.state).length;
  }).value;
  // A new unread thread belongs to the top: the list is asked for again, keeping what is shown until then.
  const pages = usePages<Found>(`${filter} ${unread}`, async (cursor) => {
    const page = await client.call('thread.list', {
      ...(filter === 'unread' ? { unread: true } : {}),
      ...(cursor === null ? {} : { cursor }),
    });
    return { items: page.threads, next: page.next };
  });
  const tabs = [
    { id: 'all' as const, label: words.all },
    { id: 'unread' as const, label: words.unread, count: unread },
  ];
  return (
    <MainFrame
      title={words.title}
      actions={<Tabs label={words.title} look="pills" tabs={tabs} value={filter} onValue={setFilter} />}
    >
      <div class="main-frame__scroll">
        <ListOf
          pages={pages}
          label={words.title}
          class="thread-list"
          render={(found) => <ThreadCard key={found.thread.threadId} {...found} />}
          empty={
            <EmptyState icon={MessagesSquare} title={filter === 'unread' ? words.allRead : words.none}>
              {filter === 'unread' ? words.allReadNote : words.noneNote}
            </EmptyState>
          }
        />
      </div>
    </MainFrame>
  );
}

function ThreadCard({ thread, root, last }: Found) {
  const app = useApp();
  const words = useWords();
  const { client, live, time, router } = app;
  const isHere = useComputed(() => {
    const pane = router.pane.value;
    return pane?.kind === 'thread' && pane.threadId === thread.threadId;
  }).value;
  const unread = useComputed(() => {
    live.follow('threads');
    const now = client.state.threads.get(thread.threadId) ?? thread;
    return Math.max(0, now.ordinal - threadReadOrdinal(client.state, now));
  }).value;
  const room = client.state.rooms.get(thread.roomId)?.room;
  const replies = root.thread?.replies ?? 0;
  return (
    <li>
      <button
        type="button"
        class="thread-card"
        data-unread={unread > 0}
        aria-current={isHere ? 'true' : undefined}
        onClick={() => router.openPane({ kind: 'thread', threadId: thread.threadId })}
      >
        <span class="thread-card__head">
          {room && <RoomSign room={room} />}
          <span class="thread-card__room">
            {room ? titleOf(client.state, room) : words.lists.threads.unknownRoom}
          </span>
          <span class="thread-card__note">
            {words.threads.replies(replies)} · {time.value.stamp(root.thread?.lastAt ?? root.at)}
          </span>
          {unread > 0 && <span class="thread-summary__new">{words.lists.threads.newReplies(unread)}</span>}
        </span>
        <Line message={root} isRoot />
        {last && <Line message={last} />}
      </button>
    </li>
  );
}

function Line({ message, isRoot = false }: { message: Message; isRoot?: boolean }) {
  const author = usePerson(message.authorId);
  const { messageDeleted } = useWords().lists;
  return (
    <span class="thread-card__line" data-root={isRoot}>
      <PersonFace userId={message.authorId} size={isRoot ? 28 : 22} />
      <span>
        <span class="thread-card__author">{author?.name ?? ' '}</span>
        <span class="thread-card__text" dir="auto">
          {message.deletedAt === null ? excerptOf(message) : messageDeleted}
        </span>
      </span>
    </span>
  );
}
