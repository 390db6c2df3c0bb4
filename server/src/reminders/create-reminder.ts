import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forMessage } from '../messages/index.ts';
import { plainNote, refuseTooMany, refuseUnfitTime } from './rules.ts';
import { countReminders, findByClientId, insertReminder } from './store.ts';

/** Of a message that one may see now; whether that is still so when it falls due does not matter. */
export async function createReminder(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'reminder.create'>,
): Promise<Output<'reminder.create'>> {
  const { clientId, remindAt, messageId = null } = input;
  const { userId } = caller;
  const own = userStream(userId);
  const note = plainNote(input.note ?? '', { messageId });
  return deps.log.write([own], async (tx, log) => {
    const kept = await findByClientId(tx, userId, clientId);
    if (kept !== null) return { reminderId: kept, position: log.position(own) };
    refuseUnfitTime(remindAt, log.at);
    const message = messageId === null ? null : await forMessage(tx, messageId, userId);
    if (message && message.deletedAt !== null) throw new Refusal('not_found', { what: 'message' });
    refuseTooMany(await countReminders(tx, userId));
    const roomId = message?.roomId ?? null;
    const made = { userId, clientId, messageId, roomId, note, remindAt, createdAt: log.at };
    const reminder = await insertReminder(tx, made);
    return { reminderId: reminder.id, position: log.append(own, 'reminder.changed', { reminder }) };
  });
}
