import type { Input, Output } from '@confab/protocol';
import { roomStream, userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { findUsers } from '../users/index.ts';
import { forWriting } from './doors.ts';
import { membersAmong } from './member-store.ts';
import { putIn, refuseFull } from './membership.ts';

/** Any member puts others in; those who are in already are passed over. A conversation's people never change. */
export async function inviteMembers(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.invite'>,
): Promise<Output<'room.invite'>> {
  const stream = roomStream(input.roomId);
  return deps.log.write([stream, ...input.userIds.map(userStream)], async (tx, log) => {
    const { room, counters } = await forWriting(tx, input.roomId, caller.userId);
    if (room.kind === 'direct') throw new Refusal('forbidden', { needs: 'a room with a name' });
    const users = await findUsers(tx, input.userIds);
    if (users.length < input.userIds.length || users.some((user) => user.deactivated)) {
      throw new Refusal('not_found', { what: 'user' });
    }
    const present = await membersAmong(tx, input.roomId, input.userIds);
    const added = input.userIds.filter((userId) => !present.has(userId));
    if (added.length === 0) return { added, position: log.position(stream) };
    await refuseFull(tx, added);
    const members = added.map((userId) => ({ userId, role: 'member' as const, closedOrdinal: null }));
    await putIn(tx, log, { room, lastAt: counters.lastAt, members, by: caller.userId });
    return { added, position: log.position(stream) };
  });
}
