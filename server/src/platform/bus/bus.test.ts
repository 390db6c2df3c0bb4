import pg from 'pg';
import { afterAll, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { sql } from '../../kit/sql.ts';
import { createMemoryLog } from '../log/index.ts';
import { readServers } from '../postgres/index.ts';
import { busContract } from './contract.ts';
import { createMemoryBus, createMemoryWire, createPostgresBus, type Bus } from './index.ts';

const { database, address, close } = await createTestDatabase();
afterAll(close);

busContract('memory', async (nodes) => {
  const wire = createMemoryWire();
  return Array.from({ length: nodes }, () => createMemoryBus({ log: createMemoryLog(), wire }));
});

busContract('postgres', openPostgres);

async function openPostgres(nodes: number): Promise<Bus[]> {
  const buses = Array.from({ length: nodes }, () => createPostgresBus({ address, log: createMemoryLog() }));
  await Promise.all(buses.flatMap((from) => buses.map((to) => untilHeard(from, to))));
  return buses;
}

/** Messages from before the connection was made are lost, so it is tried until one arrives. */
async function untilHeard(from: Bus, to: Bus): Promise<void> {
  let heard = false;
  const topic = `hello ${Math.random()}`;
  const stop = to.subscribe(topic, () => (heard = true));
  await vi.waitFor(
    () => {
      from.publish(topic, '');
      expect(heard).toBe(true);
    },
    { timeout: 10_000, interval: 20 },
  );
  stop();
}

it('postgres: comes back after its connections were cut, and its own node never noticed', async () => {
  const [a, b] = (await openPostgres(2)) as [Bus, Bus];
  const own: string[] = [];
  a.subscribe('own', (message) => own.push(message));
  await database.rows(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'confab bus' and datname = current_database()`);
  a.publish('own', 'still here');
  await vi.waitFor(() => expect(own).toEqual(['still here']));
  await untilHeard(a, b);
  await untilHeard(b, a);
  await Promise.all([a.close(), b.close()]);
});

it('postgres: closes while there is no database to connect to', async () => {
  const log = createMemoryLog();
  const nowhere = { socketFolder: '/nonexistent', user: 'confab', database: 'confab' };
  const bus = createPostgresBus({ address: nowhere, log });
  await vi.waitFor(() =>
    expect(log.lines.map((line) => line.event)).toEqual(['the bus lost its database connection']),
  );
  bus.publish('rooms', 'hello');
  await bus.close();
});

it('postgres: a node that is alone does not trouble the database, and tells whoever comes', async () => {
  const watcher = new pg.Client(readServers(address)?.[0]?.config);
  const notified: string[] = [];
  watcher.on('notification', ({ payload = '' }) => notified.push(payload));
  await watcher.connect();
  await watcher.query('listen confab_bus');
  const alone = createPostgresBus({ address, log: createMemoryLog(), introductionMs: 0 });
  await vi.waitFor(() => expect(notified).toEqual([expect.stringMatching(/^\S+ came$/)]), {
    timeout: 10_000,
  });
  const own: string[] = [];
  alone.subscribe('rooms', (message) => own.push(message));
  expect(alone.isAlone?.()).toBe(true);
  alone.publish('rooms', 'nobody hears this');
  await vi.waitFor(() => expect(own).toHaveLength(1));

  const other = createPostgresBus({ address, log: createMemoryLog(), introductionMs: 0 });
  await untilHeard(alone, other);
  await untilHeard(other, alone);
  expect([alone, other].map((bus) => bus.isAlone?.())).toEqual([false, false]);
  await Promise.all([alone.close(), other.close()]);
  expect(notified.filter((piece) => piece.includes('nobody hears this'))).toEqual([]);
  await watcher.end();
});
