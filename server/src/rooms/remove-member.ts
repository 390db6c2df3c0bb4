import type { Input, Output } from '@confab/protocol';
import { roomStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forReading } from './doors.ts';
import { roleOf, takeOut } from './membership.ts';
import { mayRemove, standingIn } from './rules.ts';

/** Takes somebody out of a room. Owners take out anybody, moderators plain members. */
export async function removeMember(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.removeMember'>,
): Promise<Output<'room.removeMember'>> {
  const { roomId, userId } = input;
  const stream = roomStream(roomId);
  return deps.log.write([stream], async (tx, log) => {
    const found = await forReading(tx, roomId, caller.userId);
    const role = await roleOf(tx, roomId, userId);
    if (!mayRemove(found.room, standingIn(found, caller), role)) {
      throw new Refusal('forbidden', { needs: role === 'member' ? 'moderator' : 'owner' });
    }
    await takeOut(tx, log, { room: found.room, userId, by: caller.userId });
    return { position: log.position(stream) };
  });
}
