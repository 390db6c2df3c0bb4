import { createApp, type App, type AppSettings } from '@confab/server/app';
import { createMemoryWire, type Bus } from '@confab/server/platform/bus/index';
import type { Log } from '@confab/server/platform/log/index';
import { createMemoryObjects } from '@confab/server/platform/objects/index';
import type { Database, PostgresAddress } from '@confab/server/platform/postgres/index';
import { testPlatform, testSettings } from './platform.ts';
import type { TestRedis } from './redis.ts';
import { createTestDatabase } from './test-database.ts';

/** Some nodes in this process over one real database, each with real sockets on a port of its own. */
export interface Cluster {
  readonly database: Database;
  /** What its nodes hear each other by, where that can be hurt. */
  readonly redis: TestRedis | null;
  /** Of the nodes, as health says it. */
  busKinds(): string[];
  /** A node's address. Each place prefers one node, as behind a balancer with affinity. */
  addressFor(place: number): string;
  /** One after the other, as in a rolling upgrade; a node comes back at its own address. */
  restartAll(): Promise<void>;
  close(): Promise<void>;
}

export interface ClusterOptions {
  nodes: number;
  redis?: TestRedis;
  /** Otherwise the nodes hear each other by a wire in memory. */
  openBus?: (address: PostgresAddress, log: Log) => Bus;
  settings?: Partial<AppSettings>;
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { database, address, close } = await createTestDatabase({ connectionsMax: 20 });
  const wire = createMemoryWire();
  // As nodes share a folder.
  const objects = createMemoryObjects();
  const nodes: ClusterNode[] = [];

  async function start(port: number): Promise<ClusterNode> {
    const usual = testPlatform(database, wire);
    const bus = options.openBus?.(address, usual.log) ?? usual.bus;
    const settings = { ...testSettings, nodeName: `node-${nodes.length}`, ...options.settings };
    const app = await createApp({ ...usual, objects, bus }, settings);
    return { app, bus, port: await app.listen({ host: '127.0.0.1', port }) };
  }

  for (let index = 0; index < options.nodes; index += 1) nodes.push(await start(0));
  return {
    database,
    redis: options.redis ?? null,
    busKinds: () => nodes.map(({ bus }) => bus.kind),
    addressFor: (place) => `http://127.0.0.1:${nodes[place % nodes.length]?.port}`,
    async restartAll() {
      for (const [index, { app, bus, port }] of nodes.entries()) {
        await app.drain({ spreadMs: 100 });
        await bus.close();
        nodes[index] = await start(port);
      }
    },
    async close() {
      for (const { app, bus } of nodes) {
        await app.close();
        await bus.close();
      }
      await close();
    },
  };
}

interface ClusterNode {
  app: App;
  bus: Bus;
  port: number;
}
