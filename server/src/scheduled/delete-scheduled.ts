import type { Input, Output } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { ScheduledDeps } from './index.ts';
import { closeScheduled, findStanding } from './store.ts';

/** What is not there is deleted already. @throws Refusal conflict while it is being sent */
export async function deleteScheduled(
  deps: ScheduledDeps,
  caller: Caller,
  input: Input<'scheduled.delete'>,
): Promise<Output<'scheduled.delete'>> {
  const { scheduledId } = input;
  const { userId } = caller;
  const own = userStream(userId);
  return deps.log.write([own], async (tx, log) => {
    const standing = await findStanding(tx, { userId, scheduledId }, log.at);
    if (standing?.claimed) throw new Refusal('conflict', { what: 'it is being sent' });
    if (standing?.state !== 'waiting' && standing?.state !== 'failed') return { position: log.position(own) };
    await closeScheduled(tx, scheduledId, null);
    return { position: log.append(own, 'scheduled.removed', { scheduledId, messageId: null }) };
  });
}
