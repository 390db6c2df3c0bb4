import { createApp, type App } from '@confab/server/app';
import { createMemoryWire } from '@confab/server/platform/bus/index';
import type { Database } from '@confab/server/platform/postgres/index';
import { testPlatform, testSettings } from './platform.ts';
import { createTestDatabase } from './test-database.ts';

/** Some nodes in this process over one real database, each with real sockets on a port of its own. */
export interface Cluster {
  readonly database: Database;
  /** A node's address. Each place prefers one node, as behind a balancer with affinity. */
  addressFor(place: number): string;
  /** One after the other, as in a rolling upgrade; a node comes back at its own address. */
  restartAll(): Promise<void>;
  close(): Promise<void>;
}

export async function startCluster(options: { nodes: number }): Promise<Cluster> {
  const { database, close } = await createTestDatabase({ connectionsMax: 20 });
  const wire = createMemoryWire();
  const nodes: { app: App; port: number }[] = [];

  async function start(port: number): Promise<{ app: App; port: number }> {
    const app = await createApp(testPlatform(database, wire), {
      ...testSettings,
      nodeName: `node-${nodes.length}`,
    });
    return { app, port: await app.listen({ host: '127.0.0.1', port }) };
  }

  for (let index = 0; index < options.nodes; index += 1) nodes.push(await start(0));
  return {
    database,
    addressFor: (place) => `http://127.0.0.1:${nodes[place % nodes.length]?.port}`,
    async restartAll() {
      for (const [index, { app, port }] of nodes.entries()) {
        await app.drain({ spreadMs: 100 });
        nodes[index] = await start(port);
      }
    },
    async close() {
      for (const { app } of nodes) await app.close();
      await close();
    },
  };
}
