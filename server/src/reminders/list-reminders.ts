import type { Input, Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { findVisible, peopleIn } from '../messages/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { findCompleted, findReminders } from './store.ts';

/** With the messages that can still be seen, deleted ones as tombstones. */
export async function listReminders(
  deps: { database: Database },
  caller: Caller,
  input: Input<'reminder.list'>,
): Promise<Output<'reminder.list'>> {
  const { userId } = caller;
  return deps.database.read(async (tx) => {
    const reminders = await (input.completed ? findCompleted(tx, userId) : findReminders(tx, userId));
    const ids = reminders.flatMap(({ messageId }) => messageId ?? []);
    const messages = await findVisible(tx, ids, userId);
    return { reminders, messages, users: await peopleIn(tx, messages) };
  });
}
