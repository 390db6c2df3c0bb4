/**
 * Two hands put messages into the index, each as it is at that moment: the reader of the streams, for whatever is sent,
 * edited or deleted, and the filling, once, for what was there before. Both hold the row of `search_filling` meanwhile,
 * so that neither puts in what the other has replaced since.
 */
import type { Message } from '@confab/protocol';
import type { StreamEvent } from '../delivery/index.ts';
import { findTexts } from '../files/index.ts';
import { nothing, sql } from '../kit/sql.ts';
import { findMessages } from '../messages/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { entryOf, textsIn, type Entry } from './entry.ts';
import type { SearchIndex } from './search-index.ts';

const batchMax = 500;
const changing = new Set(['message.sent', 'message.edited', 'message.deleted']);

/** For a reader of all streams: effects are kept with its position. */
export async function followMessages(
  tx: Tx,
  index: SearchIndex,
  events: readonly StreamEvent[],
): Promise<void> {
  const ids = new Set<string>();
  for (const event of events) {
    if (event.stream.kind !== 'room' || !changing.has(event.name)) continue;
    const data = event.data<{ message?: { id: string }; messageId?: string }>();
    const id = data.message?.id ?? data.messageId;
    if (id !== undefined) ids.add(id);
  }
  if (ids.size === 0) return;
  await takeTurn(tx);
  const messages = await findMessages(
    tx,
    sql`g.id = any(${[...ids]}::bigint[]) and g.deleted_at is null`,
    nothing,
  );
  for (const { id } of messages) ids.delete(id);
  await index.remove(tx, [...ids]);
  await index.put(tx, await entriesOf(tx, messages));
  if (events.length < batchMax) await index.settle(tx);
}

async function entriesOf(tx: Tx, messages: readonly Message[]): Promise<Entry[]> {
  const texts = await findTexts(
    tx,
    messages.flatMap(({ files = [] }) => files.map(({ id }) => id)),
  );
  return messages.map((message) => entryOf(message, textsIn(message, texts)));
}

export interface FillingReport {
  readonly filled: number;
  readonly isDone: boolean;
}

/** One batch; any number of nodes may do it in turn. */
export async function fillBatch(database: Database, index: SearchIndex, at: Date): Promise<FillingReport> {
  const [known] = await database.rows<FillingRow>(
    sql`select below, filled, finished_at from search_filling where id = 1`,
  );
  if (known && known.finished_at !== null) return { filled: known.filled, isDone: true };
  return database.write(async (tx) => {
    const filling = await takeTurn(tx);
    if (filling.finished_at !== null) return { filled: filling.filled, isDone: true };
    const below = filling.below === null ? nothing : sql`and g.id < ${filling.below}`;
    const messages = await findMessages(
      tx,
      sql`g.deleted_at is null ${below}`,
      sql`order by g.id desc limit ${batchMax}`,
    );
    await index.put(tx, await entriesOf(tx, messages));
    const filled = filling.filled + messages.length;
    const isDone = messages.length < batchMax;
    if (isDone) await index.settle(tx);
    const last = messages.at(-1)?.id ?? filling.below;
    await tx.rows(sql`
      update search_filling set below = ${last}, filled = ${filled}, finished_at = ${isDone ? at : null} where id = 1`);
    return { filled, isDone };
  });
}

/** From the newest on again; what is there stays findable until it is replaced. */
export async function fillAnew(database: Database): Promise<void> {
  await database.rows(
    sql`update search_filling set below = null, filled = 0, finished_at = null where id = 1`,
  );
}

interface FillingRow {
  below: string | null;
  filled: number;
  finished_at: Date | null;
}

async function takeTurn(tx: Tx): Promise<FillingRow> {
  const [row] = await tx.rows<FillingRow>(
    sql`select below, filled, finished_at from search_filling where id = 1 for update`,
  );
  if (!row) throw new Error('the row of search_filling is missing');
  return row;
}
