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
import { createWordMemory, type GramsOfWord } from './grams.ts';
import type { SearchIndex } from './search-index.ts';

const eventsMax = 500;
/** Of the filling: so many are read at a time … */
const partMax = 1_000;
/** … and put in before the reader of the streams has its turn, which waits as long: some hundred milliseconds. */
const turnMax = 5_000;
/** As long with texts that are long, such as those in files. */
const turnCharsMax = 2_000_000;
/** Put in by one statement, which is over long before Postgres would take the transaction for forgotten. */
const sliceMax = 500;
const sliceCharsMax = 100_000;
/** Made before whoever is served by this node has a turn: a millisecond or two, or one message. */
const madeAtOnceChars = 5_000;
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
  const hand = createHand({ index, clock }, tx);
  for (const slice of slicesOf(part)) await hand.add(slice);
  await hand.end();
  if (events.length < eventsMax) await index.settle(tx);
}

export interface FillingDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly index: SearchIndex;
  /** Shared by batches that are filled one after the other. */
  readonly gramsOfWord?: GramsOfWord;
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
    const { below, count, isLast } = await fillTurn(deps, tx, filling.below);
    if (isLast) await index.settle(tx);
    const filled = filling.filled + count;
    const finishedAt = isLast ? new Date(clock.now()) : null;
    await tx.rows(sql`
      update search_filling set below = ${below}, filled = ${filled}, finished_at = ${finishedAt} where id = 1`);
    return { filled, isDone: isLast };
  });
}

async function fillTurn(
  deps: FillingDeps,
  tx: Tx,
  from: string | null,
): Promise<{ below: string | null; count: number; isLast: boolean }> {
  const hand = createHand(deps, tx);
  let below = from;
  let count = 0;
  let chars = 0;
  let isLast = false;
  while (!isLast && count < turnMax && chars < turnCharsMax) {
    const older = below === null ? sql`true` : sql`g.id < ${below}`;
    const part = await readPart(tx, older, sql`order by g.id desc limit ${partMax}`);
    let taken = 0;
    for (const slice of slicesOf(part)) {
      await hand.add(slice);
      below = slice.messages.at(-1)?.id ?? below;
      taken += slice.messages.length;
      chars += slice.chars;
      if (chars >= turnCharsMax) break;
    }
    count += taken;
    isLast = taken === part.messages.length && taken < partMax;
  }
  await hand.end();
  return { below, count, isLast };
}

interface Part {
  readonly messages: readonly WrittenMessage[];
  readonly texts: ReadonlyMap<string, string>;
}

interface Slice extends Part {
  readonly chars: number;
}

async function readPart(tx: Tx, condition: Sql, order: Sql): Promise<Part> {
  const messages = await findWritten(tx, condition, order);
  const fileIds = messages.flatMap(({ files = [] }) => files.map(({ id }) => id));
  return { messages, texts: await findTexts(tx, fileIds) };
}

function* slicesOf({ messages, texts }: Part): Generator<Slice> {
  let slice: WrittenMessage[] = [];
  let chars = 0;
  for (const message of messages) {
    slice.push(message);
    chars += charsOf(message, texts);
    if (slice.length < sliceMax && chars < sliceCharsMax) continue;
    yield { messages: slice, texts, chars };
    [slice, chars] = [[], 0];
  }
  if (slice.length > 0) yield { messages: slice, texts, chars };
}

function charsOf(message: WrittenMessage, texts: Part['texts']): number {
  return textsIn(message, texts).reduce((sum, { length }) => sum + length, message.text.length);
}

/** Makes a slice into entries while Postgres puts in the one before. */
function createHand(deps: Omit<FillingDeps, 'database'>, tx: Tx) {
  const { index, clock, gramsOfWord = createWordMemory() } = deps;
  let made: readonly Entry[] = [];
  const make = async ({ messages, texts }: Slice): Promise<Entry[]> => {
    const entries: Entry[] = [];
    let chars = 0;
    for (const message of messages) {
      if (chars >= madeAtOnceChars) {
        await new Promise<void>((resolve) => clock.soon(resolve));
        chars = 0;
      }
      chars += charsOf(message, texts);
      entries.push(entryOf(message, { texts: textsIn(message, texts), gramsOfWord }));
    }
    return entries;
  };
  return {
    async add(slice: Slice): Promise<void> {
      [, made] = await Promise.all([index.put(tx, made), make(slice)]);
    },
    end: (): Promise<void> => index.put(tx, made),
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
