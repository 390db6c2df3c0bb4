import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { forReminder, markCompleted } from './store.ts';

export async function completeReminder(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'reminder.complete'>,
): Promise<Output<'reminder.complete'>> {
  const { reminderId } = input;
  const own = userStream(caller.userId);
  return deps.log.write([own], async (tx, log) => {
    const present = await forReminder(tx, reminderId, caller.userId);
    if (present.completedAt !== null) return { position: log.position(own) };
    await markCompleted(tx, reminderId, new Date(log.at));
    return { position: log.append(own, 'reminder.removed', { reminderId }) };
  });
}
