import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Bell, BellOff, Link } from 'lucide';
import type { Room } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { RefusedNote, RowSkeletons } from '../app/list-states.tsx';
import { PaneFrame } from '../app/pane-frame.tsx';
import { useWords } from '../language/index.ts';
import { Composer } from '../messages/composer/composer.tsx';
import type { MessageFieldHandle } from '../messages/composer/message-field.tsx';
import { editLast } from '../messages/edit-last.ts';
import { copyMessageLink } from '../messages/message-actions.ts';
import { MessageRow } from '../messages/message-row.tsx';
import { MessagesContext } from '../messages/messages-context.ts';
import { usePlace } from '../messages/room-timeline.tsx';
import type { TimelineItem } from '../messages/timeline-items.ts';
import { NewLine } from '../messages/timeline-view.tsx';
import { UnderwayRow } from '../messages/underway-row.tsx';
import { useAnnouncements } from '../messages/use-announcements.ts';
import { useMessageKeys } from '../messages/use-message-keys.ts';
import { useMe } from '../people/use-person.ts';
import { placeIn } from '../rooms/may.ts';
import { signedTitleOf } from '../rooms/room-title.ts';
import { useBelonging } from '../rooms/use-room.ts';
import { IconButton } from '../ui/button.tsx';
import { TimelineList, type TimelineListHandle } from '../ui/timeline-list.tsx';
import { createThreadList, type ThreadList } from './thread-list.ts';
import { useThreadReading } from './use-thread-reading.ts';
import { useThreadRoom } from './use-thread-room.ts';
import './thread-pane.css';

/** A thread beside the page. */
export function ThreadPane({ threadId }: { threadId: string }) {
  const room = useThreadRoom(threadId);
  const words = useWords().threads;
  if (room === null || room instanceof Refused) {
    return (
      <PaneFrame title={words.title}>
        <div class="pane-frame__scroll">
          {room === null ? <RowSkeletons count={4} /> : <RefusedNote refused={room} />}
        </div>
      </PaneFrame>
    );
  }
  return <OpenThread room={room} threadId={threadId} />;
}

function OpenThread({ room, threadId }: { room: Room; threadId: string }) {
  const app = useApp();
  const words = useWords().threads;
  const me = useMe();
  const mine = useBelonging(room.id);
  const field = useRef<MessageFieldHandle>(null);
  const scroller = useRef<TimelineListHandle>(null);
  const list = useMemo(() => createThreadList(app, { roomId: room.id, threadId }), []);
  const place = usePlace({
    room,
    threadId,
    standing: placeIn(room, mine?.belonging ?? null, me?.role),
    mayWrite: mine !== null && room.archivedAt === null,
    focusComposer: () => field.current?.focus(),
    // Threads are read as a whole.
    madeUnread: () => undefined,
  });
  useEffect(() => {
    void list.open();
    return list.close;
  }, []);
  const onKeyDown = useMessageKeys(place, scroller);
  return (
    <MessagesContext.Provider value={place}>
      <PaneFrame
        title={words.title}
        note={signedTitleOf(app.client.state, room)}
        actions={<ThreadActions list={list} threadId={threadId} isMember={mine !== null} />}
        focusHeading={app.ui.device.touch.peek() || !place.mayWrite}
      >
        <div class="thread">
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys for the message that has the focus */}
          <div class="thread__list" onKeyDown={onKeyDown}>
            <Replies list={list} scroller={scroller} threadId={threadId} />
          </div>
          {place.mayWrite && (
            <Composer
              placeholder={words.reply}
              onSent={() => scroller.current?.scrollToEnd()}
              onEditLast={() =>
                editLast({
                  items: list.items,
                  ownId: me?.id ?? '',
                  editing: place.editing,
                  isIdle: () => field.current?.isEmpty() ?? false,
                })
              }
              autoFocus={!app.ui.device.touch.peek()}
              field={field}
            />
          )}
        </div>
      </PaneFrame>
    </MessagesContext.Provider>
  );
}

function ThreadActions({
  list,
  threadId,
  isMember,
}: {
  list: ThreadList;
  threadId: string;
  isMember: boolean;
}) {
  const app = useApp();
  const words = useWords().threads;
  const isFollowed = list.followed.value !== null;
  const root = list.root.value;
  const follow = (): void => {
    const name = isFollowed ? 'thread.unfollow' : 'thread.follow';
    void app.attempt(app.client.call(name, { threadId })).then((done) => {
      if (!done) return;
      const text = isFollowed ? words.unfollowed : words.followed;
      app.ui.toasts.show({ text });
    });
  };
  return (
    <>
      {isMember && (
        <IconButton
          label={isFollowed ? words.unfollow : words.follow}
          icon={isFollowed ? Bell : BellOff}
          pressed={isFollowed}
          onClick={follow}
        />
      )}
      {root && (
        <IconButton label={words.copyLink} icon={Link} onClick={() => void copyMessageLink(app, root)} />
      )}
    </>
  );
}

const keyOf = ({ key }: TimelineItem): string => key;

type RepliesProps = {
  list: ThreadList;
  scroller: { current: TimelineListHandle | null };
  threadId: string;
};

function Replies({ list, scroller, threadId }: RepliesProps) {
  const phase = list.phase.value;
  const words = useWords().threads;
  const [atEnd, setAtEnd] = useState(true);
  useThreadReading(list, threadId, atEnd);
  useAnnouncements(list.items.value, list.hasAfter.value);
  if (phase instanceof Refused) return <RefusedNote refused={phase} onRetry={() => void list.open()} />;
  if (phase === 'opening') return <RowSkeletons count={4} />;
  const items = list.items.value;
  const first = items.find(({ isFirstUnread }) => isFirstUnread);
  return (
    <TimelineList
      class="timeline thread__timeline"
      label={words.repliesLabel}
      items={items}
      keyOf={keyOf}
      start={first ? { key: first.key } : 'end'}
      handle={scroller}
      moreBefore={list.hasBefore.value}
      moreAfter={list.hasAfter.value}
      onReachStart={list.loadBefore}
      onReachEnd={list.loadAfter}
      onVisible={(range) => setAtEnd(range.atEnd)}
      before={list.hasBefore.value ? <RowSkeletons count={2} /> : <Root list={list} />}
      render={(item) => (
        <>
          {item.isFirstUnread && <NewLine />}
          {item.kind === 'message' ? (
            <MessageRow message={item.message} rowKey={item.key} isGrouped={item.isGrouped} />
          ) : (
            <UnderwayRow underway={item.underway} isGrouped={item.isGrouped} />
          )}
        </>
      )}
    />
  );
}

function Root({ list }: { list: ThreadList }) {
  const root = list.root.value;
  const words = useWords().threads;
  if (root === null) return null;
  const replies = root.thread?.replies ?? 0;
  return (
    <div class="thread__root">
      <MessageRow message={root} rowKey={root.id} isGrouped={false} />
      <p class="thread__count">{replies === 0 ? words.noReplies : words.replies(replies)}</p>
    </div>
  );
}
