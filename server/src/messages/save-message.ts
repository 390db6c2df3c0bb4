import { limits, type Input, type Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forMessage } from './doors.ts';
import { countSaved, deleteSaved, insertSaved, isSaved } from './saved-store.ts';

/** Keeps a message for oneself. It stays kept when it is deleted or can no longer be seen, but then shows nothing. */
export async function saveMessage(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'message.save'>,
): Promise<Output<'message.save'>> {
  const { messageId } = input;
  const { userId } = caller;
  const own = userStream(userId);
  return deps.log.write([own], async (tx, log) => {
    const message = await forMessage(tx, messageId, userId);
    if (await isSaved(tx, userId, messageId)) return { position: log.position(own) };
    if (message.deletedAt !== null) throw new Refusal('not_found', { what: 'message' });
    if ((await countSaved(tx, userId)) >= limits.savedMax) {
      throw new Refusal('limit_reached', { what: 'saved', limit: limits.savedMax });
    }
    const savedAt = await insertSaved(tx, { userId, messageId, at: new Date(log.at) });
    return { position: log.append(own, 'message.saved', { messageId, savedAt }) };
  });
}

export async function unsaveMessage(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'message.unsave'>,
): Promise<Output<'message.unsave'>> {
  const { messageId } = input;
  const own = userStream(caller.userId);
  return deps.log.write([own], async (tx, log) => {
    const wasSaved = await deleteSaved(tx, caller.userId, messageId);
    if (!wasSaved) return { position: log.position(own) };
    return { position: log.append(own, 'message.unsaved', { messageId }) };
  });
}
