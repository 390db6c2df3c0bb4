/** Two nodes as an operator runs them, on one database and one Redis. */
import { sql } from '@confab/server/kit/sql';
import { urlOf } from '@confab/server/platform/postgres/index';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { buildProgram, confab, patience, runConfab, sentences, type Confab } from '../process/confab.ts';
import { startRedis } from '../support/redis.ts';
import { createTestDatabase } from '../support/test-database.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const { database, address, close } = await createTestDatabase();
const redis = await startRedis({ password: 'swordfish' });
const env = { DATABASE_URL: urlOf(address), REDIS_URL: redis.url() };
let running: Confab[] = [];

beforeAll(buildProgram);
afterEach(async () => {
  for (const one of running) one.child.kill('SIGTERM');
  await Promise.all(running.map((one) => one.ended));
  running = [];
});
afterAll(async () => {
  await redis.close();
  await close();
});

function start(name: string, other: Record<string, string> = {}): Confab {
  const one = runConfab(['start', '--port', '0', '--node-name', name], { env: { ...env, ...other } });
  running.push(one);
  return one;
}

const run = (...args: string[]) => confab(args, { env });
const json = (...args: string[]): unknown => JSON.parse(run(...args, '--json').out);

it('joins, is listed by command and by health, refuses a twin, and leaves when drained', async () => {
  const [north, south] = [start('north'), start('south')];
  const [northUrl, southUrl] = [await north.url(), await south.url()];
  const both = [
    { name: 'north', address: new URL(northUrl).host, state: 'serving' },
    { name: 'south', address: new URL(southUrl).host, state: 'serving' },
  ];
  await vi.waitFor(() => expect(json('node', 'list')).toMatchObject(both), patience);
  expect(run('node', 'list').out.split('\n')[0]).toMatch(
    /^NAME +VERSION +ADDRESS +STATE +CONNECTIONS +STARTED +RENEWED$/,
  );

  run('user', 'add', 'ann@example.org', 'Ann', '--handle', 'ann');
  const { secret } = json('token', 'add', 'ann', 'health', '--scopes', 'admin') as { secret: string };
  for (const url of [northUrl, southUrl]) {
    const answer = await fetch(`${url}/api/v1/health`, { headers: { authorization: `Bearer ${secret}` } });
    expect(await answer.json()).toMatchObject({ nodes: both, bus: { kind: 'redis', isConnected: true } });
  }

  const twin = start('South');
  expect(await twin.ended).toBe(1);
  expect(sentences(twin.err())).toEqual([
    `Another node called South is alive at ${new URL(southUrl).host}: give each node a name of its own with --node-name, or stop the other one.`,
  ]);

  south.child.kill('SIGTERM');
  expect(await south.ended).toBe(0);
  expect(json('node', 'list')).toMatchObject([{ name: 'north' }]);
});

it('does not start with a Redis that refuses it, and starts with one that is away', async () => {
  const refused = start('north', { REDIS_URL: redis.url('herring') });
  expect(await refused.ended).toBe(1);
  expect(sentences(refused.err())).toEqual([
    `The Redis of REDIS_URL cannot be used: 127.0.0.1:${redis.port} refuses the password of REDIS_URL.`,
  ]);
  const waiting = start('north', { REDIS_URL: 'redis://127.0.0.1:1' });
  await waiting.url();
  expect(waiting.err()).toContain('the bus is carried by postgres until redis is back');
});

it('does not start beside a version that is not adjacent, and has not touched the schema then', async () => {
  await database.rows(sql`
    insert into nodes values ('1', 'old', '9.9.0', '10.0.0.1:8080', 'serving', now(), 0, now(), now() + interval '1 hour')`);
  // If it migrated first it would fail at a table that is there.
  await database.rows(sql`delete from migrations where number = 7`);
  const refused = start('north');
  expect(await refused.ended).toBe(1);
  expect(sentences(refused.err())).toEqual([
    expect.stringMatching(
      /^This is Confab [\d.]+, and node old at 10\.0\.0\.1:8080 runs 9\.9\.0: only adjacent/,
    ),
  ]);
});
