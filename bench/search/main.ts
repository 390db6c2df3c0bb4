/**
 * `npm run bench:search -- --messages N --json`: how long a search takes over N messages, by kind of query, for somebody in
 * 10 rooms and somebody in 500. Everything from the call to its answer counts, but no network and no sign-in.
 * `--data FOLDER` keeps what was built, for the next run. `--others` asks what Postgres brings itself, too, in turn.
 */
import { parseArgs } from 'node:util';
import { sql } from '@confab/server/kit/sql';
import { createManualClock, systemClock } from '@confab/server/platform/clock/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import type { Database } from '@confab/server/platform/postgres/index';
import { createSeededRandom } from '@confab/server/platform/random/index';
import { createSearch, createWordMemory, fillBatch, postgresIndex } from '@confab/server/search/index';
import { callerFor } from '../../tests/support/small-world.ts';
import { openOldHouse, type OldHouse } from '../history/old-house.ts';
import { makeOthers } from './others.ts';
import { createQueries, queryKinds, type QueryKind } from './texts.ts';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '200000' },
    others: { type: 'boolean', default: false },
    queries: { type: 'string', default: '100' },
  },
});
const total = Number(flags.messages);
const queries = Number(flags.queries);
/** They plan statements and warm what stays warm. */
const uncounted = 3;

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

/** @returns seconds it took; 0 for one that was filled before */
async function fill(database: Database): Promise<number> {
  const begun = performance.now();
  const gramsOfWord = createWordMemory();
  let toldAt = begun;
  for (let isDone = false; !isDone;) {
    const report = await fillBatch({ database, clock: systemClock, index: postgresIndex, gramsOfWord });
    isDone = report.isDone;
    if (performance.now() - toldAt < 10_000) continue;
    toldAt = performance.now();
    say(`  ${report.filled} messages after ${Math.round((toldAt - begun) / 1_000)} s`);
  }
  const seconds = rounded((performance.now() - begun) / 1_000);
  if (seconds > 1) await database.rows(sql`vacuum analyze search_entries`);
  return seconds;
}

interface OtherRow {
  subject: string;
  kind: QueryKind;
  rooms: number;
  p50Ms: number;
  p99Ms: number;
}

/** Each query of each subject, one after the other. */
async function compare(house: OldHouse, ask: (query: string, userId: string) => Promise<number>) {
  const others = await makeOthers(house.database);
  for (const { name, buildSeconds, bytesPerMessage } of others)
    say(`${name}: made in ${buildSeconds} s, ${bytesPerMessage} bytes a message`);
  const subjects = [
    { name: 'Confab', ask: (_: QueryKind, query: string, id: string) => ask(query, id) },
    ...others,
  ];
  const rows: OtherRow[] = [];
  const { query } = createQueries(house.texts, createSeededRandom(17));
  for (const { rooms, userId } of readersOf(house)) {
    for (const kind of queryKinds) {
      const times = new Map<string, number[]>();
      for (let n = 0; n < queries + uncounted; n += 1) {
        const asked = query(kind);
        for (const subject of subjects) {
          const begun = performance.now();
          const answer = subject.ask(kind, asked, userId);
          if (answer === null) continue;
          await answer;
          const tookMs = performance.now() - begun;
          if (n >= uncounted) times.set(subject.name, [...(times.get(subject.name) ?? []), tookMs]);
        }
      }
      for (const [subject, all] of times) {
        all.sort((a, b) => a - b);
        const [p50Ms, p99Ms] = [percentile(all, 0.5), percentile(all, 0.99)];
        rows.push({ subject, kind, rooms, p50Ms, p99Ms });
        say(`  ${subject.padEnd(8)} ${kind.padEnd(9)} ${rooms} rooms: p50 ${p50Ms} ms, p99 ${p99Ms} ms`);
      }
    }
  }
  return {
    built: others.map(({ name, buildSeconds, bytesPerMessage }) => ({ name, buildSeconds, bytesPerMessage })),
    rows,
  };
}

const readersOf = ({ inFew, inMany }: OldHouse): { rooms: number; userId: string }[] => [
  { rooms: 10, userId: inFew.userId },
  { rooms: 500, userId: inMany.userId },
];

type Ask = (query: string, sort: Row['sort']) => Promise<number>;

async function measure(
  asks: readonly { rooms: number; ask: Ask }[],
  texts: OldHouse['texts'],
): Promise<{ rows: Row[]; all: number[] }> {
  const rows: Row[] = [];
  const all: number[] = [];
  const { query } = createQueries(texts, createSeededRandom(11));
  for (const { rooms, ask } of asks) {
    for (const kind of queryKinds) {
      const asked = Array.from({ length: queries + uncounted }, () => query(kind));
      for (const sort of ['time', 'relevance'] as const) {
        const times: number[] = [];
        let found = 0;
        for (const [n, one] of asked.entries()) {
          const begun = performance.now();
          const count = await ask(one, sort);
          if (n < uncounted) continue;
          times.push(performance.now() - begun);
          found += count;
        }
        all.push(...times);
        times.sort((a, b) => a - b);
        const [p50Ms, p99Ms] = [percentile(times, 0.5), percentile(times, 0.99)];
        rows.push({ kind, rooms, sort, p50Ms, p99Ms, found: rounded(found / queries) });
        say(
          `  ${kind.padEnd(10)} ${String(rooms).padStart(4)} rooms, by ${sort.padEnd(9)}: p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${rounded(found / queries)} found`,
        );
      }
    }
  }
  return { rows, all: all.sort((a, b) => a - b) };
}

async function run(house: OldHouse): Promise<void> {
  const { database } = house;
  const fillSeconds = await fill(database);
  say(`wrote the messages in ${house.buildSeconds} s, and filled the index in ${fillSeconds} s`);
  const [size] = await database.rows<{ bytes: string }>(
    sql`select pg_total_relation_size('search_entries') as bytes`,
  );
  const search = createSearch({ database, clock: createManualClock(), logbook: createMemoryLog() });
  for (const chore of search.chores) await chore.close();
  const askAs =
    (userId: string): Ask =>
    async (query, sort) =>
      (await search.handlers['search.messages'](callerFor(userId), { query, sort })).results.length;
  const { rows, all } = await measure(
    readersOf(house).map((reader) => ({ rooms: reader.rooms, ask: askAs(reader.userId) })),
    house.texts,
  );
  const others = flags.others
    ? await compare(house, (query, userId) => askAs(userId)(query, 'time'))
    : undefined;
  const result = {
    messages: total,
    queries: all.length,
    buildSeconds: house.buildSeconds,
    fillSeconds,
    indexBytesPerMessage: Math.round(Number(size?.bytes ?? 0) / total),
    p50Ms: percentile(all, 0.5),
    p99Ms: percentile(all, 0.99),
    rows,
    others,
  };
  if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else
    say(
      `all: p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms; ${result.indexBytesPerMessage} bytes a message`,
    );
}

const house = await openOldHouse({ messages: total, dataFolder: flags.data ?? null, say });
try {
  await run(house);
} finally {
  await house.stop();
}
