import type { Input, Output } from '@confab/protocol';
import { roomStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Database } from '../platform/postgres/index.ts';
import { forReading, standingIn } from '../rooms/index.ts';
import { forMessage } from './doors.ts';
import { withdrawMentions } from './notices.ts';
import { mayDelete } from './rules.ts';
import { bury } from './store.ts';

/** Leaves a tombstone in the message's place. What is deleted already stays so. */
export async function deleteMessage(
  deps: { database: Database; log: EventLog },
  caller: Caller,
  input: Input<'message.delete'>,
): Promise<Output<'message.delete'>> {
  const { messageId } = input;
  const { userId } = caller;
  const { roomId } = await forMessage(deps.database, messageId, userId);
  const stream = roomStream(roomId);
  return deps.log.write([stream], async (tx, log) => {
    const found = await forReading(tx, roomId, userId);
    const message = await forMessage(tx, messageId, userId);
    if (!mayDelete(message, { userId, room: found.room, standing: standingIn(found, caller) })) {
      throw new Refusal('forbidden', { needs: 'moderator' });
    }
    if (found.room.archivedAt !== null) throw new Refusal('archived');
    if (message.deletedAt !== null) return { position: log.position(stream) };
    const version = message.version + 1;
    await bury(tx, message, { version, at: new Date(log.at) });
    const { ordinal, threadId } = message;
    const grave = { messageId, ordinal, threadId, version, deletedAt: log.at, by: userId };
    const position = log.append(stream, 'message.deleted', grave);
    await withdrawMentions(tx, log, message);
    return { position };
  });
}
