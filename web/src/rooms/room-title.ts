import type { Room } from '@confab/protocol';
import type { State } from '@confab/client';

/** The people of a direct room besides oneself; oneself when there is nobody else. */
export function othersIn(state: State, room: Room): string[] {
  const others = room.people.filter((id) => id !== state.me?.userId);
  return others.length > 0 ? others : room.people.slice(0, 1);
}

/** What a room is called: its name, or its people. Empty while they are not known. */
export function titleOf(state: State, room: Room): string {
  if (room.kind !== 'direct') return room.name;
  const names = othersIn(state, room).map((id) => state.users.get(id)?.name ?? '');
  if (names.length === 1) return names[0] ?? '';
  // In a crowd first names say enough.
  return names.map((name) => name.split(' ')[0] ?? '').join(', ');
}

/** The same with the sign that goes before a room's name where it stands in a sentence. */
export function signedTitleOf(state: State, room: Room): string {
  return room.kind === 'direct' ? titleOf(state, room) : `#${room.name}`;
}
