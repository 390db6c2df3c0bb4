/**
 * What people in an office do, by the weights of Mattermost's published load test: one action, then a pause. What has no
 * counterpart here (its own kinds of drafts and threads) is the nearest call; the names are that test's.
 */
import type { Session } from './session.ts';

export interface Actor {
  readonly session: Session;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Says something in a room, and keeps the account of it. Resolves to the message's id. */
  readonly say: (roomId: string, options?: { threadId?: string }) => Promise<string>;
  /** What was said lately, by room: to reply to, to react to. */
  readonly recent: Map<string, { messageId: string; ordinal: number }>;
}

export interface Action {
  readonly name: string;
  readonly weight: number;
  readonly act: (actor: Actor) => Promise<unknown>;
}

const replyShare = 0.18;

const someRoom = ({ session: { seat }, random }: Actor): string =>
  seat.rooms[Math.floor(random() * seat.rooms.length)] ?? seat.watches;
const someRecent = ({ recent, random }: Actor) => {
  const all = [...recent.entries()];
  return all[Math.floor(random() * all.length)] ?? null;
};

async function enterRoom(actor: Actor): Promise<void> {
  const roomId = someRoom(actor);
  const { messages } = (await actor.session.call('room.history', { roomId, limit: 50 })) as {
    messages: { id: string; ordinal: number | null; threadId: string | null }[];
  };
  actor.session.look(roomId);
  const last = messages.findLast(({ ordinal }) => ordinal !== null);
  if (!last || last.ordinal === null) return;
  actor.recent.set(roomId, { messageId: last.threadId ?? last.id, ordinal: last.ordinal });
  await actor.session.call('read.upTo', { roomId, ordinal: last.ordinal });
}

async function withRecent(
  actor: Actor,
  work: (roomId: string, messageId: string, ordinal: number) => Promise<unknown>,
): Promise<void> {
  const found = someRecent(actor);
  if (found) await work(found[0], found[1].messageId, found[1].ordinal);
}

async function talk(actor: Actor): Promise<void> {
  const roomId = someRoom(actor);
  await actor.session.call('typing.set', { roomId });
  const root = actor.random() < replyShare ? actor.recent.get(roomId) : undefined;
  const messageId = await actor.say(roomId, root ? { threadId: root.messageId } : {});
  if (!root) actor.recent.set(roomId, { messageId, ordinal: 1 });
}

const call =
  (name: string, input: object = {}) =>
  ({ session }: Actor): Promise<unknown> =>
    session.call(name, input);

export const officeActions: readonly Action[] = [
  { name: 'switch room', weight: 6.52, act: enterRoom },
  {
    name: 'scroll room',
    weight: 1.99,
    act: (actor) =>
      withRecent(actor, (roomId, _, before) =>
        actor.session.call('room.history', { roomId, before, limit: 50 }),
      ),
  },
  {
    name: 'delete draft',
    weight: 1.41,
    act: (actor) => actor.session.call('draft.set', { roomId: someRoom(actor), text: '' }),
  },
  { name: 'check unreads', weight: 1, act: call('room.mine') },
  { name: 'send message', weight: 1, act: talk },
  { name: 'open direct room', weight: 0.98, act: enterRoom },
  { name: 'view threads', weight: 0.6, act: call('thread.list') },
  {
    name: 'save draft',
    weight: 0.5,
    act: (actor) =>
      actor.session.call('draft.set', { roomId: someRoom(actor), text: 'What I wanted to say is this' }),
  },
  {
    name: 'read thread',
    weight: 0.32 + 0.28,
    act: (actor) => withRecent(actor, (_, threadId) => actor.session.call('thread.history', { threadId })),
  },
  {
    name: 'follow link',
    weight: 0.3,
    act: (actor) => withRecent(actor, (_, messageId) => actor.session.call('message.get', { messageId })),
  },
  { name: 'reconnect', weight: 0.144, act: ({ session }) => session.reconnect(0) },
  {
    name: 'add reaction',
    weight: 0.131,
    act: (actor) =>
      withRecent(actor, (_, messageId) => actor.session.call('reaction.add', { messageId, emoji: '🎉' })),
  },
  { name: 'search people', weight: 0.032 + 0.02, act: call('user.list', { search: 'person' }) },
  { name: 'search messages', weight: 0.0327, act: call('search.messages', { query: 'quick fox' }) },
  { name: 'search rooms', weight: 0.015, act: call('room.browse', { search: 'team' }) },
  { name: 'full reload', weight: 0.0008 + 0.0006, act: call('sync.snapshot') },
  { name: 'custom status', weight: 0.003, act: call('user.setStatus', { status: null }) },
];

const weights = officeActions.reduce((sum, { weight }) => sum + weight, 0);

export function chooseAction(random: number): Action | null {
  let left = random * weights;
  for (const action of officeActions) {
    left -= action.weight;
    if (left <= 0) return action;
  }
  return null;
}

/** How much slower than the fastest somebody is: the mix of Mattermost's release tests. */
const paces = [
  { share: 0.05, rate: 1 },
  { share: 0.1, rate: 2 },
  { share: 0.15, rate: 3 },
  { share: 0.4, rate: 6 },
  { share: 0.3, rate: 30 },
];

export function choosePace(random: number): number {
  let left = random;
  for (const { share, rate } of paces) {
    left -= share;
    if (left <= 0) return rate;
  }
  return 1;
}

/** From one action to the next, in milliseconds. */
export function idleMs(random: number, pace: number): number {
  return (1 + 38 * random) * 1_000 * pace;
}
