import type { Message, MessagePage } from '@confab/protocol';
import { changeMessage, concernedBy, type RoomEvent } from './change-message.ts';
import { keepOnly, lastOf, place, runAt, type Runs } from './runs.ts';
import { ownerOf, type State } from './state.ts';

/** Recent events kept beside the messages, for pages that were read a moment before they arrived. */
const recentMax = 128;
/** Badges come every second: more than this in between would be asked for in vain. */
const uncountedMax = 500;
/** Messages kept of a room that nobody looks at: a screen and some scrolling. */
const idleMessagesMax = 100;

/**
 * The messages of one room that are held here. Pages come from different moments than events: each message remembers
 * up to which event its page contained it (`asOf`); earlier events pass it by, later ones change it. A page that is
 * older than the room's position is brought forward by the recent events. So it does not matter in which order pages
 * and events arrive.
 */
export interface RoomMessages {
  /** All events up to here are applied; null before the first page. */
  position: { epoch: number; seq: number } | null;
  readonly held: Map<string, Held>;
  /** By ordinal. */
  readonly timeline: Runs;
  /** Open threads: their replies by thread ordinal. Replies of other threads are not held. */
  readonly threads: Map<string, Runs>;
  /** Quoted messages: only text, author and whether deleted are true of them. */
  readonly quotes: Map<string, Message>;
  readonly recent: RoomEvent[];
  /** `recent` holds all events after this one. */
  recentAfter: number;
}

export interface Held {
  readonly message: Message;
  readonly asOf: number;
}

export function messagesOf(state: State, roomId: string): RoomMessages {
  const present = state.messages.get(roomId);
  if (present) return present;
  const fresh: RoomMessages = {
    position: null,
    held: new Map(),
    timeline: [],
    threads: new Map(),
    quotes: new Map(),
    recent: [],
    recentAfter: 0,
  };
  state.messages.set(roomId, fresh);
  return fresh;
}

/** All is forgotten, for instance because events were missed that will not come any more. Open threads stay open. */
export function dropMessages(state: State, roomId: string): void {
  const room = state.messages.get(roomId);
  if (!room) return;
  state.messages.delete(roomId);
  state.touch(`timeline:${roomId}`);
  for (const threadId of room.threads.keys()) {
    messagesOf(state, roomId).threads.set(threadId, []);
    state.touch(`thread:${threadId}`);
  }
}

export interface Page {
  readonly messages: readonly Message[];
  readonly quoted: readonly Message[];
  readonly position: MessagePage['position'];
}

/**
 * Takes in a page of a timeline or a thread.
 * @returns false when it is too old to be brought forward: ask again.
 */
export function mergePage(state: State, roomId: string, page: Page): boolean {
  const { epoch, seq } = page.position;
  let room = messagesOf(state, roomId);
  if (room.position && room.position.epoch !== epoch) {
    dropMessages(state, roomId);
    room = messagesOf(state, roomId);
  }
  if (!room.position) {
    const from = readingStart(state, roomId, seq);
    room.position = { epoch, seq: from };
    room.recentAfter = from;
  }
  if (seq < room.recentAfter) return false;
  for (const message of page.messages) mergeMessage(state, room, { message, asOf: seq });
  for (const message of page.quoted) mergeQuote(state, room, message);
  return true;
}

/**
 * Where reading on begins when a first page is of `seq`. Between the last badge and the page there may be events that
 * no badge will tell of, since the room is watched from now on: those are read again, for the room's counters alone.
 */
function readingStart(state: State, roomId: string, seq: number): number {
  const counted = state.counted.get(roomId)?.upTo ?? seq;
  return counted < seq && seq - counted <= uncountedMax ? counted : seq;
}

function mergeMessage(state: State, room: RoomMessages, { message, asOf }: Held): void {
  const known = room.held.get(message.id);
  const knownUpTo = known ? Math.max(known.asOf, room.position?.seq ?? 0) : -1;
  if (asOf <= knownUpTo && known) {
    placeMessage(room, known.message);
    return;
  }
  const later = room.recent.filter((event) => event.seq > asOf && concernedBy(event).includes(message.id));
  const current = later.reduce(changeMessage, message);
  room.held.set(message.id, { message: current, asOf });
  placeMessage(room, current);
  touchMessage(state, room, current);
}

function placeMessage(room: RoomMessages, message: Message): void {
  if (message.ordinal !== null) place(room.timeline, message.ordinal, message.id);
  const thread = message.threadId === null ? undefined : room.threads.get(message.threadId);
  if (thread && message.threadOrdinal !== null) place(thread, message.threadOrdinal, message.id);
}

export function mergeQuote(state: State, room: RoomMessages, message: Message): void {
  const known = room.quotes.get(message.id);
  const isNews =
    !known || message.version > known.version || (message.deletedAt !== null && known.deletedAt === null);
  if (!isNews) return;
  room.quotes.set(message.id, message);
  touchQuotes(state, room, message.roomId);
}

/** What a room's event changes among the messages held. Called once for each event, in order. */
export function applyToMessages(state: State, event: RoomEvent): void {
  const roomId = ownerOf(event.stream);
  const room = state.messages.get(roomId);
  if (!room) return;
  remember(room, event);
  for (const id of concernedBy(event)) {
    changeHeld(state, room, { id, event });
    changeQuote(state, room, { id, event });
  }
  if (event.name === 'message.sent') insertSent(state, room, event.data.message);
}

function remember(room: RoomMessages, event: RoomEvent): void {
  room.recent.push(event);
  if (room.recent.length <= recentMax) return;
  room.recentAfter = room.recent.shift()?.seq ?? room.recentAfter;
}

interface Change {
  readonly id: string;
  readonly event: RoomEvent;
}

function changeHeld(state: State, room: RoomMessages, { id, event }: Change): void {
  const held = room.held.get(id);
  if (!held || event.seq <= held.asOf) return;
  const message = changeMessage(held.message, event);
  if (message === held.message) return;
  room.held.set(id, { message, asOf: held.asOf });
  touchMessage(state, room, message);
}

/** Quotes have no known moment, so only what may come twice or late changes them: edits and the deletion. */
function changeQuote(state: State, room: RoomMessages, { id, event }: Change): void {
  const quote = room.quotes.get(id);
  if (!quote || (event.name !== 'message.edited' && event.name !== 'message.deleted')) return;
  if (event.data.messageId !== id || quote.deletedAt !== null) return;
  const changed = changeMessage(quote, event);
  if (changed === quote) return;
  room.quotes.set(id, changed);
  touchQuotes(state, room, quote.roomId);
}

function insertSent(state: State, room: RoomMessages, message: Message): void {
  const isShown = message.ordinal !== null || room.threads.has(message.threadId ?? '');
  const { quoteId } = message;
  if (isShown && !room.held.has(message.id)) {
    room.held.set(message.id, { message, asOf: message.seq });
    placeMessage(room, message);
    touchMessage(state, room, message);
  }
  if (isShown && quoteId !== null && !room.held.has(quoteId) && !room.quotes.has(quoteId)) {
    state.wanted.quotes.set(quoteId, message.roomId);
  }
}

function touchMessage(state: State, room: RoomMessages, message: Message): void {
  if (message.ordinal !== null) state.touch(`timeline:${message.roomId}`);
  if (message.threadId !== null) state.touch(`thread:${message.threadId}`);
  if (room.threads.has(message.id)) state.touch(`thread:${message.id}`);
}

function touchQuotes(state: State, room: RoomMessages, roomId: string): void {
  state.touch(`timeline:${roomId}`);
  for (const threadId of room.threads.keys()) state.touch(`thread:${threadId}`);
}

/** The message in the room's timeline, or in an open thread. */
export function heldMessage(state: State, roomId: string, messageId: string): Message | undefined {
  return state.messages.get(roomId)?.held.get(messageId)?.message;
}

/** Lets go of what nobody looks at: all but the newest messages, if those are held at all. */
export function trimMessages(state: State, roomId: string): void {
  const room = state.messages.get(roomId);
  if (!room) return;
  const newest = state.rooms.get(roomId)?.counters.ordinal;
  const run = newest === undefined ? room.timeline.at(-1) : runAt(room.timeline, newest);
  keepOnly(room.timeline, run, idleMessagesMax, 'end');
  letGoOfUnplaced(room);
  state.touch(`timeline:${roomId}`);
}

/** Holds no more than `max` messages around `ordinal` while somebody scrolls far: the far end is let go of. */
export function limitTimeline(room: RoomMessages, view: { ordinal: number; max: number }): void {
  const count = room.timeline.reduce((sum, { ids }) => sum + ids.length, 0);
  const run = runAt(room.timeline, view.ordinal);
  if (count <= view.max || !run) return;
  const isNearStart = view.ordinal - run.first < lastOf(run) - view.ordinal;
  keepOnly(room.timeline, run, view.max, isNearStart ? 'start' : 'end');
  letGoOfUnplaced(room);
}

export function closeThread(state: State, roomId: string, threadId: string): void {
  const room = state.messages.get(roomId);
  if (room?.threads.delete(threadId)) letGoOfUnplaced(room);
}

function letGoOfUnplaced(room: RoomMessages): void {
  const placed = new Set([...room.timeline, ...[...room.threads.values()].flat()].flatMap(({ ids }) => ids));
  for (const threadId of room.threads.keys()) placed.add(threadId);
  for (const id of room.held.keys()) if (!placed.has(id)) room.held.delete(id);
  const quoted = new Set([...room.held.values()].map(({ message }) => message.quoteId));
  for (const id of room.quotes.keys()) if (!quoted.has(id)) room.quotes.delete(id);
}
