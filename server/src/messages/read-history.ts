import { limits, type Input, type MessagePage, type Output } from '@confab/protocol';
import { roomStream, streamName } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { forReading } from '../rooms/index.ts';
import { companyOf } from './company.ts';
import { beyond, rangeOf } from './rules.ts';
import { findMessages, findMessagesById, ordinalAt } from './store.ts';

type History = Input<'room.history'>;

/**
 * A page of a room's timeline, cut by ordinals, which have no holes: nothing has to be counted or skipped.
 * All of it is of one moment, the one its position names.
 */
export async function readHistory(
  deps: { database: Database; epoch: number },
  caller: Caller,
  input: History,
): Promise<MessagePage> {
  const { roomId, limit = limits.pageDefault } = input;
  refuseSeveral(input);
  return deps.database.read(async (tx) => {
    const { counters } = await forReading(tx, roomId, caller.userId);
    const range = rangeOf(counters.ordinal, limit, await whereabouts(tx, input));
    const messages = await findMessages(
      tx,
      sql`g.room_id = ${roomId} and g.ordinal between ${range.first} and ${range.last}`,
      sql`order by g.ordinal`,
    );
    return {
      messages,
      ...(await companyOf(tx, messages)),
      position: { stream: streamName(roomStream(roomId)), epoch: deps.epoch, seq: counters.head },
      ...beyond(range, counters.ordinal),
    };
  });
}

function refuseSeveral(input: History): void {
  const { before, after, around, aroundMessageId, at } = input;
  const given = [before, after, around, aroundMessageId, at].filter((one) => one !== undefined);
  if (given.length > 1) {
    throw new Refusal('invalid', {
      path: '',
      expected: 'one of before, after, around, aroundMessageId and at',
    });
  }
}

async function whereabouts(
  tx: Tx,
  input: History,
): Promise<{ before?: number | undefined; after?: number | undefined; around?: number | undefined }> {
  const { roomId, aroundMessageId, at, before, after, around } = input;
  if (aroundMessageId !== undefined) return { around: await ordinalOf(tx, roomId, aroundMessageId) };
  if (at !== undefined) return { around: await ordinalAt(tx, roomId, new Date(at)) };
  return { before, after, around };
}

/** A reply that is only in its thread is found where its root stands. @throws Refusal not_found */
async function ordinalOf(tx: Tx, roomId: string, messageId: string): Promise<number> {
  const [message] = await findMessagesById(tx, [messageId]);
  if (message?.roomId !== roomId) throw new Refusal('not_found', { what: 'message' });
  if (message.ordinal !== null) return message.ordinal;
  return ordinalOf(tx, roomId, message.threadId ?? '');
}

/** Pinned messages, newest pin first. */
export async function readPins(
  deps: { database: Database },
  caller: Caller,
  input: Input<'room.pins'>,
): Promise<Output<'room.pins'>> {
  return deps.database.read(async (tx) => {
    const { room } = await forReading(tx, input.roomId, caller.userId);
    const messages = await findMessages(
      tx,
      sql`g.room_id = ${room.id} and g.pinned_at is not null`,
      sql`order by g.pinned_at desc, g.id desc`,
    );
    const { users } = await companyOf(tx, messages);
    return { messages, users };
  });
}
