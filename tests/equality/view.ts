/** What one person's client knows: begun from a snapshot and pages, carried on by events with the client's reducers. */
import type { Badge, Message, Output, Snapshot } from '@confab/protocol';
import { differencesFrom, differencesFromPage } from '@confab/client/compare';
import { meetUsers } from '@confab/client/state/people';
import { applyEvent, type AnyEvent } from '@confab/client/state/reducers';
import { mergePage, messagesOf } from '@confab/client/state/room-messages';
import { applyBadge } from '@confab/client/state/rooms';
import { applySnapshot } from '@confab/client/state/snapshot';
import { createState, type State } from '@confab/client/state/state';
import { Refusal } from '@confab/server/kit/refusal';
import { roomNames, type Name, type Scene } from './scene.ts';

/** How a client hears of its rooms: all of their events, or badges alone: after coming back, or while it is there. */
export type Attention = 'watching' | 'coming back' | 'glancing';

/** What the server says to one person at one moment. Null for a room they may not read. */
export interface Known {
  readonly snapshot: Snapshot;
  readonly pages: ReadonlyMap<string, Pages | null>;
}

interface Pages {
  readonly timeline: Output<'room.history'>;
  /** In `team`: the thread under `root`. */
  readonly thread: Output<'thread.history'> | null;
}

export interface View {
  readonly name: Name;
  readonly attention: Attention;
  readonly state: State;
  /** Rooms whose history is held. */
  readonly held: ReadonlySet<string>;
}

export async function ask(scene: Scene, name: Name): Promise<Known> {
  const snapshot = await scene.as(name, 'sync.snapshot', {});
  const pages = new Map<string, Pages | null>();
  for (const roomName of roomNames) {
    const threadId = roomName === 'team' ? scene.message('root') : null;
    pages.set(scene.rooms[roomName], await pagesOf(scene, name, { roomId: scene.rooms[roomName], threadId }));
  }
  return { snapshot, pages };
}

async function pagesOf(
  scene: Scene,
  name: Name,
  of: { roomId: string; threadId: string | null },
): Promise<Pages | null> {
  const { roomId, threadId } = of;
  try {
    const timeline = await scene.as(name, 'room.history', { roomId, limit: 100 });
    const thread =
      threadId === null ? null : await scene.as(name, 'thread.history', { threadId, limit: 100 });
    return { timeline, thread };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  }
}

export function createView(name: Name, known: Known, attention: Attention): View {
  const state = createState(() => {});
  applySnapshot(state, known.snapshot, 0);
  const held = new Set<string>();
  for (const [roomId, pages] of known.pages) {
    if (!pages || attention !== 'watching') continue;
    held.add(roomId);
    hold(state, roomId, pages);
  }
  return { name, attention, state, held };
}

function hold(state: State, roomId: string, { timeline, thread }: Pages): void {
  meetUsers(state, timeline.users, 0);
  mergePage(state, roomId, timeline);
  if (!thread) return;
  messagesOf(state, roomId).threads.set(thread.root.id, []);
  meetUsers(state, thread.users, 0);
  mergePage(state, roomId, { ...thread, messages: [thread.root, ...thread.messages] });
}

/** The events that reach this client, stream by stream; of a room up to where its person is taken out. */
export function hear(
  view: View,
  userId: string,
  events: readonly AnyEvent[],
  order: 'own first' | 'rooms first',
): void {
  const own = events.filter(({ stream }) => stream === `user:${userId}` || stream === 'workspace');
  const rooms = [...view.held].flatMap((roomId) => {
    const inRoom = events.filter(({ stream }) => stream === `room:${roomId}`);
    const end = inRoom.findIndex(
      ({ name, data }) => name === 'member.left' && (data as { userId: string }).userId === userId,
    );
    return end === -1 ? inRoom : inRoom.slice(0, end + 1);
  });
  const ordered = order === 'own first' ? [...own, ...rooms] : [...rooms, ...own];
  for (const event of ordered) applyEvent(view.state, event);
}

/** Full badges as a client gets them that comes back; otherwise those it gets while it is there. */
export function glance(view: View, badges: readonly Badge[], options: { full: boolean }): void {
  for (const badge of badges) applyBadge(view.state, badge, options);
}

/** Whoever the events spoke of is asked for, as a client does. */
export async function fetchWanted(view: View, scene: Scene): Promise<void> {
  const { state } = view;
  const ids = [...state.wanted.users];
  if (ids.length === 0) return;
  const { users } = await scene.as(view.name, 'user.list', { ids, deactivated: true });
  meetUsers(state, users, state.userChangeCount);
}

/** @returns a line for each thing that differs from what the server says now */
export function differencesBetween({ state, held }: View, fresh: Known): string[] {
  const found = differencesFrom(state, fresh.snapshot);
  for (const roomId of held) {
    const pages = fresh.pages.get(roomId);
    // A room that can no longer be read is forgotten, or about to be: no new text reaches it.
    if (!pages || !state.messages.has(roomId)) continue;
    const { timeline, thread } = pages;
    const messages = [...timeline.messages, ...(thread ? [thread.root, ...thread.messages] : [])];
    found.push(...differencesFromPage(state, roomId, messages));
    found.push(...missing(state, roomId, messages));
    found.push(...quotesThatDiffer(state, roomId, timeline.quoted));
  }
  return found;
}

function missing(state: State, roomId: string, messages: readonly Message[]): string[] {
  const held = state.messages.get(roomId)?.held;
  return messages.filter(({ id }) => !held?.has(id)).map(({ id }) => `message ${id} is missing`);
}

function quotesThatDiffer(state: State, roomId: string, quoted: readonly Message[]): string[] {
  const room = state.messages.get(roomId);
  return quoted.flatMap(({ id, text, deletedAt }) => {
    const here = room?.held.get(id)?.message ?? room?.quotes.get(id);
    if (!here || (here.text === text && here.deletedAt === deletedAt)) return [];
    return [`quote ${id}: here ${here.text}, page ${text}`];
  });
}
