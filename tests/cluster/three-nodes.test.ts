/** Three nodes that hear each other by a real Redis, which is killed and comes back: presence, and limits of all together. */
import { createFallbackBus, createPostgresBus, createRedisBus } from '@confab/server/platform/bus/index';
import { systemClock } from '@confab/server/platform/clock/index';
import { readRedisUrl } from '@confab/server/platform/redis-address';
import { limits } from '@confab/protocol';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDevice, type Device } from '../conversations/device.ts';
import { startCluster, type Cluster } from '../support/cluster.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../support/seed.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
/** Well below the ten seconds after which every node says everything again. */
const soon = { timeout: 8_000, interval: 50 };
const sendsPerMinute = 60;

let redis: TestRedis;
let cluster: Cluster;
const devices: Device[] = [];
beforeAll(async () => {
  redis = await startRedis();
  const where = readRedisUrl(redis.url());
  if (where === null) throw new Error('the URL is none');
  cluster = await startCluster({
    nodes: 3,
    redis,
    settings: { sendsPerMinute },
    openBus: (address, log) =>
      createFallbackBus({
        openPreferred: (watcher) => createRedisBus({ address: where, space: 'three', log, watcher }),
        next: createPostgresBus({ address, log }),
        clock: systemClock,
        log,
      }),
  });
  await carriedBy('redis');
});
afterAll(async () => {
  await Promise.all(devices.map((device) => device.close()));
  await cluster.close();
  await redis.close();
});

const carriedBy = (kind: string) =>
  vi.waitFor(
    () => expect(cluster.busKinds().map((found) => found.split(',')[0])).toEqual([kind, kind, kind]),
    {
      timeout: 20_000,
    },
  );

async function connect(place: number, person: SeededPerson | undefined): Promise<Device> {
  const device = await createDevice({ address: () => cluster.addressFor(place), token: person?.token ?? '' });
  await device.client.ready();
  devices.push(device);
  return device;
}

const post = (place: number, path: string, body: unknown, token?: string) =>
  fetch(`${cluster.addressFor(place)}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });

it('who is there is known on every node, with Redis, without it, and with it again', async () => {
  const people = await seedPeople(cluster.database, 4);
  const [watcher, one, two, three] = people;
  const eye = await connect(0, watcher);
  eye.client.followPresence(people.map(({ userId }) => userId));
  const presenceOf = (person: SeededPerson | undefined) =>
    eye.client.state.presence.get(person?.userId ?? '');
  const becomes = (person: SeededPerson | undefined, presence: string) =>
    vi.waitFor(() => expect(presenceOf(person) ?? 'offline').toBe(presence), soon);

  const first = await connect(1, one);
  await becomes(one, 'online');
  await redis.kill();
  await carriedBy('postgres');
  const second = await connect(2, two);
  await becomes(two, 'online');
  await first.close();
  await becomes(one, 'offline');
  await redis.start();
  await carriedBy('redis');
  await connect(1, three);
  await becomes(three, 'online');
  await second.close();
  await becomes(two, 'offline');
});

it('what a person sends counts on all nodes, also while Redis is away', async () => {
  const [ann, bob] = await seedPeople(cluster.database, 2);
  const roomId = await seedRoom(
    cluster.database,
    [ann, bob].filter((one) => one !== undefined),
  );
  const send = async (place: number, token: string | undefined, clientId: string): Promise<number> =>
    (await post(place, `/rooms/${roomId}/messages`, { clientId, text: 'hello' }, token)).status;
  const spread = async (person: SeededPerson | undefined): Promise<void> => {
    // Half on one node, half on the next: no single one has seen too many.
    for (let n = 0; n < sendsPerMinute; n += 1) {
      expect(await send(n % 2, person?.token, `message-${person?.userId}-${n}`)).toBe(200);
    }
    let tries = 0;
    await vi.waitFor(
      async () =>
        expect(await send(2, person?.token, `message-${person?.userId}-late-${(tries += 1)}`)).toBe(429),
      soon,
    );
    // It gives some back each second; by itself it would have let all through.
    expect(tries).toBeLessThan(sendsPerMinute / 2);
  };
  await spread(ann);
  await redis.kill();
  await carriedBy('postgres');
  await spread(bob);
  await redis.start();
  await carriedBy('redis');
});

it('attempts to sign in count on all nodes together', async () => {
  const attempt = async (n: number): Promise<number> =>
    (await post(n % 3, '/session', { email: 'guessed@example.org', password: `wrong password ${n}` })).status;
  for (let n = 0; n < limits.signInAttemptsMax; n += 1) expect(await attempt(n)).toBe(401);
  expect(await attempt(limits.signInAttemptsMax)).toBe(429);
  expect(await attempt(limits.signInAttemptsMax + 1)).toBe(429);
});
