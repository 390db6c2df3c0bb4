import { userStream, type EventLog } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { findPeopleToRemind, markDue } from './store.ts';

const batchMax = 100;

/**
 * Tells people of what falls due. Any number of nodes may do it at once: whoever holds a person's stream marks and tells
 * in one transaction, and who comes after finds nothing left.
 */
export async function remindDue(deps: { database: Database; log: EventLog; clock: Clock }): Promise<void> {
  for (let count = batchMax; count === batchMax;) {
    const people = await findPeopleToRemind(deps.database, new Date(deps.clock.now()), batchMax);
    count = people.length;
    for (const userId of people) {
      const own = userStream(userId);
      await deps.log.write([own], async (tx, log) => {
        for (const reminder of await markDue(tx, userId, new Date(log.at))) {
          log.append(own, 'reminder.due', { reminder });
        }
      });
    }
  }
}
