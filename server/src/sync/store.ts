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

/** Where the workspace's and people's own streams stand, by id. */
export async function findHeads(tx: Tx, userIds: readonly string[]): Promise<Map<string, StreamState>> {
  const rows = await tx.rows<{ id: string; head: string; floor: string }>(
    sql`select id, head, floor from streams where id = any(${[workspaceStream.id, ...userIds]}::bigint[])`,
  );
  return new Map(rows.map(({ id, head, floor }) => [id, { head: Number(head), floor: Number(floor) }]));
}

export interface RoomHead {
  readonly roomId: string;
  readonly head: number;
}

/** The heads of all rooms that people are in, by person. */
export async function findRoomHeads(tx: Tx, userIds: readonly string[]): Promise<Map<string, RoomHead[]>> {
  const rows = await tx.rows<{ user_id: string; room_id: string; head: string }>(sql`
    select m.user_id, m.room_id, s.head from memberships m join streams s on s.id = m.room_id
    where m.user_id = any(${userIds}::bigint[])`);
  const heads = new Map<string, RoomHead[]>();
  for (const row of rows) {
    const mine = heads.get(row.user_id) ?? [];
    heads.set(row.user_id, mine);
    mine.push({ roomId: row.room_id, head: Number(row.head) });
  }
  return heads;
}

interface BadgeRow extends RoomRow {
  place: string;
  head: string;
  ordinal: string;
  last_at: Date;
  read_ordinal: string;
  mentions: number[];
  room_changed: boolean;
}

/** For each, full badges of the rooms in which something happened since then; the room itself where it changed. */
export async function findBadges(
  tx: Tx,
  inputs: readonly { readonly userId: string; readonly since: Date }[],
): Promise<Badge[][]> {
  const rows = await tx.rows<BadgeRow>(sql`
    select p.place, ${roomColumns}, s.head, s.ordinal, s.last_at, m.read_ordinal, ${unreadMentions} as mentions,
      r.changed_at > p.since as room_changed
    from unnest(
      ${inputs.map(({ userId }) => userId)}::bigint[], ${inputs.map(({ since }) => since)}::timestamptz[]
    ) with ordinality as p(user_id, since, place)
    join memberships m on m.user_id = p.user_id
    join streams s on s.id = m.room_id join rooms r on r.id = m.room_id
    where s.moved_at > p.since or r.changed_at > p.since`);
  const badges: Badge[][] = inputs.map(() => []);
  for (const row of rows) badges[Number(row.place) - 1]?.push(badgeView(row));
  return badges;
}

function badgeView(row: BadgeRow): Badge {
  return {
    roomId: row.id,
    head: Number(row.head),
    ordinal: Number(row.ordinal),
    lastAt: row.last_at.getTime(),
    readOrdinal: Number(row.read_ordinal),
    mentions: row.mentions,
    memberCount: row.member_count,
    ...(row.room_changed ? { room: roomView(row) } : {}),
  };
}
