import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Message, Room } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { refusalText, useWords } from '../language/index.ts';
import { mayModerate, mayPost, placeIn } from '../rooms/may.ts';
import { titleOf } from '../rooms/room-title.ts';
import type { Belonging } from '../rooms/use-room.ts';
import { useMe } from '../people/use-person.ts';
import type { TimelineListHandle } from '../ui/timeline-list.tsx';
import { Composer } from './composer/composer.tsx';
import type { MessageFieldHandle } from './composer/message-field.tsx';
import { MessagesContext, type MessagesPlace } from './messages-context.ts';
import { editLast } from './edit-last.ts';
import { createRoomList, type RoomList } from './room-list.ts';
import { ArchivedNote, JoinBar, OnlyModeratorsNote } from './room-notes.tsx';
import { TimelineView } from './timeline-view.tsx';
import { useMessageKeys } from './use-message-keys.ts';
import { useReading } from './use-reading.ts';
import './room-timeline.css';

type RoomTimelineProps = { room: Room; membership: Belonging | null; messageId: string | null };

/** The messages of a room, and below them where one writes, or why one cannot. Made anew for each room. */
export function RoomTimeline({ room, membership, messageId }: RoomTimelineProps) {
  const app = useApp();
  const words = useWords().composer;
  const me = useMe();
  const field = useRef<MessageFieldHandle>(null);
  const scroller = useRef<TimelineListHandle>(null);
  const list = useMemo(() => {
    const made = createRoomList(app, room.id);
    if (messageId === null) made.showHeld();
    return made;
  }, []);
  const standing = placeIn(room, membership, me?.role);
  const place = usePlace({
    room,
    threadId: null,
    standing,
    mayWrite: membership !== null && room.archivedAt === null,
    focusComposer: () => field.current?.focus(),
    madeUnread: list.holdUnread,
  });
  useOpening(list, messageId);
  useReading(list, membership === null ? null : room.id);
  const onKeyDown = useMessageKeys(place, scroller);
  const title = room.kind === 'direct' ? titleOf(app.client.state, room) : `#${room.name}`;

  const toEnd = (): void => {
    list.removeNewLine();
    if (!list.goToEnd()) scroller.current?.scrollToEnd();
  };
  return (
    <MessagesContext.Provider value={place}>
      <div class="room-timeline">
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys for the message that has the focus */}
        <div class="room-timeline__list" onKeyDown={onKeyDown}>
          <TimelineView list={list} scroller={scroller} room={room} title={title} onToEnd={toEnd} />
        </div>
        {membership === null ? (
          <JoinBar room={room} />
        ) : room.archivedAt !== null ? (
          <ArchivedNote room={room} mayRestore={mayModerate(room, standing)} />
        ) : !mayPost(room, membership, standing) ? (
          <OnlyModeratorsNote />
        ) : (
          <Composer
            placeholder={words.messageTo(title)}
            onSent={toEnd}
            onEditLast={() =>
              editLast({
                items: list.items,
                ownId: app.client.state.me?.userId ?? '',
                editing: place.editing,
                isIdle: () => field.current?.isEmpty() ?? false,
              })
            }
            autoFocus={!app.ui.device.touch.peek()}
            field={field}
          />
        )}
      </div>
    </MessagesContext.Provider>
  );
}

type PlaceProps = Omit<MessagesPlace, 'active' | 'current' | 'editing' | 'quoted'>;

/** The same object while nothing of it changes. */
export function usePlace(props: PlaceProps): MessagesPlace {
  const active = useSignal<string | null>(null);
  const current = useSignal<string | null>(null);
  const editing = useSignal<string | null>(null);
  const quoted = useSignal<Message | null>(null);
  const { room, threadId, standing, mayWrite } = props;
  return useMemo(
    () => ({ ...props, active, current, editing, quoted }),
    [room, threadId, standing, mayWrite, active, current, editing, quoted],
  );
}

/** Opens at once, and again for every permalink into the same room. */
function useOpening(list: RoomList, messageId: string | null): void {
  const { router, ui, words } = useApp();
  const arrival = router.arrivals.value;
  const first = useRef(true);
  // Before the first picture: what has to be asked for is asked for a picture earlier.
  useLayoutEffect(() => {
    if (!first.current && messageId === null) return;
    const opening = first.current ? list.open(messageId) : list.goTo({ messageId: messageId ?? '' });
    first.current = false;
    opening.catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      const text =
        error.code === 'not_found' ? words.value.messages.notFound : refusalText(words.value, error);
      ui.toasts.show({ text, tone: 'danger' });
    });
  }, [messageId, messageId === null ? 0 : arrival]);
  useEffect(() => list.close, []);
}
