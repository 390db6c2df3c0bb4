/**
 * The doors of rooms: each authorises and fetches in one statement, and answers `not_found` for what the caller may not
 * see, so that a hidden room and no room look the same. Reading a public room needs no membership.
 */
import type { Counters, Membership, Room } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { countersColumns, membershipColumns, roomColumns } from './store.ts';
import {
  countersView,
  membershipView,
  roomView,
  type CountersRow,
  type MembershipRow,
  type RoomRow,
} from './views.ts';

export interface ReadableRoom {
  room: Room;
  /** Null for a public room read from outside. */
  membership: Membership | null;
  counters: Counters;
}

export type MemberRoom = ReadableRoom & { membership: Membership };

/** May this person read the room? @throws Refusal not_found */
export async function forReading(tx: Tx, roomId: string, userId: string): Promise<ReadableRoom> {
  const [row] = await tx.rows<RoomRow & CountersRow & Partial<MembershipRow> & { is_member: boolean }>(sql`
    select ${roomColumns}, ${membershipColumns}, ${countersColumns}, m.user_id is not null as is_member
    from rooms r join streams s on s.id = r.id
    left join memberships m on m.room_id = r.id and m.user_id = ${userId}
    where r.id = ${roomId} and (m.user_id is not null or r.kind = 'public')`);
  if (!row) throw new Refusal('not_found', { what: 'room' });
  return {
    room: roomView(row),
    membership: row.is_member ? membershipView(row as MembershipRow) : null,
    counters: countersView(row),
  };
}

/** Where a room stands, for somebody who may read it. */
export interface ReadableHead {
  readonly head: number;
  readonly isMember: boolean;
}

/** May each of these people read that room? @returns null for whoever may not */
export async function headsForReading(
  tx: Tx,
  places: readonly { readonly roomId: string; readonly userId: string }[],
): Promise<(ReadableHead | null)[]> {
  const rows = await tx.rows<{ place: string; head: string; is_member: boolean }>(sql`
    select p.place, s.head, m.user_id is not null as is_member
    from unnest(
      ${places.map(({ roomId }) => roomId)}::bigint[], ${places.map(({ userId }) => userId)}::bigint[]
    ) with ordinality as p(room_id, user_id, place)
    join rooms r on r.id = p.room_id join streams s on s.id = r.id
    left join memberships m on m.room_id = r.id and m.user_id = p.user_id
    where m.user_id is not null or r.kind = 'public'`);
  const found = new Map(
    rows.map((row) => [Number(row.place), { head: Number(row.head), isMember: row.is_member }]),
  );
  return places.map((_, index) => found.get(index + 1) ?? null);
}

/** Is this person in the room? @throws Refusal not_found (also for a public room they have not joined) */
export async function forMember(tx: Tx, roomId: string, userId: string): Promise<MemberRoom> {
  const found = await forReading(tx, roomId, userId);
  if (!found.membership) throw new Refusal('not_found', { what: 'room' });
  return { ...found, membership: found.membership };
}

/**
 * May this person change things in the room: be in it, and it is not archived?
 * Call it after the room's stream was locked, so that the answer holds at the numbers given.
 * @throws Refusal not_found, archived
 */
export async function forWriting(tx: Tx, roomId: string, userId: string): Promise<MemberRoom> {
  const found = await forMember(tx, roomId, userId);
  if (found.room.archivedAt !== null) throw new Refusal('archived');
  return found;
}
