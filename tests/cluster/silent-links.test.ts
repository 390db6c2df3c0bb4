/**
 * Links of a node to its database that say nothing any more while nobody hangs up, as after an address has moved to
 * another machine: people come in, write and read all the same.
 */
import { createApp } from '@confab/server/app';
import { createMemoryWire } from '@confab/server/platform/bus/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createPool, migrate } from '@confab/server/platform/postgres/index';
import { migrationsFolder } from '@confab/server/program';
import { sql } from '@confab/server/kit/sql';
import { afterAll, expect, it, vi } from 'vitest';
import { testPlatform, testSettings } from '../support/platform.ts';
import { startReplicatedPostgres } from '../support/replicated-postgres.ts';
import { seedPeople, seedRoom } from '../support/seed.ts';
import { layCable } from '../support/tcp-cable.ts';
import { createWriters } from './writers.ts';

vi.setConfig({ testTimeout: 90_000 });
const postgres = await startReplicatedPostgres({ replicas: 0 });
const log = createMemoryLog();
afterAll(() => postgres.close());

it('people come in and write although the node’s links to the database have fallen silent', async () => {
  const seeding = createPool({ address: { url: postgres.url() }, log });
  await migrate(seeding, { folder: migrationsFolder, log });
  const people = await seedPeople(seeding, 4);
  const roomId = await seedRoom(seeding, people);
  await seeding.close();
  const cable = await layCable(postgres.servers[0]?.port ?? 0);
  // Whoever waited for the pool's own limit would still wait when this test is given up.
  const database = createPool({
    address: { url: postgres.url([cable]) },
    log,
    connectionsMax: 3,
    statementTimeoutMs: 600_000,
  });
  const app = await createApp(testPlatform(database, createMemoryWire()), testSettings);
  const url = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  const there = await createWriters({ roomId, people: people.slice(0, 2), addressFor: () => url });
  await there.write(3);

  cable.silence();
  const newcomers = createWriters({ roomId, people: people.slice(2), addressFor: () => url });
  await there.write(3);
  const come = await newcomers;
  await come.write(3);
  expect([...there.failed(), ...come.failed()]).toEqual([]);
  expect([there.acknowledged().length, come.acknowledged().length]).toEqual([12, 6]);

  await there.close();
  await come.close();
  await app.close();
  await database.close();
  cable.close();
});

it('a connection is not silent while the database is at work for it', async () => {
  const database = createPool({ address: { url: postgres.url() }, log });
  const [first] = await database.rows(sql`select pg_backend_pid() as pid, pg_sleep(8)::text as slept`);
  const [second] = await database.rows(sql`select pg_backend_pid() as pid, '' as slept`);
  expect(second).toEqual(first);
  await database.close();
});
