import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { look } from '../../../tests/support/doctor.ts';
import { startRedis, type TestRedis, type TestRedisOptions } from '../../../tests/support/redis.ts';
import { readRedisUrl, type RedisAddress } from '../platform/redis-address.ts';
import { openRedisTalk, type RedisTalk } from '../platform/redis-talk.ts';

vi.setConfig({ testTimeout: 60_000 });

const password = 'a long word of chance';
const folder = mkdtempSync(join(tmpdir(), 'confab-doctor-redis-'));
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(options: TestRedisOptions = { password }): Promise<TestRedis> {
  const redis = await startRedis(options);
  open.push(redis);
  return redis;
}

function addressOf(url: string): RedisAddress {
  const read = readRedisUrl(url);
  if (read === null) throw new Error(`${url} is no address of a Redis`);
  return read;
}

async function reached(url: string) {
  const address = addressOf(url.replaceAll(' ', '%20'));
  const part: RedisTalk = await openRedisTalk(address);
  open.push(part);
  return { settings: { redis: address }, redis: { state: 'open', part } as const };
}

it('all is well with a Redis as the guide has it', async () => {
  const args = ['--maxmemory', '100mb', '--maxmemory-policy', 'noeviction'];
  const own = await reached((await start({ password, args })).url());
  const titles = [
    'Redis',
    'password of Redis',
    'persistence of Redis',
    'clients of Redis',
    'memory of Redis',
    'eviction',
  ];
  for (const title of titles) expect(await look(title, own)).toMatchObject({ status: 'pass' });
  expect((await look('Redis', own)).found).toMatch(/^(Redis|Valkey) \d+\./);
});

it('without REDIS_URL there is nothing to look at', async () => {
  expect(await look('Redis')).toMatchObject({ status: 'skipped' });
  expect(await look('Sentinels')).toMatchObject({ status: 'skipped' });
});

it('says that it does not answer, and why', async () => {
  const redis = { state: 'away', reason: '127.0.0.1:1: ECONNREFUSED' } as const;
  const settings = { redis: addressOf('redis://127.0.0.1:1') };
  expect(await look('Redis', { settings, redis })).toMatchObject({ status: 'fail', found: redis.reason });
  expect(await look('eviction', { settings, redis })).toMatchObject({ status: 'skipped' });
  await expect(openRedisTalk(settings.redis)).rejects.toThrow('127.0.0.1:1');
});

it('finds one that lets anybody in, and a short password', async () => {
  const open = await reached((await start({})).url());
  expect(await look('password of Redis', open)).toMatchObject({
    status: 'fail',
    ids: ['RED-2'],
    found: 'it lets anybody in without a password',
  });
  const short = await reached((await start({ password: 'redis' })).url());
  expect(await look('password of Redis', short)).toMatchObject({ status: 'warn' });
});

it('finds settings that are not those of the guide', async () => {
  const args = [
    '--appendonly',
    'yes',
    '--repl-timeout',
    '30',
    '--maxclients',
    '60',
    '--maxmemory-policy',
    'allkeys-lru',
  ];
  const own = await reached((await start({ password, args })).url());
  expect(await look('persistence of Redis', own)).toMatchObject({
    status: 'warn',
    found: 'appendonly yes, repl-timeout 30',
  });
  expect(await look('clients of Redis', own)).toMatchObject({ status: 'warn', ids: ['RED-3'] });
  expect(await look('eviction', own)).toMatchObject({
    status: 'warn',
    found: 'allkeys-lru, with no limit set',
  });
});

it('finds one that is full', async () => {
  const own = await reached((await start({ password, args: ['--maxmemory', '1mb'] })).url());
  expect(await look('memory of Redis', own)).toMatchObject({ status: 'warn' });
});

it('finds one that cannot save', async () => {
  const own = await reached((await start({ password, args: ['--dir', '/proc'] })).url());
  await own.redis.part.ask('BGSAVE');
  await vi.waitFor(async () =>
    expect(await look('persistence of Redis', own)).toMatchObject({
      status: 'fail',
      found: 'the last save to disk failed, so that Redis takes no writes',
    }),
  );
});

it('cannot see the settings of one whose CONFIG is closed', async () => {
  const own = await reached((await start({ password, args: ['--rename-command', 'CONFIG', ''] })).url());
  expect(await look('persistence of Redis', own)).toMatchObject({ status: 'skipped' });
});

it('knows the master from a replica', async () => {
  const master = await start();
  const replica = await start({
    password,
    args: ['--replicaof', `127.0.0.1 ${master.port}`, '--masterauth', password],
  });
  const own = await reached(master.url());
  await vi.waitFor(
    async () =>
      expect(await look('replicas of Redis', own)).toMatchObject({
        status: 'pass',
        found: 'the master, with 1 replica',
      }),
    { timeout: 20_000, interval: 100 },
  );
  expect(await look('replicas of Redis', await reached(replica.url()))).toMatchObject({
    status: 'fail',
    found: 'REDIS_URL leads to a replica of 127.0.0.1',
  });
  await replica.kill();
  await vi.waitFor(
    async () => expect(await look('replicas of Redis', own)).toMatchObject({ status: 'warn' }),
    { timeout: 20_000, interval: 100 },
  );
});

it('asks each Sentinel for its quorum', async () => {
  const master = await start();
  const sentinels: TestRedis[] = [];
  for (const name of ['one', 'two', 'three']) {
    const settings = join(folder, `${name}.conf`);
    writeFileSync(
      settings,
      `sentinel monitor main 127.0.0.1 ${master.port} 2\nsentinel auth-pass main "${password}"\n`,
    );
    sentinels.push(await start({ settings, args: ['--sentinel'] }));
  }
  const at = (ports: readonly number[]) =>
    reached(`redis+sentinel://:${password}@${ports.map((port) => `127.0.0.1:${port}`).join(',')}/main`);
  const ports = sentinels.map(({ port }) => port);
  const own = await at(ports);
  await vi.waitFor(
    async () =>
      expect(await look('Sentinels', own)).toMatchObject({
        status: 'pass',
        found: '3 of 3 see a quorum for main',
      }),
    { timeout: 30_000, interval: 200 },
  );
  expect(await look('Sentinels', await at(ports.slice(0, 1)))).toMatchObject({ status: 'warn' });
  await sentinels[2]?.kill();
  expect(await look('Sentinels', own)).toMatchObject({ status: 'warn' });
  await sentinels[1]?.kill();
  expect(await look('Sentinels', own)).toMatchObject({ status: 'fail', ids: ['RED-5', 'TOP-6'] });
});
