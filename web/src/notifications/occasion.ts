/** What happened that may deserve a notification. Pure. */
import type { Message, Notice } from '@confab/protocol';
import { noticeLevelIn } from '@confab/protocol/notices';
import { parseMarkdown, toPlainText } from '@confab/protocol/markdown';
import { placeOf } from '@confab/client/state/state';
import { noticeReason, quietUntil } from '@confab/client/state/notices';
import type { KnownEvent, State } from '@confab/client';
import { roomPath } from '../app/routes.ts';
import { messagePath } from '../messages/message-path.ts';
import { standingOf } from '../rooms/standing.ts';

export interface Occasion {
  readonly messageId: string;
  readonly roomId: string;
  /** Place in the timeline; null when it is only in its thread. */
  readonly ordinal: number | null;
  readonly threadId: string | null;
  readonly threadOrdinal: number | null;
  readonly authorId: string;
  readonly excerpt: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly path: string;
}

/** Older ones come from a time without a connection: what is unread says enough then. */
const freshMs = 10 * 60_000;
const excerptCharsMax = 180;

/** The message an event tells of, if it notifies the person here. */
export function occasionOf(state: State, event: KnownEvent): Occasion | null {
  if (event.name === 'message.sent') return occasionOfMessage(state, event.data.message);
  return event.name === 'notice.added' ? occasionOfNotice(state, event.data.notice, event.at) : null;
}

/** Null when it does not notify. */
export function occasionOfMessage(state: State, message: Message): Occasion | null {
  if (message.deletedAt !== null || noticeReason(state, message) === null) return null;
  const { id: messageId, roomId, ordinal, threadId, threadOrdinal, authorId, at, text } = message;
  const excerpt = toPlainText(parseMarkdown(text), excerptCharsMax);
  const path = messagePath(message);
  return { messageId, roomId, ordinal, threadId, threadOrdinal, authorId, excerpt, at, path };
}

/** The server decided; what was chosen for the room since, or for all rooms, still counts. */
function occasionOfNotice(state: State, notice: Notice, at: number): Occasion | null {
  const known = state.rooms.get(notice.roomId);
  if (!known || !state.preferences || notice.authorId === state.me?.userId) return null;
  if (noticeLevelIn(known.membership, state.preferences) === 'nothing') return null;
  const { messageId, roomId, ordinal, threadId, threadOrdinal, authorId, excerpt } = notice;
  const path =
    ordinal !== null || threadId === null
      ? roomPath(roomId, messageId)
      : `${roomPath(roomId, threadId)}?thread=${threadId}`;
  return { messageId, roomId, ordinal, threadId, threadOrdinal, authorId, excerpt, at, path };
}

/** Rooms and threads in which it is seen. */
export function placesOf({ roomId, ordinal, threadId }: Occasion): string[] {
  return [
    ...(ordinal === null ? [] : [placeOf(roomId)]),
    ...(threadId === null ? [] : [placeOf(roomId, threadId)]),
  ];
}

/** Notifications of one place take each other's place. */
export function tagOf({ roomId, ordinal, threadId }: Occasion): string {
  return ordinal === null ? `thread-${roomId}-${threadId ?? ''}` : `room-${roomId}`;
}

/** Of a notification that somebody else showed: all that the place holds now. Null for other tags. */
export function occasionOfTag(state: State, tag: string): Occasion | null {
  const [, kind, roomId = '', threadId = null] = /^(room|thread)-(\d+)(?:-(\d+))?$/.exec(tag) ?? [];
  if (kind === undefined) return null;
  const ordinal = kind === 'room' ? (state.rooms.get(roomId)?.counters.ordinal ?? 0) : null;
  const threadOrdinal = threadId === null ? null : (state.threads.get(threadId)?.ordinal ?? 0);
  const nothing = { messageId: '', authorId: '', excerpt: '', at: 0, path: roomPath(roomId) };
  return { ...nothing, roomId, ordinal, threadId, threadOrdinal };
}

export function isRead(state: State, { roomId, ordinal, threadId, threadOrdinal }: Occasion): boolean {
  const room = state.rooms.get(roomId);
  if (!room) return true;
  if (ordinal !== null && standingOf(state, room).readOrdinal >= ordinal) return true;
  const thread = threadId === null ? undefined : state.threads.get(threadId);
  return thread !== undefined && threadOrdinal !== null && thread.readOrdinal >= threadOrdinal;
}

/** Whether it is too late for it, or not the time. */
export function isHeldBack(state: State, { at }: Pick<Occasion, 'at'>, now: number): boolean {
  return now - at > freshMs || quietUntil(state, now) !== null;
}
