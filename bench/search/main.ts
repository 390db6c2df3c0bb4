/**
 * `npm run bench:search -- --messages N --json`: how long a search takes over N messages, by kind of query, for somebody in
 * 10 rooms and somebody in 500. Everything from the call to its answer counts, but no network and no sign-in.
 */
import { parseArgs } from 'node:util';
import type { Caller } from '@confab/server/kit/caller';
import { sql } from '@confab/server/kit/sql';
import { createManualClock } from '@confab/server/platform/clock/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import type { Database } from '@confab/server/platform/postgres/index';
import { createSeededRandom } from '@confab/server/platform/random/index';
import { createSearch, fillBatch, postgresIndex } from '@confab/server/search/index';
import { cloneTestDatabase, startTestPostgres } from '../../tests/support/postgres.ts';
import { seedPeople, seedRoom } from '../../tests/support/seed.ts';
import { callerFor } from '../../tests/support/small-world.ts';
import { createTexts, type QueryKind } from './texts.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '200000' },
    queries: { type: 'string', default: '100' },
  },
});
const total = Number(flags.messages);
const queries = Number(flags.queries);
const roomCount = 1_000;
const batch = 5_000;
const kinds: readonly QueryKind[] = ['common', 'rare', 'many-word', 'substring', 'CJK'];

interface Row {
  kind: QueryKind;
  rooms: number;
  sort: 'time' | 'relevance';
  p50Ms: number;
  p99Ms: number;
  /** On the first page, on average. */
  found: number;
}

const say = (line: string): void => {
  if (!flags.json) process.stderr.write(`${line}\n`);
};
const rounded = (value: number): number => Math.round(value * 100) / 100;

function percentile(sorted: readonly number[], part: number): number {
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
}

const texts = createTexts(createSeededRandom(7));

/** Messages of 200 people spread over all rooms, straight into their table. */
async function seedMessages(database: Database, rooms: readonly string[], authors: readonly string[]) {
  for (let from = 0; from < total; from += batch) {
    const rows = Array.from({ length: Math.min(batch, total - from) }, (_, index) => ({
      n: from + index,
      // Not in step with which messages are Chinese.
      room_id: rooms[(from + index * 7 + Math.floor(index / 20)) % rooms.length],
      author_id: authors[(from + index * 13) % authors.length],
      text: texts.message(),
    }));
    await database.rows(sql`
      insert into messages (id, room_id, seq, ordinal, author_id, client_id, at, text)
      select nextval('ids'), room_id, n + 1, n + 1, author_id, 'bench-' || n, to_timestamp(1700000000 + n), text
      from json_to_recordset(${JSON.stringify(rows)}::json) as i(n int, room_id bigint, author_id bigint, text text)`);
  }
}

async function measure(
  ask: (caller: Caller, query: string, sort: Row['sort']) => Promise<number>,
  callers: readonly { caller: Caller; rooms: number }[],
): Promise<{ rows: Row[]; all: number[] }> {
  const rows: Row[] = [];
  const all: number[] = [];
  for (const { caller, rooms } of callers) {
    for (const kind of kinds) {
      for (const sort of ['time', 'relevance'] as const) {
        const times: number[] = [];
        let found = 0;
        for (let n = 0; n < queries + 3; n += 1) {
          const query = texts.query(kind);
          const begun = performance.now();
          const count = await ask(caller, query, sort);
          // The first ones plan statements and warm what stays warm.
          if (n < 3) continue;
          times.push(performance.now() - begun);
          found += count;
        }
        all.push(...times);
        times.sort((a, b) => a - b);
        const row: Row = {
          kind,
          rooms,
          sort,
          p50Ms: percentile(times, 0.5),
          p99Ms: percentile(times, 0.99),
          found: rounded(found / queries),
        };
        rows.push(row);
        say(
          `  ${kind.padEnd(10)} ${String(rooms).padStart(4)} rooms, by ${sort}: p50 ${row.p50Ms} ms, p99 ${row.p99Ms} ms, ${row.found} found`,
        );
      }
    }
  }
  return { rows, all: all.sort((a, b) => a - b) };
}

async function run(database: Database): Promise<void> {
  const people = await seedPeople(database, 200);
  const [few, many, owner] = people;
  if (!few || !many || !owner) throw new Error('there are no people');
  const rooms: string[] = [];
  for (let n = 0; n < roomCount; n += 1) {
    const members = [owner, ...(n % 100 === 0 ? [few] : []), ...(n % 2 === 0 ? [many] : [])];
    rooms.push(await seedRoom(database, members, { kind: 'private' }));
  }
  say(`writing ${total} messages`);
  await seedMessages(
    database,
    rooms,
    people.map(({ userId }) => userId),
  );
  const begun = performance.now();
  while (!(await fillBatch(database, postgresIndex, new Date())).isDone);
  const fillSeconds = rounded((performance.now() - begun) / 1_000);
  say(`filled the index in ${fillSeconds} s`);
  await database.rows(sql`analyze search_entries`);
  const [size] = await database.rows<{ bytes: string }>(
    sql`select pg_total_relation_size('search_entries') as bytes`,
  );
  const search = createSearch({ database, clock: createManualClock(), logbook: createMemoryLog() });
  for (const chore of search.chores) await chore.close();
  const { rows, all } = await measure(
    async (caller, query, sort) =>
      (await search.handlers['search.messages'](caller, { query, sort })).results.length,
    [
      { caller: callerFor(few.userId), rooms: 10 },
      { caller: callerFor(many.userId), rooms: 500 },
    ],
  );
  const result = {
    messages: total,
    queries: all.length,
    fillSeconds,
    indexBytesPerMessage: Math.round(Number(size?.bytes ?? 0) / total),
    p50Ms: percentile(all, 0.5),
    p99Ms: percentile(all, 0.99),
    rows,
  };
  if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else
    say(
      `all: p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms; ${result.indexBytesPerMessage} bytes a message`,
    );
}

const postgres = await startTestPostgres();
const { database, close } = await cloneTestDatabase(postgres.address);
try {
  await run(database);
} finally {
  await close();
  await postgres.stop();
}
