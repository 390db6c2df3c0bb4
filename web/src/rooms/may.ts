/** What may be offered. The server decides; this only keeps from offering what it would refuse. */
import type { Membership, Role, Room, RoomRole } from '@confab/protocol';

type Belonging = Pick<Membership, 'role'>;

export type PlaceInRoom = RoomRole | 'outsider';

export function isAdministrator(role: Role | undefined): boolean {
  return role === 'owner' || role === 'admin';
}

/** Administrators of the workspace count as owners of its public rooms. */
export function placeIn(room: Room, membership: Belonging | null, role: Role | undefined): PlaceInRoom {
  if (room.kind === 'public' && isAdministrator(role)) return 'owner';
  return membership?.role ?? 'outsider';
}

export function mayModerate(room: Room, place: PlaceInRoom): boolean {
  return room.kind !== 'direct' && (place === 'owner' || place === 'moderator');
}

export function mayRemove(room: Room, place: PlaceInRoom, target: RoomRole): boolean {
  return mayModerate(room, place) && (place === 'owner' || target === 'member');
}

/** Into the timeline; replies in threads are everybody's. */
export function mayPost(room: Room, membership: Belonging | null, place: PlaceInRoom): boolean {
  return membership !== null && (room.posting === 'everyone' || place === 'owner' || place === 'moderator');
}
