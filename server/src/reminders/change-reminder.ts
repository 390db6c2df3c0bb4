import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { plainNote, refuseTooMany, refuseUnfitTime } from './rules.ts';
import { countReminders, forReminder, updateReminder } from './store.ts';

/** A completed one can only be taken up again, with a new time. */
export async function changeReminder(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'reminder.change'>,
): Promise<Output<'reminder.change'>> {
  const { reminderId, remindAt = null } = input;
  const { userId } = caller;
  const own = userStream(userId);
  return deps.log.write([own], async (tx, log) => {
    const present = await forReminder(tx, reminderId, userId);
    if (remindAt !== null) refuseUnfitTime(remindAt, log.at);
    const isOver = present.completedAt !== null;
    if (isOver && remindAt === null) throw new Refusal('not_found', { what: 'reminder' });
    if (isOver) refuseTooMany(await countReminders(tx, userId));
    const note = input.note === undefined ? null : plainNote(input.note, present);
    if (remindAt === null && (note ?? present.note) === present.note) return { position: log.position(own) };
    const reminder = await updateReminder(tx, reminderId, { note, remindAt });
    return { position: log.append(own, 'reminder.changed', { reminder }) };
  });
}
