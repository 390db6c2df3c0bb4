import { roomStream, type Appender } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { forReading } from './doors.ts';
import { putIn } from './membership.ts';
import { findRoom, insertRoom, nextId, updateRoom } from './store.ts';

/**
 * Puts a newcomer into the rooms that are for everyone. The streams of the rooms and of the person are locked; `roomIds`
 * were read before that (see defaultRoomIds), and what is no longer for everyone is passed over.
 */
export async function addToDefaultRooms(
  tx: Tx,
  log: Appender,
  entry: { userId: string; roomIds: readonly string[] },
): Promise<void> {
  const { userId } = entry;
  for (const roomId of entry.roomIds) {
    const known = await findRoom(tx, roomId);
    if (known === null || !known.isDefault || known.archivedAt !== null) continue;
    const { room, membership, counters } = await forReading(tx, roomId, userId);
    if (membership !== null) continue;
    const role = room.memberCount === 0 ? 'owner' : 'member';
    const members = [{ userId, role, closedOrdinal: null }] as const;
    await putIn(tx, log, { room, lastAt: counters.lastAt, members, by: userId });
  }
}

/**
 * The rooms a new workspace begins with: public and for everyone. Nobody is in them yet.
 * @returns their ids
 */
export async function createDefaultRooms(
  tx: Tx,
  log: Appender,
  rooms: { names: readonly string[]; createdBy: string },
): Promise<string[]> {
  const ids: string[] = [];
  const at = new Date(log.at);
  for (const name of rooms.names) {
    const id = await nextId(tx);
    await log.open(roomStream(id));
    const about = { kind: 'public', name, topic: '', description: '', posting: 'everyone' } as const;
    const origin = { createdBy: rooms.createdBy, clientId: null, directKey: null };
    const room = await insertRoom(tx, { ...about, ...origin, people: [], id, at });
    await updateRoom(tx, room, { isDefault: true }, at);
    ids.push(id);
  }
  return ids;
}
