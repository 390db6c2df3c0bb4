import type { Badge } from '@confab/protocol';
import { workspaceStream } from '../delivery/index.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { roomColumns, roomView, unreadMentions, type RoomRow } from '../rooms/index.ts';

export interface StreamState {
  readonly head: number;
  /** Events up to here are gone. */
  readonly floor: number;
}

/** @throws Refusal not_found */
export async function findStream(tx: Tx, id: string): Promise<StreamState> {
  const [row] = await tx.rows<{ head: string; floor: string }>(
    sql`select head, floor from streams where id = ${id}`,
  );
  if (!row) throw new Refusal('not_found', { what: 'stream' });
  return { head: Number(row.head), floor: Number(row.floor) };
}

/** Where the workspace's and a person's own stream stand. */
export async function findHeads(
  tx: Tx,
  userId: string,
): Promise<{ workspace: StreamState; user: StreamState }> {
  const rows = await tx.rows<{ id: string; head: string; floor: string }>(
    sql`select id, head, floor from streams where id in (${workspaceStream.id}, ${userId})`,
  );
  const stateOf = (id: string): StreamState => {
    const row = rows.find((one) => one.id === id);
    return { head: Number(row?.head ?? 0), floor: Number(row?.floor ?? 0) };
  };
  return { workspace: stateOf(workspaceStream.id), user: stateOf(userId) };
}

/** The heads of all rooms somebody is in. */
export async function findRoomHeads(tx: Tx, userId: string): Promise<{ roomId: string; head: number }[]> {
  const rows = await tx.rows<{ room_id: string; head: string }>(sql`
    select m.room_id, s.head from memberships m join streams s on s.id = m.room_id where m.user_id = ${userId}`);
  return rows.map((row) => ({ roomId: row.room_id, head: Number(row.head) }));
}

interface BadgeRow extends RoomRow {
  head: string;
  ordinal: string;
  last_at: Date;
  read_ordinal: string;
  mentions: number[];
  room_changed: boolean;
}

/** Full badges of the rooms in which something happened since then; the room itself where it changed. */
export async function findBadges(tx: Tx, userId: string, since: Date): Promise<Badge[]> {
  const rows = await tx.rows<BadgeRow>(sql`
    select ${roomColumns}, s.head, s.ordinal, s.last_at, m.read_ordinal, ${unreadMentions} as mentions,
      r.changed_at > ${since} as room_changed
    from memberships m join streams s on s.id = m.room_id join rooms r on r.id = m.room_id
    where m.user_id = ${userId} and (s.moved_at > ${since} or r.changed_at > ${since})`);
  return rows.map((row) => ({
    roomId: row.id,
    head: Number(row.head),
    ordinal: Number(row.ordinal),
    lastAt: row.last_at.getTime(),
    readOrdinal: Number(row.read_ordinal),
    mentions: row.mentions,
    memberCount: row.member_count,
    ...(row.room_changed ? { room: roomView(row) } : {}),
  }));
}
