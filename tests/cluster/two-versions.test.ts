/** A rolling upgrade: nodes of two adjacent versions on one database, while people write. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '@confab/server/app';
import {
  areAdjacent,
  checkNeighbours,
  checkNobodyServes,
  joinCluster,
  listNodes,
  type Membership,
} from '@confab/server/cluster/index';
import { sql } from '@confab/server/kit/sql';
import { createPostgresBus } from '@confab/server/platform/bus/index';
import { systemClock } from '@confab/server/platform/clock/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { migrate } from '@confab/server/platform/postgres/index';
import { systemRandom } from '@confab/server/platform/random/index';
import { migrationsFolder } from '@confab/server/program';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { testPlatform, testSettings } from '../support/platform.ts';
import { seedPeople, seedRoom } from '../support/seed.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createWriters } from './writers.ts';

vi.setConfig({ testTimeout: 60_000 });

const { database, address, close } = await createTestDatabase({ connectionsMax: 20 });
const folder = mkdtempSync(join(tmpdir(), 'confab-versions-'));
const log = createMemoryLog();
let nodes: RunningNode[] = [];
afterEach(async () => {
  for (const node of nodes) await node.stop();
  nodes = [];
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

/** The migrations of a program: those of today, and more. */
function migrationsOf(version: string, more: Record<string, string> = {}): string {
  const own = join(folder, version);
  cpSync(migrationsFolder, own, { recursive: true });
  for (const [name, text] of Object.entries(more)) writeFileSync(join(own, name), text);
  return own;
}

interface RunningNode {
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** As a process starts, with what it brings. */
async function start(name: string, version: string, migrations: string): Promise<RunningNode> {
  await checkNeighbours(database, version);
  const fits = (other: string) => areAdjacent(version, other);
  await migrate(database, {
    folder: migrations,
    log,
    shared: { version, fits, mayBreak: checkNobodyServes },
  });
  const membership: Membership = await joinCluster({
    database,
    clock: systemClock,
    logbook: log,
    id: systemRandom.id(),
    name,
    version,
    alone: false,
    connections: () => 0,
  });
  const bus = createPostgresBus({ address, log });
  const app: App = await createApp(
    { ...testPlatform(database), bus },
    { ...testSettings, version, nodeName: name },
  );
  const port = await app.listen({ host: '127.0.0.1', port: 0 });
  membership.serve(`127.0.0.1:${port}`);
  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    membership.drain();
    await app.drain({ spreadMs: 300 });
    await membership.leave();
    await bus.close();
  };
  const node = { name, url: `http://127.0.0.1:${port}`, stop: () => (stopped ??= stop()) };
  nodes.push(node);
  return node;
}

async function leave(node: RunningNode): Promise<void> {
  nodes = nodes.filter((one) => one !== node);
  await node.stop();
}

const next = '9001-next.sql';
const numbered = (text: string) => {
  const number = String(newest + 1).padStart(4, '0');
  return { [next.replace('9001', number)]: text };
};
const newest = Number(
  (await database.rows<{ n: number }>(sql`select max(number) as n from migrations`))[0]?.n,
);

it('is done node by node: nothing lost, old beside new, and an old one may start again in the middle', async () => {
  const old = migrationsOf('0.1.0');
  const added = migrationsOf('0.2.0', numbered('-- compatible\nalter table rooms add column later text;\n'));
  const [first, second] = [await start('north', '0.1.0', old), await start('south', '0.1.0', old)];
  const people = await seedPeople(database, 4);
  const roomId = await seedRoom(database, people);
  // As a balancer does, which knows within a moment who serves.
  const writers = await createWriters({
    roomId,
    people,
    addressFor: (place) => nodes[place % nodes.length]?.url ?? '',
  });
  const writing = writers.write(30);

  const third = await start('east', '0.2.0', added);
  await leave(first);
  const again = await start('north', '0.1.0', old);
  expect((await listNodes(database)).map(({ name, version }) => `${name} ${version}`)).toEqual([
    'east 0.2.0',
    'north 0.1.0',
    'south 0.1.0',
  ]);
  await writers.write(5);
  await leave(second);
  await leave(again);
  await start('north', '0.2.0', added);
  await leave(third);
  await writing;

  expect(writers.failed()).toEqual([]);
  const kept = (
    await database.rows<{ text: string }>(
      sql`select text from messages where room_id = ${roomId} order by ordinal`,
    )
  ).map(({ text }) => text);
  expect(new Set(kept)).toEqual(new Set(writers.acknowledged()));
  expect(kept).toHaveLength(140);
  await vi.waitFor(() => {
    for (const seen of writers.seen()) expect(seen).toEqual(kept);
  }, 10_000);
  await writers.close();
});

it('a version two steps on is refused, and a migration that breaks while anybody serves', async () => {
  const added = join(folder, '0.2.0');
  await start('north', '0.2.0', added);
  await expect(start('east', '0.4.0', added)).rejects.toThrow('only adjacent versions run side by side');
  const breaking = migrationsOf('0.3.0', {
    ...numbered('-- compatible\nalter table rooms add column later text;\n'),
    [`${String(newest + 2).padStart(4, '0')}-breaking.sql`]:
      '-- breaking\nalter table rooms drop column later;\n',
  });
  await expect(start('east', '0.3.0', breaking)).rejects.toThrow(
    /^The migration \d{4}-breaking\.sql changes what running nodes rely on, and these run: north \(0\.2\.0\)\. Stop them all, then start this one\.$/,
  );
  expect((await listNodes(database)).map(({ name }) => name)).toEqual(['north']);
  for (const node of nodes) await node.stop();
  await start('east', '0.3.0', breaking);
  await expect(start('west', '0.2.0', added)).rejects.toThrow('The database was migrated by a newer Confab');
});
