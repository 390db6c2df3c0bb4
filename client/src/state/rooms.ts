/**
 * Rooms as their member has them. Three sources say how a room stands, in no order among each other: the room's own
 * events (when it is watched), badges (when it is not), and the person's stream. The rules under which they meet in
 * what a fresh snapshot would say:
 *
 *   head, ordinal, lastAt   the greatest that was heard of; the last by events of the room and badges only
 *   readOrdinal             read.moved and full badges set it, as of the ordinal that they name; own messages beyond
 *                           that ordinal raise it
 *   mentions                read.moved and full badges set them up to that ordinal; notices, badges and the room's own
 *                           events add and remove; only what is beyond readOrdinal counts, the newest hundred
 *   the room's own events   up to `counted.upTo` they are contained already and change nothing but mentions
 */
import type { Badge, Membership, Message, MyRoom, Notice, RoomEvents } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { heldMessage } from './room-messages.ts';
import { ownerOf, type Counted, type Placed, type State } from './state.ts';

export function setRoom(state: State, room: MyRoom): void {
  state.rooms.set(room.room.id, room);
  state.touch('rooms');
  state.touch(`room:${room.room.id}`);
}

/** A room as a snapshot or `room.added` has it. */
export function addRoom(state: State, room: MyRoom): void {
  const { head, ordinal } = room.counters;
  state.counted.set(room.room.id, { upTo: head, readAt: ordinal, own: 0 });
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

function countedOf(state: State, roomId: string): Counted {
  return state.counted.get(roomId) ?? { upTo: 0, readAt: 0, own: 0 };
}

function change(state: State, roomId: string, { counters, readOrdinal }: Change): void {
  const known = state.rooms.get(roomId);
  if (!known) return;
  const { room, membership } = known;
  const read = readOrdinal ?? membership.readOrdinal;
  const next = { ...known.counters, ...counters };
  setRoom(state, {
    room,
    membership: read === membership.readOrdinal ? membership : { ...membership, readOrdinal: read },
    counters: { ...next, mentions: unreadMentions(next.mentions, read) },
  });
}

interface Change {
  readonly counters?: Partial<MyRoom['counters']>;
  readonly readOrdinal?: number;
}

/** Head, ordinal and time only grow, whoever tells of them. */
function advance(
  state: State,
  roomId: string,
  to: { head: number; ordinal?: number; lastAt?: number },
): void {
  const counters = state.rooms.get(roomId)?.counters;
  if (!counters) return;
  const head = Math.max(counters.head, to.head);
  const ordinal = Math.max(counters.ordinal, to.ordinal ?? 0);
  change(state, roomId, { counters: { head, ordinal, lastAt: Math.max(counters.lastAt, to.lastAt ?? 0) } });
}

/** An own message: what stands before it is read, unless the server has spoken of reading since. */
function readByWriting(state: State, roomId: string, ordinal: number): void {
  const counted = countedOf(state, roomId);
  const known = state.rooms.get(roomId);
  if (!known) return;
  state.counted.set(roomId, { ...counted, own: Math.max(counted.own, ordinal) });
  const readOrdinal = Math.max(known.membership.readOrdinal, ordinal);
  if (ordinal > counted.readAt) change(state, roomId, { readOrdinal });
}

/** The server says what was read and mentioned when the timeline reached `ordinal`; what is beyond came later. It may have said more since. */
function readAsOf(
  state: State,
  roomId: string,
  said: { readOrdinal: number; ordinal: number; mentions: readonly number[] },
): void {
  const counted = countedOf(state, roomId);
  const known = state.rooms.get(roomId);
  if (!known || said.ordinal < counted.readAt) return;
  state.counted.set(roomId, { ...counted, readAt: said.ordinal });
  const later = known.counters.mentions.filter((ordinal) => ordinal > said.ordinal);
  const isOwnLater = counted.own > said.ordinal;
  change(state, roomId, {
    counters: { mentions: [...said.mentions, ...later] },
    readOrdinal: isOwnLater ? Math.max(said.readOrdinal, counted.own) : said.readOrdinal,
  });
}

/** Counts an event of a watched room. @returns the room, or undefined when there is nothing left to count. */
function count(state: State, event: { stream: string; seq: number }): MyRoom | undefined {
  const roomId = ownerOf(event.stream);
  const counted = countedOf(state, roomId);
  if (!state.rooms.has(roomId) || event.seq <= counted.upTo) return undefined;
  state.counted.set(roomId, { ...counted, upTo: event.seq });
  advance(state, roomId, { head: event.seq });
  return state.rooms.get(roomId);
}

/** Every event of a room moves its head; those that only change messages nothing else. */
export function countEvent(state: State, event: { stream: string; seq: number }): void {
  count(state, event);
}

export function countSent(state: State, event: Placed<'message.sent', { message: Message }>): void {
  const { ordinal, authorId, at, mentions } = event.data.message;
  const room = count(state, event);
  if (!room || ordinal === null) return;
  const roomId = room.room.id;
  advance(state, roomId, { head: event.seq, ordinal, lastAt: at });
  if (authorId === state.me?.userId) readByWriting(state, roomId, ordinal);
  setMention(state, { roomId, ordinal, isMention: meetsMe(state, mentions, authorId) });
}

/** An edit may add or take away a mention at its place. */
export function changeMentions(
  state: State,
  event: Placed<'message.edited', RoomEvents['message.edited']>,
): void {
  const { messageId, ordinal, mentions } = event.data;
  const roomId = ownerOf(event.stream);
  const authorId = heldMessage(state, roomId, messageId)?.authorId;
  setMention(state, { roomId, ordinal, isMention: meetsMe(state, mentions, authorId) });
}

export function dropMention(
  state: State,
  event: Placed<'message.deleted', RoomEvents['message.deleted']>,
): void {
  const { ordinal } = event.data;
  setMention(state, { roomId: ownerOf(event.stream), ordinal, isMention: false });
}

/** Whoever mentions themselves by handle is not told; a mention of everyone meets its author, too. */
function meetsMe(state: State, mentions: Message['mentions'], authorId: string | undefined): boolean {
  const me = state.me?.userId ?? '';
  const isNamed = Object.values(mentions.users).includes(me) && authorId !== me;
  return mentions.all || mentions.here || isNamed;
}

function setMention(
  state: State,
  { roomId, ordinal, isMention }: { roomId: string; ordinal: number | null; isMention: boolean },
): void {
  const known = state.rooms.get(roomId)?.counters.mentions;
  if (!known || ordinal === null || known.includes(ordinal) === isMention) return;
  const mentions = isMention ? [...known, ordinal] : known.filter((one) => one !== ordinal);
  change(state, roomId, { counters: { mentions } });
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
 * A full badge is of one moment and says everything; others add. Either contains all events up to its head, so that
 * they need not be counted when the room is watched later and they are read one by one.
 */
export function applyBadge(state: State, badge: Badge, { full }: { full: boolean }): void {
  const { roomId, head, ordinal, lastAt, readOrdinal, mentions = [], memberCount } = badge;
  const known = state.rooms.get(roomId);
  if (!known) return;
  const counted = countedOf(state, roomId);
  state.counted.set(roomId, { ...counted, upTo: Math.max(counted.upTo, head) });
  advance(state, roomId, { head, ordinal, lastAt });
  if (full && readOrdinal !== undefined) {
    readAsOf(state, roomId, { readOrdinal, ordinal, mentions });
  } else {
    for (const one of mentions) setMention(state, { roomId, ordinal: one, isMention: true });
    for (const one of badge.mentionsGone ?? []) setMention(state, { roomId, ordinal: one, isMention: false });
    if (readOrdinal !== undefined) readByWriting(state, roomId, readOrdinal);
  }
  const after = state.rooms.get(roomId);
  if (!after || head < counted.upTo || (!badge.room && memberCount === undefined)) return;
  const room = badge.room ?? after.room;
  setRoom(state, { ...after, room: memberCount === undefined ? room : { ...room, memberCount } });
}

/** When the message was sent is left to the room: an edit tells of one that may have been there for long. */
export function noticeInRoom(state: State, notice: Notice): void {
  const { roomId, seq: head, ordinal } = notice;
  advance(state, roomId, { head, ordinal: ordinal ?? 0 });
  if (notice.mentioned) setMention(state, { roomId, ordinal, isMention: true });
}

/** A mention of everyone in the same message stays. */
export function noticeOutOfRoom(
  state: State,
  { roomId, messageId, ordinal }: { roomId: string; messageId: string; ordinal: number | null },
): void {
  const mentions = heldMessage(state, roomId, messageId)?.mentions;
  if (mentions?.all || mentions?.here) return;
  setMention(state, { roomId, ordinal, isMention: false });
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
  change(state, roomId, {});
}

export function moveRead(
  state: State,
  moved: { roomId: string; readOrdinal: number; ordinal: number; mentions: readonly number[] },
): void {
  readAsOf(state, moved.roomId, moved);
}

/** What came after the places named stays unread. */
export function raiseRead(
  state: State,
  { roomId, readOrdinal }: { roomId: string; readOrdinal: number },
): void {
  const known = state.rooms.get(roomId);
  if (!known) return;
  const counted = countedOf(state, roomId);
  state.counted.set(roomId, { ...counted, readAt: Math.max(counted.readAt, readOrdinal) });
  change(state, roomId, { readOrdinal: Math.max(known.membership.readOrdinal, readOrdinal) });
}
