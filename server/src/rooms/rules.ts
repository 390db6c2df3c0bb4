/**
 * Who may do what in a room. Rooms are governed from within: by their owners and moderators. Those who administer the
 * workspace count as owners of every public room, in it or not; in private and direct rooms they are what their
 * membership says, and outside of one they see nothing.
 */
import type { Input, Membership, Role, Room, RoomRole } from '@confab/protocol';
import { administers } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { refuseUnreadable } from '../kit/readable-text.ts';
import { Refusal } from '../kit/refusal.ts';

export type Standing = RoomRole | 'outsider';

export function standingIn(
  found: { readonly room: Room; readonly membership: Membership | null },
  caller: { readonly role: Role },
): Standing {
  if (found.room.kind === 'public' && administers(caller)) return 'owner';
  return found.membership?.role ?? 'outsider';
}

/** Owners and moderators keep a room in order. Nobody moderates a conversation. */
export function mayModerate(room: Room, standing: Standing): boolean {
  return room.kind !== 'direct' && (standing === 'owner' || standing === 'moderator');
}

/** Owners take anybody out, moderators plain members. */
export function mayRemove(room: Room, standing: Standing, target: RoomRole): boolean {
  return mayModerate(room, standing) && (standing === 'owner' || target === 'member');
}

/** May they post, and do what stands for all to see like a post? */
export function mayPost(room: Room, standing: Standing): boolean {
  return standing !== 'outsider' && (room.posting === 'everyone' || standing !== 'member');
}

/** What a change gives a room, less what it has already. */
export type RoomChange = Partial<
  Pick<Room, 'name' | 'topic' | 'description' | 'kind' | 'posting' | 'isDefault'> & { archived: boolean }
>;

/** @throws Refusal invalid for texts that cannot be shown */
export function differenceTo(room: Room, input: Input<'room.change'>): RoomChange {
  const wanted = { ...input, ...texts(input) };
  const present = { ...room, archived: room.archivedAt !== null };
  const keys = ['name', 'topic', 'description', 'kind', 'posting', 'isDefault', 'archived'] as const;
  const differing = keys.filter((key) => wanted[key] !== undefined && wanted[key] !== present[key]);
  return Object.fromEntries(differing.map((key) => [key, wanted[key]]));
}

/** Name, topic and description as they are stored. @throws Refusal invalid */
export function texts(input: { name?: string; topic?: string; description?: string }): {
  name?: string;
  topic?: string;
  description?: string;
} {
  const { name, topic, description } = input;
  if (description !== undefined) refuseUnreadable(description, '/description');
  return {
    ...(name === undefined ? {} : { name: name.normalize('NFC') }),
    ...(topic === undefined ? {} : { topic: plainLine(topic, { path: '/topic', mayBeEmpty: true }) }),
    ...(description === undefined ? {} : { description: description.trim() }),
  };
}

const memberKeys: readonly (keyof RoomChange)[] = ['topic', 'description'];
const moderatorKeys: readonly (keyof RoomChange)[] = ['name', 'kind', 'posting', 'archived'];

/** @throws Refusal forbidden, archived, invalid */
export function refuseChange(
  room: Room,
  change: RoomChange,
  who: { readonly standing: Standing; readonly role: Role },
): void {
  const keys = Object.keys(change) as (keyof RoomChange)[];
  const { standing } = who;
  if (room.kind === 'direct') {
    const other = keys.find((key) => key !== 'topic');
    if (other !== undefined)
      throw new Refusal('forbidden', { path: `/${other}`, needs: 'a room with a name' });
  } else if (keys.some((key) => moderatorKeys.includes(key)) && !mayModerate(room, standing)) {
    throw new Refusal('forbidden', { needs: 'moderator' });
  }
  if (keys.some((key) => memberKeys.includes(key)) && standing === 'outsider') {
    throw new Refusal('forbidden', { needs: 'member' });
  }
  if (change.isDefault !== undefined && !administers(who)) throw new Refusal('forbidden', { needs: 'admin' });
  if (room.archivedAt !== null && keys.length > 0 && change.archived !== false) throw new Refusal('archived');
  const after = { ...room, ...change };
  if (after.isDefault && after.kind !== 'public') {
    const path = change.kind === undefined ? '/isDefault' : '/kind';
    throw new Refusal('invalid', { path, expected: 'a public room, since newcomers are put into it' });
  }
}

/** The people of a conversation, oneself included, each once and in id order; alone it is one's notes. */
export function peopleOf(userId: string, others: readonly string[]): string[] {
  return [...new Set([userId, ...others])].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** The same people always have the same conversation. */
export function directKey(people: readonly string[]): string {
  return people.join(',');
}
