import type { Snapshot } from '@confab/protocol';
import { meetUsers, wantUsers } from './people.ts';
import { addRoom, removeRoom } from './rooms.ts';
import { placeOf, type State } from './state.ts';

/** Puts everything that events keep up to date to the moment of the snapshot. Messages of rooms stay. */
export function applySnapshot(state: State, snapshot: Snapshot, askedAt: number): void {
  const isFirst = state.positions === null && state.rooms.size === 0;
  state.me = snapshot.me;
  state.epoch = snapshot.epoch;
  state.positions = { workspace: snapshot.positions.workspace.seq, user: snapshot.positions.user.seq };
  state.since = snapshot.at;
  state.workspace = snapshot.workspace;
  state.preferences = snapshot.preferences;
  refill(state.emoji, snapshot.emoji, ({ name }) => name);
  refill(state.threads, snapshot.threads, ({ threadId }) => threadId);
  refill(state.drafts, snapshot.drafts, ({ roomId, threadId }) => placeOf(roomId, threadId));
  refill(state.scheduled, snapshot.scheduled, ({ id }) => id);
  refill(state.reminders, snapshot.reminders, ({ id }) => id);
  refill(state.sections, snapshot.sections, ({ id }) => id);
  state.saved.clear();
  for (const id of snapshot.saved.toReversed()) state.saved.add(id);

  const rooms = new Set(snapshot.rooms.map(({ room }) => room.id));
  for (const roomId of state.rooms.keys()) if (!rooms.has(roomId)) removeRoom(state, roomId);
  for (const room of snapshot.rooms) addRoom(state, room);

  meetUsers(state, snapshot.users, askedAt);
  // Changes of people were missed: whoever is known and not in the snapshot is asked for again.
  if (!isFirst) {
    const present = new Set(snapshot.users.map(({ id }) => id));
    for (const id of state.users.keys()) if (!present.has(id)) state.wanted.users.add(id);
  }
  wantUsers(
    state,
    snapshot.rooms.flatMap(({ room }) => room.people),
  );
  for (const key of [
    'ready',
    'workspace',
    'preferences',
    'emoji',
    'threads',
    'drafts',
    'scheduled',
    'reminders',
    'sections',
    'saved',
    'rooms',
  ] as const) {
    state.touch(key);
  }
}

function refill<Value>(
  map: Map<string, Value>,
  values: readonly Value[],
  keyOf: (value: Value) => string,
): void {
  map.clear();
  for (const value of values) map.set(keyOf(value), value);
}
