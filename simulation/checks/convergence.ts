/** When all is healed, every client holds what somebody who asks only now would be told. */
import type { Client } from '@confab/client';
import type { CallName, FollowedThread, Input, Message, MyRoom, Output } from '@confab/protocol';
import { differences } from './differences.ts';

/** Asks as this person, past all simulated trouble. Rejects with the code of a refusal. */
export type Ask = <Name extends CallName>(
  userId: string,
  name: Name,
  input: Input<Name>,
) => Promise<Output<Name>>;

type State = Client['state'];
type Runs = readonly { readonly first: number; readonly ids: readonly string[] }[];

const byId = <Value>(values: readonly Value[], idOf: (value: Value) => string): Record<string, Value> =>
  Object.fromEntries(values.map((value) => [idOf(value), value]));

/** Connected, and with nothing left to send or to fetch. */
export function isAtRest(client: Client): boolean {
  const { state } = client;
  if (client.connection.name !== 'live' || !state.positions || state.outbox.size > 0) return false;
  return state.wanted.users.size === 0 && state.wanted.quotes.size === 0;
}

/** @returns how the client differs from what it should hold; empty when it does not. */
export async function staleness(client: Client, userId: string, ask: Ask): Promise<string[]> {
  const { state } = client;
  const snapshot = await ask(userId, 'sync.snapshot', {});
  const found = [
    ...differences(state.me, snapshot.me, 'me'),
    ...differences(state.workspace, snapshot.workspace, 'workspace'),
    ...differences(state.preferences, snapshot.preferences, 'preferences'),
    ...differences(
      byId([...state.rooms.values()], ({ room }) => room.id),
      byId<MyRoom>(snapshot.rooms, ({ room }) => room.id),
      'rooms',
    ),
    ...differences(draftsOf([...state.drafts.values()]), draftsOf(snapshot.drafts), 'drafts'),
    ...differences([...state.saved].toReversed(), snapshot.saved, 'saved'),
    ...differences(state.positions?.user, snapshot.positions.user.seq, 'position of the own stream'),
    ...differences(state.positions?.workspace, snapshot.positions.workspace.seq, 'position of the workspace'),
  ];
  if (found.length > 0) return found;
  return [
    ...(await threadStaleness(state, userId, ask, snapshot.threads)),
    ...(await userStaleness(state, userId, ask)),
    ...(await messageStaleness(state, userId, ask)),
  ];
}

function draftsOf(drafts: readonly { roomId: string; threadId: string | null; text: string }[]): unknown {
  return byId(drafts, ({ roomId, threadId }) => `${roomId}/${threadId ?? ''}`);
}

async function threadStaleness(
  state: State,
  userId: string,
  ask: Ask,
  unread: readonly FollowedThread[],
): Promise<string[]> {
  const followed: FollowedThread[] = [];
  let cursor: string | null = null;
  do {
    const page: Output<'thread.list'> = await ask(userId, 'thread.list', cursor === null ? {} : { cursor });
    followed.push(...page.threads.map(({ thread }) => thread));
    cursor = page.next;
  } while (cursor !== null);
  // What has no replies yet is not listed.
  const begun = [...state.threads.values()].filter(({ ordinal }) => ordinal > 0);
  const known = byId(begun.map(unreadOf), ({ threadId }) => threadId);
  const expected = followed.filter(({ threadId }) => Object.hasOwn(known, threadId));
  const missing = unread.filter(({ threadId }) => !Object.hasOwn(known, threadId));
  return [
    ...missing.map(({ threadId }) => `thread ${threadId} has unread replies and is not known`),
    ...differences(
      known,
      byId(expected.map(unreadOf), ({ threadId }) => threadId),
      'threads',
    ),
  ];
}

/** How many replies a thread has that is read to its end, another device of its reader need not know. */
function unreadOf(thread: FollowedThread): FollowedThread {
  return thread.ordinal > thread.readOrdinal ? thread : { ...thread, ordinal: 0, readOrdinal: 0 };
}

async function userStaleness(state: State, userId: string, ask: Ask): Promise<string[]> {
  const ids = [...state.users.keys()];
  if (ids.length === 0) return [];
  const { users } = await ask(userId, 'user.list', { ids, deactivated: true, limit: 100 });
  return differences(
    Object.fromEntries(state.users),
    byId(users, ({ id }) => id),
    'users',
  );
}

async function messageStaleness(state: State, userId: string, ask: Ask): Promise<string[]> {
  const found: string[] = [];
  for (const [roomId, room] of state.messages) {
    if (!room.position) continue;
    const history = await wholeHistory(ask, userId, roomId);
    if (history === null) {
      found.push(`room ${roomId} is still held and cannot be read`);
      continue;
    }
    const held = new Map([...room.held].map(([id, { message }]) => [id, message]));
    const placed = history.messages.map(({ id, ordinal }) => ({ id, place: ordinal }));
    found.push(
      ...differences(room.position.seq, history.head, `position of room ${roomId}`),
      ...runStaleness(room.timeline, placed, `timeline of ${roomId}`),
      ...messagesStaleness(held, history.messages),
    );
    for (const [threadId, runs] of room.threads) {
      const replies = await wholeThread(ask, userId, threadId);
      const places = replies.map(({ id, threadOrdinal }) => ({ id, place: threadOrdinal }));
      found.push(...runStaleness(runs, places, `thread ${threadId}`), ...messagesStaleness(held, replies));
    }
  }
  return found.slice(0, 5);
}

function runStaleness(
  runs: Runs,
  expected: readonly { id: string; place: number | null }[],
  what: string,
): string[] {
  const places = new Map(expected.map(({ id, place }) => [place, id]));
  const newest = Math.max(0, ...expected.map(({ place }) => place ?? 0));
  const last = runs.at(-1);
  const isShort = newest > 0 && (!last || last.first + last.ids.length - 1 !== newest);
  return [
    ...(isShort ? [`${what} ends before its newest message ${newest}`] : []),
    ...runs.flatMap(({ first, ids }) =>
      ids.flatMap((id, index) => differences(id, places.get(first + index), `${what} at ${first + index}`)),
    ),
  ];
}

function messagesStaleness(held: ReadonlyMap<string, Message>, expected: readonly Message[]): string[] {
  return expected.flatMap((message) => {
    const known = held.get(message.id);
    return known ? differences(known, message, `message ${message.id}`) : [];
  });
}

async function wholeHistory(
  ask: Ask,
  userId: string,
  roomId: string,
): Promise<{ messages: Message[]; head: number } | null> {
  const messages: Message[] = [];
  let before: number | undefined;
  for (;;) {
    const where = before === undefined ? {} : { before };
    const page = await ask(userId, 'room.history', { roomId, limit: 100, ...where }).catch(() => null);
    if (page === null) return null;
    messages.unshift(...page.messages);
    before = page.messages[0]?.ordinal ?? undefined;
    if (!page.hasBefore || before === undefined) return { messages, head: page.position.seq };
  }
}

async function wholeThread(ask: Ask, userId: string, threadId: string): Promise<Message[]> {
  const messages: Message[] = [];
  let before: number | undefined;
  for (;;) {
    const where = before === undefined ? {} : { before };
    const page = await ask(userId, 'thread.history', { threadId, limit: 100, ...where }).catch(() => null);
    if (page === null) return messages;
    messages.unshift(...page.messages);
    before = page.messages[0]?.threadOrdinal ?? undefined;
    if (!page.hasBefore || before === undefined) return [page.root, ...messages];
  }
}
