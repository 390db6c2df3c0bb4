import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { sql } from '../kit/sql.ts';
import { systemClock, type Clock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { systemRandom } from '../platform/random/index.ts';
import { checkNeighbours, joinCluster, listNodes, type JoinDeps, type Membership } from './index.ts';

const { database, close } = await createTestDatabase();
let joined: Membership[] = [];
afterEach(async () => {
  await Promise.all(joined.map((one) => one.leave()));
  joined = [];
  await database.rows(sql`delete from nodes`);
});
afterAll(close);

const log = createMemoryLog();
const usual: Omit<JoinDeps, 'id' | 'name'> = {
  database,
  clock: systemClock,
  logbook: log,
  version: '1.2.0',
  alone: false,
  connections: () => 7,
};

async function join(name: string, other: Partial<JoinDeps> = {}): Promise<Membership> {
  const membership = await joinCluster({ ...usual, id: systemRandom.id(), name, ...other });
  joined.push(membership);
  return membership;
}

/** A clock that is so far ahead of the machine's. */
const ahead = (ms: number): Clock => ({ ...systemClock, now: () => systemClock.now() + ms });
const names = async (): Promise<string[]> => (await listNodes(database)).map(({ name }) => name);
/** As if its process had ended, and so many seconds had passed. */
const age = (name: string, seconds: number) =>
  database.rows(sql`
    update nodes set renewed_at = renewed_at - make_interval(secs => ${seconds}),
      expires_at = expires_at - make_interval(secs => ${seconds}) where name = ${name}`);

it('lists the living, with where they are and how much they do, until they leave', async () => {
  const north = await join('north');
  const south = await join('south');
  north.serve('10.0.0.1:8080');
  await vi.waitFor(async () =>
    expect(await listNodes(database)).toMatchObject([
      { name: 'north', version: '1.2.0', address: '10.0.0.1:8080', state: 'serving', connections: 7 },
      { name: 'south', address: '', state: 'starting', connections: 0 },
    ]),
  );
  south.drain();
  await vi.waitFor(async () => expect((await listNodes(database))[1]?.state).toBe('draining'));
  await south.leave();
  expect(await names()).toEqual(['north']);
});

it('does not list those whose lease has ended, and renews its own', { timeout: 30_000 }, async () => {
  await join('north');
  await age('north', 11);
  expect(await names()).toEqual([]);
  await vi.waitFor(async () => expect(await names()).toEqual(['north']), { timeout: 20_000 });
});

it('refuses a second living node of one name, however it is written', { timeout: 30_000 }, async () => {
  const first = await join('North');
  first.serve('10.0.0.1:8080');
  await expect(join('north')).rejects.toThrow(
    'Another node called north is alive at 10.0.0.1:8080: give each node a name of its own with --node-name, or stop the other one.',
  );
  expect(await names()).toEqual(['North']);
});

it(
  'takes the place of a node that ended without leaving, once its lease is over',
  { timeout: 30_000 },
  async () => {
    const killed = await join('north');
    await killed.chore.close();
    await age('north', 9);
    const again = join('north');
    await again;
    expect(await names()).toEqual(['north']);
    await killed.leave();
    expect(await names()).toEqual(['north']);
  },
);

it(
  'leaves a name to whoever could not renew it while the database was away',
  { timeout: 30_000 },
  async () => {
    const first = await join('north');
    await age('north', 60);
    const twin = join('north');
    const refused = expect(twin).rejects.toThrow('Another node called north is alive');
    await refused;
    expect((await listNodes(database)).map(({ connections }) => connections)).toEqual([7]);
    first.chore.wake();
    expect(await Promise.race([first.lost, Promise.resolve('it goes on')])).toBe('it goes on');
  },
);

it('takes it at once where nobody else can be', async () => {
  const killed = await join('north');
  await killed.chore.close();
  await join('north', { alone: true });
  expect(await names()).toEqual(['north']);
});

it('tells a node that stood still for too long that its name is taken', { timeout: 30_000 }, async () => {
  let asleep = false;
  const still = (): Promise<never> => Promise.reject(new Error('it stands still'));
  const slept = await join('north', {
    database: { ...database, rows: (query) => (asleep ? still() : database.rows(query)) },
  });
  asleep = true;
  await age('north', 60);
  await join('north');
  asleep = false;
  expect(await slept.lost).toBe(
    'Another node called north is alive: this one stood still for longer than its lease, and ends.',
  );
});

it('warns of a clock that is off, and refuses one that is far off', async () => {
  await join('north', { clock: ahead(-5_000) });
  const warning = log.lines.find(({ event }) => event.startsWith("this node's clock differs"));
  expect(warning?.level).toBe('warn');
  expect(Number(warning?.fields['offsetMs'])).toBeCloseTo(-5_000, -3);
  await expect(join('south', { clock: ahead(600_000) })).rejects.toThrow(
    "The clock of node south is 10 minutes ahead of the database's, and 60 s are the most: let both machines keep their time by NTP.",
  );
  expect(await names()).toEqual(['north']);
});

it('refuses beside a version that is not adjacent, also before anything is migrated', async () => {
  const north = await join('north');
  north.serve('10.0.0.1:8080');
  await vi.waitFor(async () => expect((await listNodes(database))[0]?.address).toBe('10.0.0.1:8080'));
  const sentence =
    'This is Confab 1.4.0, and node north at 10.0.0.1:8080 runs 1.2.0: only adjacent versions run side by side, so upgrade one minor version at a time, or stop the other nodes first.';
  await expect(join('south', { version: '1.4.0' })).rejects.toThrow(sentence);
  await expect(checkNeighbours(database, '1.4.0')).rejects.toThrow(sentence);
  await join('south', { version: '1.3.0' });
  expect(await names()).toEqual(['north', 'south']);
});
