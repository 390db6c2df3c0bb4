import { limits, type Input, type Output } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forMessage, readForSending } from '../messages/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { forWriting, mayPost, standingIn } from '../rooms/index.ts';
import { forThread } from '../threads/index.ts';
import type { ScheduledDeps } from './index.ts';
import { refuseUnfitTime } from './rules.ts';
import { countScheduled, findByClientId, insertScheduled } from './store.ts';

/** Refuses what could not be sent now either; whether it can be sent then is decided then. */
export async function scheduleMessage(
  deps: ScheduledDeps,
  caller: Caller,
  input: Input<'message.schedule'>,
): Promise<Output<'message.schedule'>> {
  const { roomId, clientId, text, sendAt, threadId = null, quoteId = null } = input;
  const { userId } = caller;
  const own = userStream(userId);
  const alsoInRoom = threadId !== null && (input.alsoInRoom ?? false);
  return deps.log.write([own], async (tx, log) => {
    const kept = await findByClientId(tx, userId, clientId);
    if (kept !== null) return { scheduledId: kept, position: log.position(own) };
    refuseUnfitTime(sendAt, log.at);
    const found = await forWriting(tx, roomId, userId);
    if (!mayPost(found.room, standingIn(found, caller)))
      throw new Refusal('forbidden', { needs: 'moderator' });
    await refuseElsewhere(tx, caller, { roomId, threadId, quoteId });
    await readForSending(tx, text);
    if ((await countScheduled(tx, userId)) >= limits.scheduledMax) {
      throw new Refusal('limit_reached', { what: 'scheduled', limit: limits.scheduledMax });
    }
    const place = { roomId, threadId, alsoInRoom, quoteId };
    const scheduled = await insertScheduled(tx, {
      ...place,
      userId,
      clientId,
      text,
      sendAt,
      createdAt: log.at,
    });
    const position = log.append(own, 'scheduled.changed', { scheduled });
    return { scheduledId: scheduled.id, position };
  });
}

/** @throws Refusal not_found for a thread or a quote of another room, or that is deleted */
async function refuseElsewhere(
  tx: Tx,
  { userId }: Caller,
  place: { roomId: string; threadId: string | null; quoteId: string | null },
): Promise<void> {
  const { roomId, threadId, quoteId } = place;
  const named = [
    ...(threadId === null ? [] : [await forThread(tx, threadId, userId)]),
    ...(quoteId === null ? [] : [await forMessage(tx, quoteId, userId)]),
  ];
  if (named.some((message) => message.roomId !== roomId || message.deletedAt !== null)) {
    throw new Refusal('not_found', { what: 'message' });
  }
}
