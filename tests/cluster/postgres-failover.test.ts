/** Nodes on a Postgres that fails over while people write: what was acknowledged is there, once, in order. */
import { createApp, type App } from '@confab/server/app';
import { sql } from '@confab/server/kit/sql';
import { createPostgresBus } from '@confab/server/platform/bus/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createPool, migrate, type Database } from '@confab/server/platform/postgres/index';
import { migrationsFolder } from '@confab/server/program';
import { afterEach, expect, it, vi } from 'vitest';
import { startPgBouncer } from '../support/pgbouncer.ts';
import { testPlatform, testSettings } from '../support/platform.ts';
import { startReplicatedPostgres, type ReplicatedPostgres } from '../support/replicated-postgres.ts';
import { seedPeople, seedRoom } from '../support/seed.ts';
import { createWriters, type Writers } from './writers.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });
const soon = { timeout: 20_000, interval: 50 };

let opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.toReversed()) await close();
  opened = [];
});

async function openPostgres(): Promise<ReplicatedPostgres> {
  const postgres = await startReplicatedPostgres({ replicas: 1 });
  opened.push(() => postgres.close());
  return postgres;
}

interface TestNode {
  readonly database: Database;
  readonly url: string;
  readonly log: ReturnType<typeof createMemoryLog>;
}

async function startNode(url: string, nodeName: string): Promise<TestNode> {
  const log = createMemoryLog();
  const database = createPool({ address: { url }, log, connectionsMax: 5 });
  const bus = createPostgresBus({ address: { url }, log });
  const app: App = await createApp({ ...testPlatform(database), bus, log }, { ...testSettings, nodeName });
  const port = await app.listen({ host: '127.0.0.1', port: 0 });
  opened.push(async () => {
    await app.close();
    await bus.close();
    await database.close();
  });
  return { database, url: `http://127.0.0.1:${port}`, log };
}

/** Two nodes, and people who write in one room through both. */
async function startTalk(url: string): Promise<{ nodes: TestNode[]; writers: Writers }> {
  const log = createMemoryLog();
  const patient = createPool({ address: { url }, log, connectionsMax: 1, statementTimeoutMs: 0 });
  await migrate(patient, { folder: migrationsFolder, log });
  const people = await seedPeople(patient, 6);
  const roomId = await seedRoom(patient, people);
  await patient.close();
  const nodes = [await startNode(url, 'north'), await startNode(url, 'south')];
  const writers = await createWriters({
    roomId,
    people,
    addressFor: (place) => nodes[place % nodes.length]?.url ?? '',
  });
  opened.push(writers.close);
  return { nodes, writers };
}

/** Begins to write; resolves in the middle of it. */
async function writeOn(writers: Writers): Promise<{ done: Promise<void> }> {
  const done = writers.write(40);
  await vi.waitFor(() => expect(writers.acknowledged().length).toBeGreaterThan(60), soon);
  return { done };
}

const readiness = async (node: TestNode | undefined): Promise<number> =>
  (await fetch(`${node?.url}/readyz`)).status;

/** All that was answered stands in the log once, in the order of its author; nobody was told of a failure. */
async function account(writers: Writers, database: Database): Promise<void> {
  const rows = await database.rows<{ text: string }>(
    sql`select text from messages where room_id = ${writers.roomId} order by ordinal`,
  );
  const kept = rows.map(({ text }) => text);
  expect(writers.failed()).toEqual([]);
  const acknowledged = writers.acknowledged();
  expect(acknowledged.length).toBeGreaterThanOrEqual(240);
  expect(acknowledged.filter((text) => !kept.includes(text))).toEqual([]);
  expect(kept.length).toBe(new Set(kept).size);
  for (const author of writers.authors) {
    const numbers = kept
      .filter((text) => text.startsWith(`${author} `))
      .map((text) => Number(text.split(' ')[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index));
  }
  await vi.waitFor(() => {
    for (const seen of writers.seen()) expect(seen).toEqual(kept);
  }, soon);
}

it('the primary is killed under writers: nothing lost, doubled or out of order, sockets stay open', async () => {
  const postgres = await openPostgres();
  const [primary, replica] = postgres.servers;
  const { nodes, writers } = await startTalk(`${postgres.url()}?target_session_attrs=read-write`);
  const sockets = writers.connections();
  const writing = await writeOn(writers);

  await primary?.kill();
  await vi.waitFor(async () => expect(await readiness(nodes[0])).toBe(503), soon);
  replica?.promote();
  await writing.done;
  await vi.waitFor(async () => expect(await readiness(nodes[0])).toBe(200), soon);
  expect(writers.connections()).toEqual(sockets);

  // The old one is back as a replica, and first in the list: nobody takes it for the primary.
  if (replica) await primary?.rejoin(replica);
  const [row] =
    (await nodes[0]?.database.rows<{ port: number }>(sql`select inet_server_port() as port`)) ?? [];
  expect(row?.port).toBe(replica?.port);
  const fresh = createPool({ address: { url: postgres.url() }, log: createMemoryLog() });
  opened.push(() => fresh.close());
  expect(await fresh.rows(sql`select inet_server_port() as port`)).toEqual([{ port: replica?.port }]);
  await writers.write(5);
  await account(writers, fresh);
});

it('the primary stands still and is replaced: its connections are cut, and when it goes on nobody goes back', async () => {
  const postgres = await openPostgres();
  const [primary, replica] = postgres.servers;
  const { nodes, writers } = await startTalk(postgres.url());
  const writing = await writeOn(writers);

  primary?.pause();
  replica?.promote();
  await writing.done;
  expect(nodes.flatMap(({ log }) => log.lines).map(({ event }) => event)).toContain(
    'connections to a database server that has been replaced are cut',
  );
  primary?.goOn();
  // It takes itself for the primary still, and is the first that is asked.
  const fresh = createPool({ address: { url: postgres.url() }, log: createMemoryLog() });
  opened.push(() => fresh.close());
  expect(await fresh.rows(sql`select inet_server_port() as port`)).toEqual([{ port: replica?.port }]);
  expect(primary?.sql('select pg_is_in_recovery()')).toBe('f');
  await writers.write(5);
  for (const { database } of nodes) {
    expect(await database.rows(sql`select inet_server_port() as port`)).toEqual([{ port: replica?.port }]);
  }
  await account(writers, nodes[0]?.database as Database);
});

it('the same through PgBouncer in transaction mode, which is told and noticed', async () => {
  const postgres = await openPostgres();
  const [primary, replica] = postgres.servers;
  if (primary === undefined || replica === undefined) throw new Error('there are two');
  const pooler = await startPgBouncer({ ...postgres, target: primary });
  opened.push(() => pooler.close());
  const { nodes, writers } = await startTalk(postgres.url([pooler]));
  const writing = await writeOn(writers);

  await primary.kill();
  replica.promote();
  pooler.leadTo(replica.port);
  await writing.done;
  const events = nodes.flatMap(({ log }) => log.lines).map(({ event }) => event);
  expect(events).toContain('a pooler stands before the database: settings travel with each transaction');
  expect(
    events.some((event) => event.includes('name the database itself in CONFAB_DATABASE_DIRECT_URL')),
  ).toBe(true);
  await account(writers, nodes[0]?.database as Database);
});
