import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { removeReminder } from './store.ts';

/** What is not there is deleted already. */
export async function deleteReminder(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'reminder.delete'>,
): Promise<Output<'reminder.delete'>> {
  const { reminderId } = input;
  const { userId } = caller;
  const own = userStream(userId);
  return deps.log.write([own], async (tx, log) => {
    const removed = await removeReminder(tx, { reminderId, userId }, new Date(log.at));
    if (!removed?.wasOpen) return { position: log.position(own) };
    return { position: log.append(own, 'reminder.removed', { reminderId }) };
  });
}
