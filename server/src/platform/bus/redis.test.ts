import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { startRedis } from '../../../../tests/support/redis.ts';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { systemClock } from '../clock/index.ts';
import { createMemoryLog, type MemoryLog } from '../log/index.ts';
import { readRedisUrl, type RedisAddress } from '../redis-address.ts';
import { busContract } from './contract.ts';
import { checkRedis, createFallbackBus, createPostgresBus, createRedisBus, type Bus } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

const { address: postgres, close } = await createTestDatabase();
const redis = await startRedis({ password: 'swordfish' });
afterAll(async () => {
  await redis.close();
  await close();
});
const patience = { timeout: 20_000, interval: 20 };
const address = addressOf(redis.url());
/** `next` is the way beside Redis. */
interface Opened {
  bus: Bus;
  next: Bus;
  log: MemoryLog;
}
let opened: Opened[] = [];
afterEach(async () => {
  await Promise.all(opened.map(({ bus }) => bus.close()));
  opened = [];
});

function addressOf(url: string): RedisAddress {
  const read = readRedisUrl(url);
  if (read === null) throw new Error(`${url} is no address of a Redis`);
  return read;
}

busContract('redis', async (nodes) => {
  const log = createMemoryLog();
  const buses = Array.from({ length: nodes }, () => createRedisBus({ address, space: 'contract', log }));
  await vi.waitFor(() => expect(buses.every((bus) => bus.isConnected())).toBe(true), patience);
  return buses;
});

busContract('redis with postgres behind it', async (nodes) => {
  const buses = Array.from({ length: nodes }, () => open('both').bus);
  await untilCarriedBy('redis');
  opened = [];
  return buses;
});

busContract('postgres instead of a redis that is not there', async (nodes) => {
  const buses = Array.from({ length: nodes }, () => open('neither', addressOf('redis://127.0.0.1:1')).bus);
  await untilCarriedBy('postgres, instead of redis');
  const everyone = buses.flatMap((from) => buses.map((to) => untilHeard(from, to)));
  await Promise.all(everyone);
  opened = [];
  return buses;
});

function open(space: string, where = address): Opened {
  const log = createMemoryLog();
  const next = createPostgresBus({ address: postgres, log });
  const bus = createFallbackBus({
    openPreferred: (watcher) => createRedisBus({ address: where, space, log, watcher }),
    next,
    clock: systemClock,
    log,
  });
  const one = { bus, next, log };
  opened.push(one);
  return one;
}

function untilCarriedBy(kind: string): Promise<void> {
  return vi.waitFor(
    () => expect(opened.map(({ bus }) => bus.kind)).toEqual(opened.map(() => kind)),
    patience,
  );
}

/** Messages from before both are connected are lost, so it is tried until one arrives. */
async function untilHeard(from: Pick<Bus, 'publish'>, to: Bus): Promise<void> {
  let heard = false;
  const topic = `hello ${Math.random()}`;
  const stop = to.subscribe(topic, () => (heard = true));
  await vi.waitFor(() => {
    from.publish(topic, '');
    expect(heard).toBe(true);
  }, patience);
  stop();
}

/** Two buses over Redis, each heard by the other on both ways. */
async function two(space: string) {
  const [a, b] = [open(space), open(space)];
  await untilCarriedBy('redis');
  const ways = [a.bus, a.next].map((from) => untilHeard(from, b.bus));
  await Promise.all([...ways, ...[b.bus, b.next].map((from) => untilHeard(from, a.bus))]);
  return { a, b };
}

/** Publishes numbers from `from` all the while, until stopped. */
function talk(from: Bus, to: Bus) {
  const heard = new Set<string>();
  const own: string[] = [];
  let said = 0;
  to.subscribe('talk', (message) => heard.add(message));
  from.subscribe('talk', (message) => own.push(message));
  const timer = setInterval(() => from.publish('talk', String((said += 1))), 10);
  return {
    heard,
    own,
    get said() {
      return said;
    },
    /** Of what is said from now on, something arrives; what was on its way when Redis died need not. */
    async arrives(): Promise<void> {
      const before = said;
      await vi.waitFor(() => {
        expect([...heard].some((message) => Number(message) > before)).toBe(true);
      }, patience);
    },
    stop: () => clearInterval(timer),
  };
}

const turns = ({ log }: { log: MemoryLog }): string[] =>
  log.lines.map(({ event }) => event).filter((event) => event.includes('carrie'));
const gone = 'the bus is carried by postgres until redis is back';
const back = 'redis carries the bus again';

it('goes on over postgres while redis is killed, and takes it up again when it is back', async () => {
  const { a, b } = await two('killed');
  const talking = talk(a.bus, b.bus);
  await talking.arrives();
  await redis.kill();
  await untilCarriedBy('postgres, instead of redis');
  await talking.arrives();
  expect(a.bus.isConnected()).toBe(true);
  await redis.start();
  await untilCarriedBy('redis');
  await talking.arrives();
  talking.stop();
  // Its own listeners hear each exactly once, whichever way it took.
  await vi.waitFor(() => expect(talking.own).toHaveLength(talking.said), patience);
  expect(talking.own).toEqual(Array.from({ length: talking.said }, (_, index) => String(index + 1)));
  for (const one of [a, b]) expect(turns(one)).toEqual([gone, back]);
});

it('notices a redis that stands still, and loses nothing that it had not taken', async () => {
  const { a, b } = await two('paused');
  const talking = talk(a.bus, b.bus);
  await talking.arrives();
  redis.pause();
  try {
    await untilCarriedBy('postgres, instead of redis');
    await talking.arrives();
  } finally {
    redis.goOn();
  }
  await untilCarriedBy('redis');
  await talking.arrives();
  talking.stop();
  await vi.waitFor(() => expect(talking.heard.size).toBe(talking.said), patience);
  for (const one of [a, b]) expect(turns(one)).toEqual([gone, back]);
});

it('reaches a node that alone has lost redis', async () => {
  const [a, alone] = [open('alone'), open('alone', addressOf('redis://127.0.0.1:1'))];
  await vi.waitFor(() => {
    expect([a.bus.kind, alone.bus.kind]).toEqual(['redis', 'postgres, instead of redis']);
  }, patience);
  await Promise.all([untilHeard(a.bus, alone.bus), untilHeard(alone.bus, a.bus)]);
});

it('keeps workspaces on one redis apart', async () => {
  const { a, b } = await two('one');
  const other = open('another');
  await untilCarriedBy('redis');
  const heard: string[] = [];
  other.bus.subscribe('rooms', (message) => heard.push(message));
  a.bus.publish('rooms', 'secret');
  await untilHeard(a.bus, b.bus);
  expect(heard).toEqual([]);
});

it('says what is wrong with a redis, and waits for one that is only away', async () => {
  const wrong = checkRedis(addressOf(redis.url('herring')));
  await expect(wrong).rejects.toThrow(
    `The Redis of REDIS_URL cannot be used: 127.0.0.1:${redis.port} refuses the password of REDIS_URL.`,
  );
  await expect(checkRedis(addressOf(redis.url(null)))).rejects.toThrow(
    `The Redis of REDIS_URL cannot be used: 127.0.0.1:${redis.port} asks for a password, and REDIS_URL has none.`,
  );
  await expect(checkRedis({ ...address, tls: true, caFile: '/nonexistent.pem' })).rejects.toThrow(
    'The certificate /nonexistent.pem that REDIS_URL names cannot be read (ENOENT).',
  );
  await expect(checkRedis(address)).resolves.toBeNull();
  await expect(checkRedis(addressOf('redis://127.0.0.1:1'))).resolves.toMatch(/^127.0.0.1:1: .*ECONNREFUSED/);
});

it('says once, in the log, that the password has become wrong', async () => {
  const { bus, log } = open('password', addressOf(redis.url('herring')));
  await vi.waitFor(() => expect(turns({ log })).toEqual([gone]), patience);
  expect(log.lines.find(({ event }) => event === gone)?.fields).toEqual({
    reason: `127.0.0.1:${redis.port} refuses the password of REDIS_URL`,
  });
  await vi.waitFor(() => expect(bus.isConnected()).toBe(true), patience);
});
