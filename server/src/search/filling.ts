/**
 * Two hands put messages into the index, each as it is at that moment: the reader of the streams, for whatever is sent,
 * edited or deleted, or has files that changed, and the filling, once, for what was there before. Both hold the row of
 * `search_filling` meanwhile, so that neither puts in what the other has replaced since.
 */
import type { StreamEvent } from '../delivery/index.ts';
import { findTexts } from '../files/index.ts';
import { nothing, sql, type Sql } from '../kit/sql.ts';
import { findWritten, type WrittenMessage } from '../messages/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { entryOf, textsIn, type Entry } from './entry.ts';
import { createWordMemory } from './grams.ts';
import type { SearchIndex } from './search-index.ts';

const eventsMax = 500;
/** Of the filling: read and written so many at a time … */
const partMax = 1_000;
/** … and so often before it lets the reader of the streams have its turn: some hundred milliseconds. */
const partsMax = 5;
/** A millisecond or two. */
const madeAtOnce = 50;
const changing = new Set(['message.sent', 'message.edited', 'message.deleted', 'file.changed']);

/** For a reader of all streams: effects are kept with its position. */
export async function followMessages(
  { index, clock }: Pick<FillingDeps, 'index' | 'clock'>,
  tx: Tx,
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
  const part = await readPart(tx, sql`g.id = any(${[...ids]}::bigint[])`, nothing);
  for (const { id } of part.messages) ids.delete(id);
  await index.remove(tx, [...ids]);
  await index.put(tx, await entryMaker(clock)(part));
  if (events.length < eventsMax) await index.settle(tx);
}

export interface FillingDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly index: SearchIndex;
}

export interface FillingReport {
  readonly filled: number;
  readonly isDone: boolean;
}

/** One batch; any number of nodes may do it in turn. */
export async function fillBatch(deps: FillingDeps): Promise<FillingReport> {
  const { database, clock, index } = deps;
  const [known] = await database.rows<FillingRow>(
    sql`select below, filled, finished_at from search_filling where id = 1`,
  );
  if (known && known.finished_at !== null) return { filled: known.filled, isDone: true };
  return database.write(async (tx) => {
    const filling = await takeTurn(tx);
    if (filling.finished_at !== null) return { filled: filling.filled, isDone: true };
    const { below, count, isLast } = await fillParts(deps, tx, filling.below);
    if (isLast) await index.settle(tx);
    const filled = filling.filled + count;
    const finishedAt = isLast ? new Date(clock.now()) : null;
    await tx.rows(sql`
      update search_filling set below = ${below}, filled = ${filled}, finished_at = ${finishedAt} where id = 1`);
    return { filled, isDone: isLast };
  });
}

/** While Postgres puts in one part, the next is made. */
async function fillParts(
  { index, clock }: FillingDeps,
  tx: Tx,
  from: string | null,
): Promise<{ below: string | null; count: number; isLast: boolean }> {
  const makeEntries = entryMaker(clock);
  let made: readonly Entry[] = [];
  let below = from;
  let count = 0;
  for (let n = 1; ; n += 1) {
    const older = below === null ? sql`true` : sql`g.id < ${below}`;
    const part = await readPart(tx, older, sql`order by g.id desc limit ${partMax}`);
    const [entries] = await Promise.all([makeEntries(part), index.put(tx, made)]);
    made = entries;
    below = made.at(-1)?.messageId ?? below;
    count += made.length;
    const isLast = made.length < partMax;
    if (!isLast && n < partsMax) continue;
    await index.put(tx, made);
    return { below, count, isLast };
  }
}

interface Part {
  readonly messages: readonly WrittenMessage[];
  readonly texts: ReadonlyMap<string, string>;
}

async function readPart(tx: Tx, condition: Sql, order: Sql): Promise<Part> {
  const messages = await findWritten(tx, condition, order);
  const fileIds = messages.flatMap(({ files = [] }) => files.map(({ id }) => id));
  return { messages, texts: await findTexts(tx, fileIds) };
}

/** Makes some at a time: whoever is served by this node does not wait for all of them. */
function entryMaker(clock: Clock): (part: Part) => Promise<Entry[]> {
  const gramsOfWord = createWordMemory();
  return async ({ messages, texts }) => {
    const entries: Entry[] = [];
    for (const [n, message] of messages.entries()) {
      if (n % madeAtOnce === 0) await new Promise<void>((resolve) => clock.soon(resolve));
      entries.push(entryOf(message, { texts: textsIn(message, texts), gramsOfWord }));
    }
    return entries;
  };
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
