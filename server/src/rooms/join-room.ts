import type { Input, Output } from '@confab/protocol';
import { roomStream, userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forReading } from './doors.ts';
import { putIn, refuseFull } from './membership.ts';

/** Joins a public room; who is in it already simply stays. The first in an empty room owns it. */
export async function joinRoom(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.join'>,
): Promise<Output<'room.join'>> {
  const own = userStream(caller.userId);
  return deps.log.write([roomStream(input.roomId), own], async (tx, log) => {
    const { room, membership, counters } = await forReading(tx, input.roomId, caller.userId);
    if (membership) return { room: { room, membership, counters }, position: log.position(own) };
    if (room.archivedAt !== null) throw new Refusal('archived');
    await refuseFull(tx, [caller.userId]);
    const role = room.memberCount === 0 ? 'owner' : 'member';
    const members = [{ userId: caller.userId, role, closedOrdinal: null }] as const;
    const added = await putIn(tx, log, { room, lastAt: counters.lastAt, members, by: caller.userId });
    const mine = added.get(caller.userId);
    if (!mine) throw new Error('joining left no membership');
    return { room: mine, position: log.position(own) };
  });
}
