import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from '@confab/server/kit/sql';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createPool, findEmbeddedPostgres, type Database } from '@confab/server/platform/postgres/index';
import { buildProgram, confab, patience, runConfab, type Confab } from './confab.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let dataFolder = '';
let node: Confab | null = null;

beforeAll(async () => {
  buildProgram();
  dataFolder = mkdtempSync(join(tmpdir(), 'confab-search-'));
  chmodSync(dataFolder, 0o711);
});
afterAll(async () => {
  await stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  node = runConfab(['start', '--demo', '--port', '0', '--data', dataFolder]);
  await node.url();
}

async function stop(): Promise<void> {
  node?.child.kill('SIGTERM');
  await node?.ended;
  node = null;
}

/** In the database of the node that runs. */
async function inDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const found = findEmbeddedPostgres(dataFolder);
  if (!found) throw new Error('no node runs on the data folder');
  const database = createPool({ address: found.address, log: createMemoryLog(), connectionsMax: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const rebuild = () => confab(['search', 'rebuild', '--json', '--data', dataFolder]);
const counts = (database: Database) =>
  database.rows<{ messages: number; entries: number }>(sql`
    select (select count(*)::int from messages where deleted_at is null) as messages,
      (select count(*)::int from search_entries) as entries`);

it('finds again what the index had lost: beside a node, and where none runs', async () => {
  await start();
  const messages = await inDatabase(async (database) => {
    // What the node fills for a start must not come behind the loss.
    const filled = sql`select 1 from search_filling where finished_at is not null`;
    await vi.waitFor(async () => expect(await database.rows(filled)).toHaveLength(1), patience);
    await database.rows(sql`truncate search_entries`);
    const [row] = await counts(database);
    return row?.messages ?? 0;
  });
  expect(messages).toBeGreaterThan(50);
  const beside = rebuild();
  expect(beside).toMatchObject({ code: 0 });
  expect(JSON.parse(beside.out)).toEqual({ messages });
  await inDatabase(async (database) => {
    expect(await counts(database)).toEqual([{ messages, entries: messages }]);
    await database.rows(sql`truncate search_entries`);
  });
  await stop();

  expect(JSON.parse(rebuild().out)).toEqual({ messages });
  await start();
  expect(await inDatabase(counts)).toEqual([{ messages, entries: messages }]);
});
