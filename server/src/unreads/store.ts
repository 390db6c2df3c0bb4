/** How far people have read. The column is a membership's; only this domain and the author of a message move it. */
import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { unreadMentions } from '../rooms/index.ts';

export interface ReadState {
  readonly readOrdinal: number;
  /** How many messages the timeline holds. */
  readonly ordinal: number;
  readonly mentions: number[];
}

/**
 * Locks one membership against the author's own sends and tells where it stands, then and not before: the lane moves
 * the same row in the transaction that moves the timeline, so all own messages up to `ordinal` are contained.
 * @returns null when there is no such membership
 */
export async function lockRead(tx: Tx, roomId: string, userId: string): Promise<ReadState | null> {
  const locked = await tx.rows(
    sql`select 1 from memberships where user_id = ${userId} and room_id = ${roomId} for update`,
  );
  return locked.length === 0 ? null : findRead(tx, roomId, userId);
}

export async function findRead(tx: Tx, roomId: string, userId: string): Promise<ReadState | null> {
  const [row] = await tx.rows<{ read_ordinal: string; ordinal: string; mentions: number[] }>(sql`
    select m.read_ordinal, s.ordinal, ${unreadMentions} as mentions
    from memberships m join streams s on s.id = m.room_id
    where m.user_id = ${userId} and m.room_id = ${roomId}`);
  if (!row) return null;
  return { readOrdinal: Number(row.read_ordinal), ordinal: Number(row.ordinal), mentions: row.mentions };
}

export async function setReadOrdinal(
  tx: Tx,
  reader: { roomId: string; userId: string; readOrdinal: number },
): Promise<void> {
  await tx.rows(sql`
    update memberships set read_ordinal = ${reader.readOrdinal}
    where user_id = ${reader.userId} and room_id = ${reader.roomId}`);
}

/** Rooms in which something is unread, in the timeline or in a thread this person follows. */
export async function findUnreadRooms(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.rows<{ room_id: string }>(sql`
    select m.room_id from memberships m join streams s on s.id = m.room_id
    where m.user_id = ${userId} and m.read_ordinal < s.ordinal
    union
    select t.room_id from thread_followers f join threads t on t.id = f.thread_id
      join memberships m on m.user_id = f.user_id and m.room_id = t.room_id
    where f.user_id = ${userId} and f.read_ordinal < t.ordinal
    limit ${limits.userRoomsMax}`);
  return rows.map((row) => row.room_id);
}

/** Reads these rooms, whose streams are locked, and their threads to the end. @returns what moved */
export async function readToEnd(
  tx: Tx,
  userId: string,
  roomIds: readonly string[],
): Promise<{ rooms: { roomId: string; readOrdinal: number }[]; threads: number }> {
  const [row] = await tx.rows<{ rooms: { roomId: string; readOrdinal: number }[]; threads: number }>(sql`
    with moved as (
      update memberships m set read_ordinal = s.ordinal from streams s
      where m.user_id = ${userId} and m.room_id = any(${roomIds}::bigint[]) and s.id = m.room_id
        and m.read_ordinal < s.ordinal
      returning m.room_id, m.read_ordinal
    ),
    moved_threads as (
      update thread_followers f set read_ordinal = t.ordinal from threads t
      where f.user_id = ${userId} and t.id = f.thread_id and t.room_id = any(${roomIds}::bigint[])
        and f.read_ordinal < t.ordinal
      returning f.thread_id
    )
    select
      coalesce((select json_agg(json_build_object('roomId', room_id::text, 'readOrdinal', read_ordinal)
        order by room_id) from moved), '[]') as rooms,
      (select count(*)::int from moved_threads) as threads`);
  return row ?? { rooms: [], threads: 0 };
}
