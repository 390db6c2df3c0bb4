/** Putting people into rooms and taking them out: rows, counts and the events of both sides, in one place. */
import { limits, type MyRoom, type Room, type RoomRole } from '@confab/protocol';
import { roomStream, userStream, type Appender } from '../delivery/index.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Tx } from '../platform/postgres/index.ts';
import {
  deleteMember,
  findHeir,
  findMembership,
  fullPeople,
  insertMembers,
  setRole,
  type NewMember,
} from './member-store.ts';
import { countMembers } from './store.ts';

/**
 * The streams of the room and of the new members are locked.
 * @returns the room as each of them has it now
 */
export async function putIn(
  tx: Tx,
  log: Appender,
  entry: { room: Room; lastAt: number; members: readonly NewMember[]; by: string },
): Promise<Map<string, MyRoom>> {
  const { members, by, lastAt } = entry;
  const stream = roomStream(entry.room.id);
  const at = new Date(log.at);
  const readOrdinal = log.ordinal(stream);
  await insertMembers(tx, members, { roomId: stream.id, readOrdinal, at });
  const room = await countMembers(tx, stream.id, { more: members.length, at });
  let memberCount = entry.room.memberCount;
  for (const { userId, role } of members) {
    memberCount += 1;
    log.append(stream, 'member.joined', { member: { userId, role, joinedAt: log.at }, memberCount, by });
  }
  const counters = { head: log.position(stream).seq, ordinal: readOrdinal, mentions: [], lastAt };
  const added = new Map<string, MyRoom>();
  for (const { userId, role, closedOrdinal } of members) {
    const choices = { starred: false, muted: false, level: 'default' as const };
    const membership = { role, joinedAt: log.at, readOrdinal, closedOrdinal, ...choices };
    const mine: MyRoom = { room, membership, counters };
    log.append(userStream(userId), 'room.added', { room: mine, by });
    added.set(userId, mine);
  }
  return added;
}

/** The room's stream is locked; those of the people concerned are locked here. The last owner hands the room on. */
export async function takeOut(
  tx: Tx,
  log: Appender,
  exit: { room: Room; userId: string; by: string },
): Promise<void> {
  const { userId, by } = exit;
  const stream = roomStream(exit.room.id);
  const heir = await findHeir(tx, stream.id, userId);
  await log.lock([userStream(userId), ...(heir === null ? [] : [userStream(heir)])]);
  await deleteMember(tx, stream.id, userId);
  const room = await countMembers(tx, stream.id, { more: -1, at: new Date(log.at) });
  log.append(stream, 'member.left', { userId, memberCount: room.memberCount, by });
  log.append(userStream(userId), 'room.removed', { roomId: stream.id, by });
  if (heir !== null) await giveRole(tx, log, { roomId: stream.id, userId: heir, role: 'owner', by });
}

/** The streams of the room and of the member are locked. */
export async function giveRole(
  tx: Tx,
  log: Appender,
  gift: { roomId: string; userId: string; role: RoomRole; by: string },
): Promise<void> {
  const { roomId, userId, by } = gift;
  const { member, membership } = await setRole(tx, gift);
  log.append(roomStream(roomId), 'member.changed', { member, by });
  log.append(userStream(userId), 'membership.changed', { roomId, membership });
}

/** Somebody's role in the room. @throws Refusal not_found when they are not in it */
export async function roleOf(tx: Tx, roomId: string, userId: string): Promise<RoomRole> {
  const membership = await findMembership(tx, roomId, userId);
  if (!membership) throw new Refusal('not_found', { what: 'member' });
  return membership.role;
}

/** The streams of these people are locked. @throws Refusal limit_reached */
export async function refuseFull(tx: Tx, userIds: readonly string[]): Promise<void> {
  const [full] = await fullPeople(tx, userIds);
  if (full !== undefined)
    throw new Refusal('limit_reached', { what: 'rooms', limit: limits.userRoomsMax, userId: full });
}
