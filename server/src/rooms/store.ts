import type { MyRoom } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { nothing, sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { myRoomView, type CountersRow, type MembershipRow, type RoomRow } from './views.ts';

export const roomColumns = sql`r.id, r.kind, r.name, r.topic, r.description, r.posting, r.is_default, r.archived_at,
  r.created_at, r.member_count, r.people`;
export const membershipColumns = sql`m.role, m.joined_at, m.read_ordinal, m.starred, m.muted, m.level, m.closed_ordinal`;

/** Ordinals above what member `m` has read that mention them or everyone: ascending, the newest 100. */
export const unreadMentions = sql`array(
  select x.ordinal::int from (
    select p.ordinal from mentions p where p.user_id = m.user_id and p.room_id = m.room_id and p.ordinal > m.read_ordinal
    union
    select w.ordinal from room_mentions w where w.room_id = m.room_id and w.ordinal > m.read_ordinal
    order by 1 desc limit ${limits.unreadMentionsMax}
  ) x order by 1)`;

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
