/**
 * Rooms as their member has them. Three sources say how a room stands, in no order among each other: the room's own
 * events (when it is watched), badges (when it is not), and notices in the person's stream. The rules under which they
 * meet in what a fresh snapshot would say:
 *
 *   head, ordinal, lastAt   the greatest that was heard of
 *   readOrdinal             read.moved sets it; own messages and badges only raise it, unless they are older than a
 *                           read.moved that lowered it
 *   mentions by handle      from notices alone, since an edit or a deletion takes them back by a notice
 *   mentions of everyone    from badges, or from message.sent in a watched room; they stay until they are read
 *   a room's events up to `counted.upTo` are contained already and change nothing
 */
import type { Badge, Counters, Membership, Message, MyRoom, Notice, RoomEvents } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { ownerOf, type Counted, type Placed, type State } from './state.ts';

export function setRoom(state: State, room: MyRoom): void {
  state.rooms.set(room.room.id, room);
  state.touch('rooms');
  state.touch(`room:${room.room.id}`);
}

/** A room as a snapshot or `room.added` has it. */
export function addRoom(state: State, room: MyRoom): void {
  state.counted.set(room.room.id, { upTo: room.counters.head, loweredAt: 0 });
  setRoom(state, room);
}

/** What hangs on the membership goes with it; saved messages stay saved. */
export function removeRoom(state: State, roomId: string): void {
  state.rooms.delete(roomId);
  state.counted.delete(roomId);
  state.messages.delete(roomId);
  for (const { threadId, roomId: of } of state.threads.values())
    if (of === roomId) state.threads.delete(threadId);
  for (const [place, draft] of state.drafts) if (draft.roomId === roomId) state.drafts.delete(place);
  for (const key of ['rooms', 'threads', 'drafts', `room:${roomId}`, `timeline:${roomId}`] as const) {
    state.touch(key);
  }
}

/** The ordinals greater than what was read, ascending, the newest hundred. */
export function unreadMentions(mentions: readonly number[], readOrdinal: number): number[] {
  return [...new Set(mentions)]
    .filter((ordinal) => ordinal > readOrdinal)
    .sort((a, b) => a - b)
    .slice(-limits.unreadMentionsMax);
}

interface Standing {
  readonly head?: number;
  readonly ordinal?: number;
  readonly lastAt?: number;
  /** Raises, never lowers. */
  readonly readOrdinal?: number;
  readonly mentions?: readonly number[];
}

/** The greater of what is known and what was heard. */
function raise({ room, membership, counters }: MyRoom, heard: Standing): MyRoom {
  const readOrdinal = Math.max(membership.readOrdinal, heard.readOrdinal ?? 0);
  return {
    room,
    membership: readOrdinal === membership.readOrdinal ? membership : { ...membership, readOrdinal },
    counters: {
      head: Math.max(counters.head, heard.head ?? 0),
      ordinal: Math.max(counters.ordinal, heard.ordinal ?? 0),
      lastAt: Math.max(counters.lastAt, heard.lastAt ?? 0),
      mentions: unreadMentions(heard.mentions ?? counters.mentions, readOrdinal),
    },
  };
}

function countedOf(state: State, roomId: string): Counted {
  return state.counted.get(roomId) ?? { upTo: 0, loweredAt: 0 };
}

/** Counts an event of a watched room. @returns the room, or undefined when there is nothing left to count. */
function count(state: State, event: { stream: string; seq: number }): MyRoom | undefined {
  const roomId = ownerOf(event.stream);
  const room = state.rooms.get(roomId);
  const known = countedOf(state, roomId);
  if (!room || event.seq <= known.upTo) return undefined;
  state.counted.set(roomId, { ...known, upTo: event.seq });
  const counted = raise(room, { head: event.seq });
  setRoom(state, counted);
  return counted;
}

/** Every event of a room moves its head; those that only change messages nothing else. */
export function countEvent(state: State, event: { stream: string; seq: number }): void {
  count(state, event);
}

export function countSent(state: State, event: Placed<'message.sent', { message: Message }>): void {
  const room = count(state, event);
  const { ordinal, authorId, at, mentions } = event.data.message;
  if (!room || ordinal === null) return;
  const isOwn = authorId === state.me?.userId;
  const meetsEveryone = (mentions.all || mentions.here) && !isOwn;
  const heard: Standing = {
    ordinal,
    lastAt: at,
    ...(isOwn && at >= countedOf(state, room.room.id).loweredAt ? { readOrdinal: ordinal } : {}),
    ...(meetsEveryone ? { mentions: [...room.counters.mentions, ordinal] } : {}),
  };
  setRoom(state, raise(room, heard));
}

export function changeRoom(state: State, event: Placed<'room.changed', RoomEvents['room.changed']>): void {
  const room = count(state, event);
  if (room) setRoom(state, { ...room, room: event.data.room });
}

export function countMembers(
  state: State,
  event: Placed<'member.joined' | 'member.left', { memberCount: number }>,
): void {
  const room = count(state, event);
  if (room) setRoom(state, { ...room, room: { ...room.room, memberCount: event.data.memberCount } });
}

/**
 * `full` says all the unread mentions, otherwise those to add. A badge contains all events up to its head, so that
 * they need not be counted when the room is watched later and they are read one by one.
 */
export function applyBadge(state: State, badge: Badge, { full, at }: { full: boolean; at: number }): void {
  const { roomId, head, ordinal, lastAt, readOrdinal, mentions, memberCount } = badge;
  const known = state.rooms.get(roomId);
  if (!known) return;
  const counted = countedOf(state, roomId);
  state.counted.set(roomId, { ...counted, upTo: Math.max(counted.upTo, head) });
  // Of the moment of the badge, or of the own message that it speaks of.
  const readAt = full ? at : lastAt;
  const heard: Standing = {
    head,
    ordinal,
    lastAt,
    ...(readOrdinal === undefined || readAt < counted.loweredAt ? {} : { readOrdinal }),
    ...(mentions === undefined
      ? {}
      : { mentions: full ? mentions : [...known.counters.mentions, ...mentions] }),
  };
  const raised = raise(known, heard);
  const isNewest = head >= counted.upTo;
  const room = (isNewest ? badge.room : undefined) ?? raised.room;
  setRoom(state, {
    ...raised,
    room: isNewest && memberCount !== undefined ? { ...room, memberCount } : room,
  });
}

export function noticeInRoom(state: State, notice: Notice, at: number): void {
  const known = state.rooms.get(notice.roomId);
  if (!known) return;
  const { seq: head, ordinal } = notice;
  const isMention = notice.mentioned && ordinal !== null;
  const heard: Standing = {
    head,
    ...(ordinal === null ? {} : { ordinal, lastAt: at }),
    ...(isMention ? { mentions: [...known.counters.mentions, ordinal] } : {}),
  };
  setRoom(state, raise(known, heard));
}

export function noticeOutOfRoom(
  state: State,
  { roomId, ordinal }: { roomId: string; ordinal: number | null },
): void {
  const known = state.rooms.get(roomId);
  if (!known || ordinal === null || !known.counters.mentions.includes(ordinal)) return;
  const mentions = known.counters.mentions.filter((one) => one !== ordinal);
  setRoom(state, { ...known, counters: { ...known.counters, mentions } });
}

/** An own message may have raised what was read before this event of another stream arrives: it does not go back. */
export function changeMembership(
  state: State,
  { roomId, membership }: { roomId: string; membership: Membership },
): void {
  const known = state.rooms.get(roomId);
  if (!known) return;
  const readOrdinal = Math.max(known.membership.readOrdinal, membership.readOrdinal);
  setRoom(state, { ...known, membership: { ...membership, readOrdinal } });
}

export function moveRead(
  state: State,
  moved: { roomId: string; readOrdinal: number; mentions: readonly number[] },
  at: number,
): void {
  const known = state.rooms.get(moved.roomId);
  if (!known) return;
  const { roomId, readOrdinal } = moved;
  // Reading raises; what does not was marked as unread.
  if (readOrdinal <= known.membership.readOrdinal) {
    state.counted.set(roomId, { ...countedOf(state, roomId), loweredAt: at });
  }
  // The list is of the moment of reading; a mention of everyone may have come since, by another stream.
  const mentions = unreadMentions([...known.counters.mentions, ...moved.mentions], readOrdinal);
  const counters: Counters = { ...known.counters, mentions };
  setRoom(state, { ...known, counters, membership: { ...known.membership, readOrdinal } });
}

/** What came after the places named stays unread. */
export function raiseRead(
  state: State,
  { roomId, readOrdinal }: { roomId: string; readOrdinal: number },
): void {
  const known = state.rooms.get(roomId);
  if (known) setRoom(state, raise(known, { readOrdinal }));
}
