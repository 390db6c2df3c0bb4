/**
 * The database on which seeds run: a real one, with the people and rooms of a world made once by the product itself and
 * put back before each seed, ids included. Nothing of a seed before is left, dead rows neither.
 */
import { createNode, type Node } from '@confab/server/app';
import type { Caller as SignedIn, Visitor } from '@confab/server/kit/caller';
import { sql } from '@confab/server/kit/sql';
import { createMemoryBus } from '@confab/server/platform/bus/index';
import { createManualClock } from '@confab/server/platform/clock/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createPool, type Database, type PostgresAddress } from '@confab/server/platform/postgres/index';
import { createSeededRandom } from '@confab/server/platform/random/index';
import type { Ask } from './checks/convergence.ts';
import { nodeSettings, quietPlatform } from './cluster/settings.ts';
import { startOfTimeMs } from './platform/clock.ts';
import type { Caller } from './platform/network.ts';
import type { World } from './worlds.ts';

export interface Ground {
  readonly database: Database;
  /** One for each device. */
  readonly callers: readonly Caller[];
  readonly people: readonly { readonly userId: string; readonly handle: string }[];
  readonly roomIds: readonly string[];
  /** As before the first seed. */
  reset(): Promise<void>;
  /** Asks as somebody, without a scheduler, on a node that nobody else uses. */
  readonly ask: Ask;
  close(): Promise<void>;
}

const dayMs = 86_400_000;
const password = 'simulated-password';

/** @param address of a migrated, empty database that nobody else uses. */
export async function createGround(address: PostgresAddress, world: World): Promise<Ground> {
  const log = createMemoryLog();
  // Several statements in one text cannot be prepared.
  const plain = createPool({ address, log, connectionsMax: 1 });
  // Most of the time goes into planning, else: a seed is over before a plan for all values is considered.
  await plain.rows(sql`do $$ begin
    execute format('alter database %I set plan_cache_mode = force_generic_plan', current_database());
  end $$`);
  const database = createPool({ address, log, connectionsMax: 1, prepare: true });
  const node = await openQuietNode(database);
  const made = await settle(node, world);
  const reset = await keepGround(plain);
  await node.close();
  // Nobody writes while somebody asks, so that statements one by one read of one moment.
  const inspector = await openQuietNode({ ...database, read: (work) => work(database) });
  return {
    database,
    ...made,
    reset,
    async ask(userId, name, input) {
      const reply = await inspector.dispatch.call(name, input, signedIn(userId), 'socket');
      if (!reply.ok) throw new Error(`${name} is refused: ${reply.error.code}`);
      return reply.output as never;
    },
    async close() {
      await inspector.close();
      await Promise.all([database.close(), plain.close()]);
    },
  };
}

function openQuietNode(database: Database): Promise<Node> {
  const log = createMemoryLog();
  const platform = {
    ...quietPlatform,
    ...{ log, database, bus: createMemoryBus({ log }), random: createSeededRandom(1) },
    clock: createManualClock(startOfTimeMs - dayMs),
  };
  return createNode(platform, nodeSettings('quiet'));
}

function visitor(device: string, startSession: Visitor['startSession'] = () => {}): Visitor {
  return { address: '192.0.2.1', userAgent: device, startSession, endSession: () => {} };
}

function signedIn(userId: string): SignedIn {
  const scopes = ['read', 'write', 'admin'] as const;
  return {
    ...visitor('quiet'),
    userId,
    role: 'owner',
    scopes,
    sessionId: null,
    tokenId: null,
    connectionId: null,
  };
}

type Made = Pick<Ground, 'callers' | 'people' | 'roomIds'>;

/** Makes the people with a session for each device, and the rooms. */
async function settle({ handlers }: Node, world: World): Promise<Made> {
  const people: { userId: string; handle: string }[] = [];
  const callers: Caller[] = [];
  for (const [handle, devices] of Object.entries(world.people)) {
    const about = { name: handle, handle, email: `${handle}@confab.test`, password };
    const owner = people[0];
    const { user } = owner
      ? await handlers['user.create'](signedIn(owner.userId), about)
      : await handlers['workspace.setUp'](visitor('set-up'), { ...about, workspaceName: 'Simulated' });
    people.push({ userId: user.id, handle });
    for (const device of devices) {
      let secret = '';
      const door = visitor(device, (told) => (secret = told));
      await handlers['session.signIn'](door, { email: about.email, password });
      callers.push({ device, userId: user.id, secret });
    }
  }
  const idOf = (handle: string): string => people.find((one) => one.handle === handle)?.userId ?? '';
  const roomIds: string[] = [];
  for (const { kind, name, people: handles } of world.rooms) {
    const [first = '', ...userIds] = handles.map(idOf);
    const maker = signedIn(first);
    if (kind === 'direct') {
      roomIds.push((await handlers['room.openDirect'](maker, { userIds })).room.room.id);
      continue;
    }
    const { room } = await handlers['room.create'](maker, { clientId: `ground-${name}`, kind, name });
    roomIds.push(room.room.id);
    if (userIds.length > 0) await handlers['room.invite'](maker, { roomId: room.room.id, userIds });
  }
  return { callers, people, roomIds };
}

/** Puts a copy of every table aside. @returns what puts the copies back */
async function keepGround(database: Database): Promise<() => Promise<void>> {
  const run = (text: string): Promise<unknown> => database.rows({ text, values: [] });
  const tables = await database.rows<{ name: string }>(sql`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by 1`);
  const names = tables.map(({ name }) => name);
  const [sequence] = await database.rows<{ last: string }>(sql`select last_value as last from ids`);
  await run('drop schema if exists ground cascade; create schema ground');
  const filled: string[] = [];
  for (const name of names) {
    await run(`create table ground.${name} as table public.${name}`);
    const [row] = await database.rows({ text: `select 1 as one from ground.${name} limit 1`, values: [] });
    if (row) filled.push(name);
  }
  const [deleting, inserting] = await orderByReference(database, names);
  const empty = deleting.map((name) => `delete from ${name}`).join('; ');
  const fill = inserting
    .filter((name) => filled.includes(name))
    .map((name) => `insert into ${name} table ground.${name}`);
  const restart = `select setval('ids', ${sequence?.last ?? '1000'})`;
  return async () => {
    await run(empty);
    await run(`vacuum ${names.join(', ')}`);
    await run([...fill, restart].join('; '));
  };
}

/** Tables that refer to others are emptied before them, and filled after them. */
async function orderByReference(database: Database, names: readonly string[]): Promise<[string[], string[]]> {
  const rows = await database.rows<{ name: string }>(sql`
    select distinct conrelid::regclass::text as name from pg_constraint where contype = 'f'`);
  const referring = new Set(rows.map(({ name }) => name));
  const inserting = [...names].sort((a, b) => Number(referring.has(a)) - Number(referring.has(b)));
  return [inserting.toReversed(), inserting];
}
