import type { Input, Output } from '@confab/protocol';
import { roomStream, userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { forMember } from './doors.ts';
import { setClosed } from './member-store.ts';
import { takeOut } from './membership.ts';

/** Leaves a room. A conversation is not left but closed: it comes back into the list when somebody writes. */
export async function leaveRoom(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.leave'>,
): Promise<Output<'room.leave'>> {
  const { userId } = caller;
  const { roomId } = input;
  const stream = roomStream(roomId);
  const own = userStream(userId);
  return deps.log.write([stream], async (tx, log) => {
    const { room } = await forMember(tx, roomId, userId);
    if (room.kind !== 'direct') {
      await takeOut(tx, log, { room, userId, by: userId });
    } else {
      await log.lock([own]);
      const membership = await setClosed(tx, { roomId, userId, closedOrdinal: log.ordinal(stream) });
      log.append(own, 'membership.changed', { roomId, membership });
    }
    return { position: log.position(own) };
  });
}
