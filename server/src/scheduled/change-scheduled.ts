import type { Input, Output } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { readForSending } from '../messages/index.ts';
import { forListed } from './doors.ts';
import type { ScheduledDeps } from './index.ts';
import { refuseUnfitTime } from './rules.ts';
import { updateScheduled } from './store.ts';

/** A failed one without a new time is tried again at once. */
export async function changeScheduled(
  deps: ScheduledDeps,
  caller: Caller,
  input: Input<'scheduled.change'>,
): Promise<Output<'scheduled.change'>> {
  const { scheduledId, text = null, sendAt = null } = input;
  const own = userStream(caller.userId);
  return deps.log.write([own], async (tx, log) => {
    await forListed(tx, { userId: caller.userId, scheduledId }, log.at);
    if (text === null && sendAt === null) return { position: log.position(own) };
    if (sendAt !== null) refuseUnfitTime(sendAt, log.at);
    if (text !== null) await readForSending(tx, text);
    const scheduled = await updateScheduled(tx, scheduledId, { text, sendAt });
    return { position: log.append(own, 'scheduled.changed', { scheduled }) };
  });
}
