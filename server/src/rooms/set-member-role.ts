import type { Input, Output } from '@confab/protocol';
import { roomStream, userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forReading } from './doors.ts';
import { isOwnedWithout } from './member-store.ts';
import { giveRole, roleOf } from './membership.ts';
import { standingIn } from './rules.ts';

/** Owners give roles. The last owner stays one: somebody else must be made owner first. */
export async function setMemberRole(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.setMemberRole'>,
): Promise<Output<'room.setMemberRole'>> {
  const { roomId, userId, role } = input;
  const stream = roomStream(roomId);
  return deps.log.write([stream, userStream(userId)], async (tx, log) => {
    const found = await forReading(tx, roomId, caller.userId);
    if (found.room.kind === 'direct' || standingIn(found, caller) !== 'owner') {
      throw new Refusal('forbidden', { needs: 'owner' });
    }
    const present = await roleOf(tx, roomId, userId);
    if (present === role) return { position: log.position(stream) };
    if (present === 'owner' && !(await isOwnedWithout(tx, roomId, userId))) {
      throw new Refusal('forbidden', { needs: 'another owner' });
    }
    await giveRole(tx, log, { roomId, userId, role, by: caller.userId });
    return { position: log.position(stream) };
  });
}
