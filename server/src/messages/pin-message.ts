import { limits, type Input, type Message, type Output } from '@confab/protocol';
import { roomStream, type Appender, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { forWriting, mayPost, standingIn } from '../rooms/index.ts';
import { forChanging, roomOfVisible } from './doors.ts';
import { countPins, setPinned } from './store.ts';

interface Deps {
  readonly database: Database;
  readonly log: EventLog;
}

/** Whoever may post in a room may pin there. Pinning twice keeps the first pin. */
export async function pinMessage(
  deps: Deps,
  caller: Caller,
  input: Input<'message.pin'>,
): Promise<Output<'message.pin'>> {
  return changePin(deps, caller, input.messageId, async (tx, log, message) => {
    if (message.pinnedAt !== null) return;
    if ((await countPins(tx, message.roomId)) >= limits.roomPinsMax) {
      throw new Refusal('limit_reached', { what: 'pins', limit: limits.roomPinsMax });
    }
    await setPinned(tx, message.id, new Date(log.at));
    const pin = { messageId: message.id, pinnedAt: log.at, by: caller.userId };
    log.append(roomStream(message.roomId), 'message.pinned', pin);
  });
}

export async function unpinMessage(
  deps: Deps,
  caller: Caller,
  input: Input<'message.unpin'>,
): Promise<Output<'message.unpin'>> {
  return changePin(deps, caller, input.messageId, async (tx, log, message) => {
    if (message.pinnedAt === null) return;
    await setPinned(tx, message.id, null);
    log.append(roomStream(message.roomId), 'message.unpinned', { messageId: message.id, by: caller.userId });
  });
}

async function changePin(
  deps: Deps,
  caller: Caller,
  messageId: string,
  change: (tx: Tx, log: Appender, message: Message) => Promise<void>,
): Promise<Output<'message.pin'>> {
  const roomId = await roomOfVisible(deps.database, messageId, caller.userId);
  const stream = roomStream(roomId);
  return deps.log.write([stream], async (tx, log) => {
    const found = await forWriting(tx, roomId, caller.userId);
    const message = await forChanging(tx, messageId);
    if (!mayPost(found.room, standingIn(found, caller)))
      throw new Refusal('forbidden', { needs: 'moderator' });
    await change(tx, log, message);
    return { position: log.position(stream) };
  });
}
