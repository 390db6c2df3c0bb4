/** A node that alone has lost the database sends its people to the others; when all have lost it, nobody moves. */
import { createApp } from '@confab/server/app';
import { createMemoryWire } from '@confab/server/platform/bus/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createPool, migrate, type PostgresAddress } from '@confab/server/platform/postgres/index';
import { migrationsFolder } from '@confab/server/program';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testPlatform, testSettings } from '../support/platform.ts';
import { startReplicatedPostgres, type ReplicatedPostgres } from '../support/replicated-postgres.ts';
import { seedPeople, seedRoom } from '../support/seed.ts';
import { layCable, type TcpCable } from '../support/tcp-cable.ts';
import { createWriters, type Writers } from './writers.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });
const soon = { timeout: 20_000, interval: 50 };

interface TestNode {
  readonly url: string;
  readonly cable: TcpCable;
  readonly close: () => Promise<void>;
}

let postgres: ReplicatedPostgres;
let nodes: TestNode[] = [];
let writers: Writers;
/** As a balancer with affinity does: it leaves a node when that does not answer. */
const gone = new Set<TestNode>();

async function startNode(nodeName: string, wire: ReturnType<typeof createMemoryWire>): Promise<TestNode> {
  const cable = await layCable(postgres.servers[0]?.port ?? 0);
  const address: PostgresAddress = { url: postgres.url([cable]) };
  const database = createPool({ address, log: createMemoryLog(), connectionsMax: 5 });
  const app = await createApp(testPlatform(database, wire), { ...testSettings, nodeName });
  const url = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  return {
    url,
    cable,
    async close() {
      await app.close();
      await database.close();
      cable.close();
    },
  };
}

beforeAll(async () => {
  postgres = await startReplicatedPostgres({ replicas: 0 });
  const log = createMemoryLog();
  const seeding = createPool({ address: { url: postgres.url() }, log, statementTimeoutMs: 0 });
  await migrate(seeding, { folder: migrationsFolder, log });
  const people = await seedPeople(seeding, 4);
  const roomId = await seedRoom(seeding, people);
  await seeding.close();
  const wire = createMemoryWire();
  nodes = [await startNode('north', wire), await startNode('south', wire)];
  writers = await createWriters({
    roomId,
    people,
    addressFor(place) {
      const own = nodes[place % 2];
      const other = nodes[(place + 1) % 2];
      return (own !== undefined && gone.has(own) ? other : own)?.url ?? '';
    },
  });
});
afterAll(async () => {
  await writers.close();
  for (const node of nodes) await node.close();
  await postgres.close();
});

/** The answer of a node to its balancer; null for none. */
const readiness = (node: TestNode | undefined): Promise<number | null> =>
  fetch(`${node?.url}/readyz`).then(
    ({ status }) => status,
    () => null,
  );

it('when all have lost the database people wait where they are', async () => {
  const before = writers.connections();
  for (const { cable } of nodes) cable.pull();
  const writing = writers.write(3);
  await vi.waitFor(async () => expect(await Promise.all(nodes.map(readiness))).toEqual([503, 503]), soon);
  // Longer than a node waits that is alone with it.
  const since = performance.now();
  await vi.waitFor(() => expect(performance.now() - since).toBeGreaterThan(9_000), soon);
  expect(await Promise.all(nodes.map(readiness))).toEqual([503, 503]);
  for (const { cable } of nodes) cable.plug();
  await writing;
  expect(writers.connections()).toEqual(before);
  expect(writers.failed()).toEqual([]);
});

it('a node that alone has lost it sends its people to the others, and is taken back', async () => {
  const [north, south] = nodes;
  if (north === undefined) throw new Error('there are two');
  const before = writers.connections();
  north.cable.pull();
  const writing = writers.write(3);
  await vi.waitFor(async () => expect(await readiness(north)).toBeNull(), soon);
  gone.add(north);
  await writing;
  expect(await readiness(south)).toBe(200);
  expect(writers.connections().map((count, place) => count > (before[place] ?? 0))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  north.cable.plug();
  await vi.waitFor(async () => expect(await readiness(north)).toBe(200), soon);
  expect(writers.failed()).toEqual([]);
  expect(writers.acknowledged()).toHaveLength(24);
});
