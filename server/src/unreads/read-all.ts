import type { Output } from '@confab/protocol';
import { roomStream, userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import type { Database } from '../platform/postgres/index.ts';
import { findUnreadRooms, readToEnd } from './store.ts';

/**
 * Reads every room and every followed thread to its end, under the locks of the rooms that have something unread. What
 * becomes unread in others between looking and locking was written after everything was read.
 */
export async function readAll(
  deps: { database: Database; log: EventLog },
  caller: Caller,
): Promise<Output<'read.all'>> {
  const { userId } = caller;
  const own = userStream(userId);
  const roomIds = await findUnreadRooms(deps.database, userId);
  return deps.log.write([...roomIds.map(roomStream), own], async (tx, log) => {
    const { rooms, threads } = await readToEnd(tx, userId, roomIds);
    if (rooms.length === 0 && threads === 0) return { position: log.position(own) };
    return { position: log.append(own, 'read.allMoved', { rooms }) };
  });
}
