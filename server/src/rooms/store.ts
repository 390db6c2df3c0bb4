import type { MyRoom, Room } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { nothing, sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { RoomChange } from './rules.ts';
import { myRoomView, roomView, type CountersRow, type MembershipRow, type RoomRow } from './views.ts';

export const roomColumns = sql`r.id, r.kind, r.name, r.topic, r.description, r.posting, r.is_default, r.archived_at,
  r.created_at, r.member_count, r.people`;
export const membershipColumns = sql`m.role, m.joined_at, m.read_ordinal, m.starred, m.muted, m.level, m.closed_ordinal`;

/**
 * Ordinals above what member `m` has read that mention them or everyone: ascending, the newest 100. Needs the room's
 * stream `s`: most rooms are read to the end, and there is nothing to look for.
 */
export const unreadMentions = sql`case when s.ordinal <= m.read_ordinal then '{}'::int[] else array(
  select x.ordinal::int from (
    select p.ordinal from mentions p where p.user_id = m.user_id and p.room_id = m.room_id and p.ordinal > m.read_ordinal
    union
    select w.ordinal from room_mentions w where w.room_id = m.room_id and w.ordinal > m.read_ordinal
    order by 1 desc limit ${limits.unreadMentionsMax}
  ) x order by 1) end`;

export const countersColumns = sql`s.head, s.ordinal, s.last_at, ${unreadMentions} as mentions`;

/** One person's rooms, all or those among `ids`, each as they have it. */
export async function findMyRooms(
  tx: Tx,
  userId: string,
  only?: { ids: readonly string[] },
): Promise<MyRoom[]> {
  const among: Sql = only ? sql`and m.room_id = any(${only.ids}::bigint[])` : nothing;
  const rows = await tx.rows<RoomRow & MembershipRow & CountersRow>(sql`
    select ${roomColumns}, ${membershipColumns}, ${countersColumns}
    from memberships m join rooms r on r.id = m.room_id join streams s on s.id = m.room_id
    where m.user_id = ${userId} ${among} order by m.room_id`);
  return rows.map(myRoomView);
}

/** Public rooms by name, compared without case. @returns name in lower case → id. */
export async function findPublicRooms(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const wanted = names.map((name) => name.toLowerCase());
  const rows = await tx.rows<{ id: string; name: string }>(
    sql`select id, lower(name) as name from rooms where kind = 'public' and lower(name) = any(${wanted})`,
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}

export async function findRoom(tx: Tx, roomId: string): Promise<Room | null> {
  const [row] = await tx.rows<RoomRow>(sql`select ${roomColumns} from rooms r where r.id = ${roomId}`);
  return row ? roomView(row) : null;
}

/** What its creator made with this client id before. */
export async function findCreated(tx: Tx, userId: string, clientId: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(
    sql`select id from rooms where created_by = ${userId} and client_id = ${clientId}`,
  );
  return row?.id ?? null;
}

export async function findDirectRoom(tx: Tx, key: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(sql`select id from rooms where direct_key = ${key}`);
  return row?.id ?? null;
}

/** Rooms that newcomers are put into, in id order. */
export async function findDefaultRooms(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from rooms where is_default and kind = 'public' and archived_at is null order by id`);
  return rows.map((row) => row.id);
}

export interface NewRoom extends Pick<
  Room,
  'kind' | 'name' | 'topic' | 'description' | 'posting' | 'people'
> {
  readonly createdBy: string;
  readonly clientId: string | null;
  readonly directKey: string | null;
}

/** A room without members. @throws UniqueViolation rooms_public_name */
export async function insertRoom(tx: Tx, room: NewRoom & { id: string; at: Date }): Promise<Room> {
  const [row] = await tx.rows<RoomRow>(sql`
    insert into rooms as r (id, kind, name, topic, description, posting, created_at, created_by, client_id, people,
      direct_key, changed_at)
    values (${room.id}, ${room.kind}, ${room.name}, ${room.topic}, ${room.description}, ${room.posting}, ${room.at},
      ${room.createdBy}, ${room.clientId}, ${room.people}::bigint[], ${room.directKey}, ${room.at})
    returning ${roomColumns}`);
  if (!row) throw new Error('an inserted room returned no row');
  return roomView(row);
}

/** Rooms with a name; conversations are nobody's statistics. */
export async function countRooms(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from rooms where kind <> 'direct'`,
  );
  return row?.count ?? 0;
}

export async function nextId(tx: Tx): Promise<string> {
  const [row] = await tx.rows<{ id: string }>(sql`select nextval('ids') as id`);
  if (!row) throw new Error('the sequence gave no id');
  return row.id;
}

/** @throws UniqueViolation rooms_public_name */
export async function updateRoom(tx: Tx, room: Room, change: RoomChange, at: Date): Promise<Room> {
  const { archived, ...rest } = change;
  const after = { ...room, ...rest };
  const present = room.archivedAt === null ? null : new Date(room.archivedAt);
  const archivedAt = archived === undefined ? present : archived ? at : null;
  const [row] = await tx.rows<RoomRow>(sql`
    update rooms r set name = ${after.name}, topic = ${after.topic}, description = ${after.description},
      kind = ${after.kind}, posting = ${after.posting}, is_default = ${after.isDefault}, archived_at = ${archivedAt},
      changed_at = ${at}
    where id = ${room.id} returning ${roomColumns}`);
  if (!row) throw new Error(`room ${room.id} vanished under its lock`);
  return roomView(row);
}

/** Moves the count of members: every change of it is a change of the room. */
export async function countMembers(tx: Tx, roomId: string, by: { more: number; at: Date }): Promise<Room> {
  const [row] = await tx.rows<RoomRow>(sql`
    update rooms r set member_count = member_count + ${by.more}, changed_at = ${by.at}
    where id = ${roomId} returning ${roomColumns}`);
  if (!row) throw new Error(`room ${roomId} vanished under its lock`);
  return roomView(row);
}
