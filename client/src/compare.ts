/**
 * Whether a client's state is what a fresh snapshot and fresh pages say. For tests, the simulation and its checkers;
 * no part of the client itself.
 */
import type { Message, Snapshot } from '@confab/protocol';
import type { State } from './state/state.ts';

/** @returns one line for each difference; none when the state is what the snapshot says. */
export function differencesFrom(state: State, snapshot: Snapshot): string[] {
  const found: string[] = [];
  const compare = (what: string, here: unknown, there: unknown): void => {
    if (canonical(here) === canonical(there)) return;
    found.push(`${what}: here ${canonical(here)}, snapshot ${canonical(there)}`);
  };
  compare('me', state.me, snapshot.me);
  compare('workspace', state.workspace, snapshot.workspace);
  compare('preferences', state.preferences, snapshot.preferences);
  compare(
    'emoji',
    Object.fromEntries(state.emoji),
    byKey(snapshot.emoji, ({ name }) => name),
  );
  compare('saved', [...state.saved].toReversed(), snapshot.saved);
  compare(
    'drafts',
    byKey([...state.drafts.values()], ({ roomId, threadId }) => `${roomId}/${threadId}`),
    byKey(snapshot.drafts, ({ roomId, threadId }) => `${roomId}/${threadId}`),
  );
  compare(
    'scheduled',
    Object.fromEntries(state.scheduled),
    byKey(snapshot.scheduled, ({ id }) => id),
  );
  compare(
    'reminders',
    Object.fromEntries(state.reminders),
    byKey(snapshot.reminders, ({ id }) => id),
  );
  compare('sections', [...state.sections.values()], snapshot.sections);
  const unread = [...state.threads.values()].filter(({ ordinal, readOrdinal }) => ordinal > readOrdinal);
  compare(
    'unread threads',
    byKey(unread, ({ threadId }) => threadId),
    byKey(snapshot.threads, ({ threadId }) => threadId),
  );
  for (const user of snapshot.users) compare(`user ${user.id}`, state.users.get(user.id), user);
  const ids = new Set([...state.rooms.keys(), ...snapshot.rooms.map(({ room }) => room.id)]);
  for (const id of ids) {
    compare(
      `room ${id}`,
      state.rooms.get(id) ?? null,
      snapshot.rooms.find(({ room }) => room.id === id) ?? null,
    );
  }
  return found;
}

/** @returns one line for each message of a fresh page that is held here and looks different. */
export function differencesFromPage(state: State, roomId: string, messages: readonly Message[]): string[] {
  const held = state.messages.get(roomId)?.held;
  return messages.flatMap((message) => {
    const here = held?.get(message.id)?.message;
    if (!here || canonical(here) === canonical(message)) return [];
    return [`message ${message.id}: here ${canonical(here)}, page ${canonical(message)}`];
  });
}

function byKey<Value>(values: readonly Value[], keyOf: (value: Value) => string): Record<string, Value> {
  return Object.fromEntries(values.map((value) => [keyOf(value), value]));
}

/** Keys in order, so that only values differ. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
