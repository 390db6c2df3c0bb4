import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { removeCompleted } from './store.ts';

/** Nobody is told: completed ones stand in no list that is kept up to date. */
export async function clearReminders(
  deps: { log: EventLog },
  caller: Caller,
  _input: Input<'reminder.clear'>,
): Promise<Output<'reminder.clear'>> {
  const own = userStream(caller.userId);
  return deps.log.write([own], async (tx, log) => {
    await removeCompleted(tx, caller.userId, new Date(log.at));
    return { position: log.position(own) };
  });
}
