import type { Member, Membership, RoomRole } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { membershipColumns } from './store.ts';
import { memberView, membershipView, type MembershipRow } from './views.ts';

export interface NewMember {
  readonly userId: string;
  readonly role: RoomRole;
  /** 0 for a conversation that somebody else opened: it is listed once something is written. */
  readonly closedOrdinal: number | null;
}

/** What was written before they joined counts as read. */
export async function insertMembers(
  tx: Tx,
  members: readonly NewMember[],
  into: { roomId: string; readOrdinal: number; at: Date },
): Promise<void> {
  await tx.rows(sql`
    insert into memberships (user_id, room_id, role, joined_at, read_ordinal, closed_ordinal)
    select x.user_id, ${into.roomId}, x.role, ${into.at}, ${into.readOrdinal}, x.closed_ordinal
    from unnest(${members.map((one) => one.userId)}::bigint[], ${members.map((one) => one.role)}::text[],
      ${members.map((one) => one.closedOrdinal)}::bigint[]) as x(user_id, role, closed_ordinal)`);
}

/** A membership goes with what hangs on it: the threads followed there, and drafts. */
export async function deleteMember(tx: Tx, roomId: string, userId: string): Promise<void> {
  await tx.rows(sql`
    with left_behind as (
      delete from thread_followers f using messages g
      where f.user_id = ${userId} and g.id = f.thread_id and g.room_id = ${roomId}
    ),
    unsent as (delete from drafts where user_id = ${userId} and room_id = ${roomId})
    delete from memberships where user_id = ${userId} and room_id = ${roomId}`);
}

export async function findMembership(tx: Tx, roomId: string, userId: string): Promise<Membership | null> {
  const [row] = await tx.rows<MembershipRow>(
    sql`select ${membershipColumns} from memberships m where m.room_id = ${roomId} and m.user_id = ${userId}`,
  );
  return row ? membershipView(row) : null;
}

/** Which of these people are in the room. */
export async function membersAmong(
  tx: Tx,
  roomId: string,
  userIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ user_id: string }>(
    sql`select user_id from memberships where room_id = ${roomId} and user_id = any(${userIds}::bigint[])`,
  );
  return new Set(rows.map((row) => row.user_id));
}

/** Which of these rooms the person is in. */
export async function roomsAmong(
  tx: Tx,
  userId: string,
  roomIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ room_id: string }>(
    sql`select room_id from memberships where user_id = ${userId} and room_id = any(${roomIds}::bigint[])`,
  );
  return new Set(rows.map((row) => row.room_id));
}

export async function setRole(
  tx: Tx,
  member: { roomId: string; userId: string; role: RoomRole },
): Promise<{ member: Member; membership: Membership }> {
  const [row] = await tx.rows<MembershipRow & { user_id: string }>(sql`
    update memberships m set role = ${member.role} where m.room_id = ${member.roomId} and m.user_id = ${member.userId}
    returning m.user_id, ${membershipColumns}`);
  if (!row) throw new Error('a membership vanished under its lock');
  return { member: memberView(row), membership: membershipView(row) };
}

export async function setClosed(
  tx: Tx,
  member: { roomId: string; userId: string; closedOrdinal: number | null },
): Promise<Membership> {
  const [row] = await tx.rows<MembershipRow>(sql`
    update memberships m set closed_ordinal = ${member.closedOrdinal}
    where m.room_id = ${member.roomId} and m.user_id = ${member.userId} returning ${membershipColumns}`);
  if (!row) throw new Error('a membership vanished under its lock');
  return membershipView(row);
}

export async function updatePreferences(
  tx: Tx,
  of: { roomId: string; userId: string },
  to: Pick<Membership, 'starred' | 'muted' | 'level'>,
): Promise<Membership> {
  const [row] = await tx.rows<MembershipRow>(sql`
    update memberships m set starred = ${to.starred}, muted = ${to.muted}, level = ${to.level}
    where m.room_id = ${of.roomId} and m.user_id = ${of.userId} returning ${membershipColumns}`);
  if (!row) throw new Error('a membership vanished under its lock');
  return membershipView(row);
}

/**
 * Who owns the room after `leaving` has left: nobody new while another owner stays, otherwise whoever has been there
 * longest, people who can still sign in first. Null also when nobody stays.
 */
export async function findHeir(tx: Tx, roomId: string, leaving: string): Promise<string | null> {
  const [row] = await tx.rows<{ user_id: string }>(sql`
    select m.user_id from memberships m join users u on u.id = m.user_id
    where m.room_id = ${roomId} and m.user_id <> ${leaving} and not exists (
      select 1 from memberships o where o.room_id = ${roomId} and o.user_id <> ${leaving} and o.role = 'owner')
    order by u.deactivated_at is not null, m.joined_at, m.user_id limit 1`);
  return row?.user_id ?? null;
}

/** Does the room have an owner besides this person? */
export async function isOwnedWithout(tx: Tx, roomId: string, userId: string): Promise<boolean> {
  const [row] = await tx.rows<{ user_id: string }>(sql`
    select user_id from memberships
    where room_id = ${roomId} and user_id <> ${userId} and role = 'owner' limit 1`);
  return row !== undefined;
}

/** Those who are in as many rooms as one can be in. */
export async function fullPeople(tx: Tx, userIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ user_id: string }>(sql`
    select user_id from memberships where user_id = any(${userIds}::bigint[])
    group by user_id having count(*) >= ${limits.userRoomsMax}`);
  return rows.map((row) => row.user_id);
}
