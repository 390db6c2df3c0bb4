/** A primary with a synchronous standby, both real, and what an operator may have done to them. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { living, look, type Case } from '../../../tests/support/doctor.ts';
import { startPgBouncer } from '../../../tests/support/pgbouncer.ts';
import { startReplicatedPostgres } from '../../../tests/support/replicated-postgres.ts';
import { readRedisUrl } from '../platform/redis-address.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createSystemNetwork, Unreached } from '../platform/network/index.ts';
import { createPool, type Database } from '../platform/postgres/index.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const postgres = await startReplicatedPostgres({ replicas: 1 });
const [primary, standby] = postgres.servers;
if (primary === undefined || standby === undefined) throw new Error('two were asked for');
const pools: Database[] = [];
afterAll(async () => {
  await Promise.all(pools.map((one) => one.close()));
  await postgres.close();
});

function connect(url: string): {
  settings: { databaseUrl: string };
  postgres: { state: 'open'; part: Database };
} {
  const part = createPool({ address: { url }, log: createMemoryLog(), connectionsMax: 1 });
  pools.push(part);
  return { settings: { databaseUrl: url }, postgres: { state: 'open', part } };
}

/** Sets it for the whole server, looks, and sets it back. */
async function under(setting: string, value: string, lookNow: () => Promise<void>): Promise<void> {
  const before = primary?.sql(`show ${setting}`) ?? '';
  const set = (words: string): void => {
    primary?.sql(`alter system set ${setting} = '${words}'`);
    primary?.sql('select pg_reload_conf()');
  };
  set(value);
  try {
    await lookNow();
  } finally {
    set(before);
  }
}

/** Settings reach sessions some moments after they were made. */
const soon = { timeout: 10_000, interval: 50 };
const becomes = (title: string, own: Case, row: object): Promise<void> =>
  vi.waitFor(async () => expect(await look(title, own)).toMatchObject(row), soon);

const url = postgres.url([primary]);
const own = connect(url);

describe('who decides which Postgres is the primary', () => {
  const system = createSystemNetwork();
  const answering = (answers: Readonly<Record<string, string>>): Case => ({
    ...own,
    network: {
      ...system,
      async get(address) {
        const body = answers[address];
        if (body === undefined) throw new Unreached(`${address} does not answer`);
        return Promise.resolve({ status: 200, headers: {}, cookies: [], body });
      },
    },
  });
  const patroni = (version: string, tags = '"tags": {"gives_way": true}, ') => ({
    'http://127.0.0.1:8008/patroni': `{"state": "running", ${tags}"patroni": {"version": "${version}", "scope": "confab"}}`,
  });
  const etcd = (version: string): Readonly<Record<string, string>> => ({
    'http://127.0.0.1:2379/version': `{"etcdserver":"${version}","etcdcluster":"3.5.0"}`,
  });
  const title = 'Patroni and etcd';

  it.each([
    ['4.0.7', '3.5.16', 'pass'],
    ['3.0.2', '3.5.16', 'fail'],
    ['4.0.7', '3.4.23', 'fail'],
  ])('Patroni %s and etcd %s', async (one, other, status) => {
    const row = await look(title, answering({ ...patroni(one), ...etcd(other) }));
    expect(row).toMatchObject({ status, found: `Patroni ${one}, etcd ${other}`, ids: ['PG-7', 'LIFE-3'] });
  });

  it('Patroni as it comes', async () => {
    const answers = { ...patroni('4.0.7', ''), ...etcd('3.5.16') };
    expect(await look(title, answering(answers))).toMatchObject({
      status: 'warn',
      found: 'Patroni 4.0.7, etcd 3.5.16, which can take a lost primary back',
    });
  });

  it('one that only Postgres’ own machines may ask, and nobody at all', async () => {
    expect(await look(title, answering(patroni('4.0.7')))).toMatchObject({
      status: 'pass',
      found: 'Patroni 4.0.7',
    });
    const others = { 'http://127.0.0.1:8008/patroni': '<html>', 'http://127.0.0.1:2379/version': 'null' };
    for (const answers of [{}, others])
      expect(await look(title, answering(answers))).toMatchObject({
        status: 'skipped',
        found: 'nobody answers at 127.0.0.1, ports 8008 and 2379',
      });
  });
});

describe('Postgres', () => {
  it('all is well with one as it should be', async () => {
    const titles = [
      'Postgres',
      'time zone of Postgres',
      'encoding',
      'connections',
      'name of the database',
      'role',
      'rights',
      'size of the database',
      'way to Postgres',
    ];
    for (const title of titles) expect(await look(title, own)).toMatchObject({ status: 'pass' });
    expect((await look('Postgres', own)).found).toMatch(/^of DATABASE_URL, 1\d\.\d+/);
  });

  it('says that it does not answer, and that a standby takes no writes', async () => {
    const away = { state: 'away', reason: 'no answer from the database: ECONNREFUSED' } as const;
    expect(await look('Postgres', { postgres: away })).toMatchObject({
      status: 'fail',
      found: `of DATABASE_URL: ${away.reason}`,
    });
    expect(await look('role', { postgres: away })).toMatchObject({ status: 'skipped' });
    const settings = { databaseUrl: postgres.url([standby]) };
    expect(await look('way to Postgres', { settings })).toMatchObject({
      status: 'fail',
      found: `127.0.0.1:${standby.port}: a standby`,
    });
  });

  it('knows the embedded one', async () => {
    const settings = { databaseUrl: null };
    const embedded = (state: 'new' | 'stopped') => look('Postgres', { settings, embedded: { state } });
    expect((await embedded('new')).found).toBe('embedded, made at the first start');
    expect((await embedded('stopped')).found).toBe('embedded, not running now');
    const broken = { state: 'broken', reason: 'It belongs to another version.' } as const;
    expect(await look('Postgres', { settings, embedded: broken })).toMatchObject({
      status: 'fail',
      found: broken.reason,
    });
  });

  it('time zone of Postgres', async () => {
    await under('timezone', 'Europe/Paris', () =>
      becomes('time zone of Postgres', own, { status: 'warn', found: 'Europe/Paris' }),
    );
  });

  it('encoding, and the name', async () => {
    primary.sql(
      `create database chat encoding 'LATIN1' locale 'C' template template0 owner ${postgres.user}`,
    );
    const other = connect(url.replace(`/${postgres.database}`, '/chat'));
    expect(await look('encoding', other)).toMatchObject({ status: 'fail', found: 'LATIN1', ids: ['PG-2'] });
    expect(await look('name of the database', other)).toMatchObject({
      status: 'warn',
      found: 'chat',
      ids: ['PG-4'],
    });
  });

  it('connections', async () => {
    const needing = (databaseConnections: number, nodes: number) =>
      look('connections', {
        ...own,
        settings: { ...own.settings, databaseConnections },
        nodes: Array.from({ length: nodes }, (_, index) => living(`node-${index}`)),
      });
    expect((await needing(10, 3)).found).toMatch(/^\d+, of which 3 nodes may use 36$/);
    expect(await needing(23, 3)).toMatchObject({ status: 'warn', ids: ['PG-3'] });
    expect(await needing(40, 3)).toMatchObject({ status: 'fail' });
  });

  it('role', async () => {
    primary.sql(`alter role ${postgres.user} superuser createdb`);
    expect(await look('role', own)).toMatchObject({
      status: 'warn',
      found: `${postgres.user} is superuser, createdb`,
      ids: ['PG-5'],
    });
    primary.sql(`alter role ${postgres.user} nosuperuser nocreatedb`);
  });

  it('rights', async () => {
    primary.sql(`create role guest login password 'sword-fish'`);
    const guest = connect(url.replace(`//${postgres.user}:`, '//guest:'));
    const row = await look('rights', guest);
    expect(row).toMatchObject({
      status: 'fail',
      found: 'guest lacks CREATE on the database, CREATE on the schema',
    });
    expect(row.mend).toContain(`ALTER DATABASE "${postgres.database}" OWNER TO "guest"`);
  });
});

/** So many megabytes of the log, which the standby gets too. */
const writeLog = (megabytes: number): string =>
  primary.sql(
    `select count(pg_logical_emit_message(false, 'x', repeat('x', 1000000))) from generate_series(1, ${megabytes})`,
  );

describe('what survives', () => {
  it('commits are kept', async () => {
    await under('fsync', 'on', () => becomes('commits are kept', own, { status: 'pass' }));
    await under('synchronous_commit', 'off', () =>
      becomes('commits are kept', own, {
        status: 'fail',
        found: expect.stringContaining('synchronous_commit is off'),
        ids: ['PG-7', 'LIFE-3'],
      }),
    );
  });

  it('standbys', async () => {
    await becomes('standbys', own, { status: 'pass', found: expect.stringContaining('1 standby server') });
    primary.sql(`grant pg_monitor to ${postgres.user}`);
    await becomes('standbys', own, {
      status: 'pass',
      found: expect.stringMatching(/, 1 synchronous, \d+ KiB behind$/),
    });
    await under('synchronous_standby_names', '', () =>
      becomes('standbys', own, { status: 'warn', found: '1 standby server, none synchronous' }),
    );
    await under('synchronous_standby_names', 'somebody', () =>
      becomes('standbys', own, { status: 'warn', found: expect.stringContaining('none of them is what') }),
    );
  });

  it('a standby that falls behind', async () => {
    standby.sql('select pg_wal_replay_pause()');
    writeLog(80);
    const behind = expect.stringMatching(/, 1 synchronous, \d{5} KiB behind$/);
    await becomes('standbys', own, { status: 'warn', found: behind });
    standby.sql('select pg_wal_replay_resume()');
    await becomes('standbys', own, { status: 'pass' });
  });

  it('the log that is kept for a standby that is away', async () => {
    await under('max_wal_size', '32MB', async () => {
      primary.sql(`select pg_create_physical_replication_slot('gone', true)`);
      writeLog(80);
      primary.sql('checkpoint');
      await becomes('size of the database', own, {
        status: 'warn',
        found: expect.stringMatching(
          /; \d+ MiB of the log are kept for a standby that is away \(slot gone\)$/,
        ),
        ids: ['PG-6'],
      });
      primary.sql(`select pg_drop_replication_slot('gone')`);
      await becomes('size of the database', own, { status: 'pass' });
    });
  });

  it('way to Postgres', async () => {
    expect((await look('way to Postgres', own)).found).toBe(`127.0.0.1:${primary.port}: the primary`);
    const both = { databaseUrl: postgres.url([primary, standby]) };
    expect(await look('way to Postgres', { settings: both })).toMatchObject({
      status: 'pass',
      ids: ['TOP-6', 'PG-7'],
    });
    const some = { databaseUrl: postgres.url([primary, { port: 1 }]) };
    expect(await look('way to Postgres', { settings: some })).toMatchObject({ status: 'warn' });
  });

  it('sees a pooler', async () => {
    const { database, user, password } = postgres;
    const bouncer = await startPgBouncer({ target: primary, database, user, password });
    try {
      const settings = { databaseUrl: postgres.url([bouncer]) };
      expect(await look('way to Postgres', { settings })).toMatchObject({
        status: 'pass',
        found: `127.0.0.1:${bouncer.port}: PgBouncer or another pooler, before 127.0.0.1:${primary.port}`,
      });
    } finally {
      await bouncer.close();
    }
  });

  it('notices by Postgres', async () => {
    const { database, user, password } = postgres;
    const bouncer = await startPgBouncer({ target: primary, database, user, password });
    try {
      const databaseUrl = postgres.url([bouncer]);
      expect(await look('notices by Postgres', own)).toMatchObject({
        status: 'pass',
        ids: ['TOP-6', 'LIFE-3'],
      });
      expect(await look('notices by Postgres', { settings: { databaseUrl } })).toMatchObject({
        status: 'fail',
      });
      const redis = readRedisUrl('redis://localhost');
      expect(await look('notices by Postgres', { settings: { databaseUrl, redis } })).toMatchObject({
        status: 'warn',
      });
      const past = { databaseUrl, databaseDirectUrl: url };
      expect(await look('notices by Postgres', { settings: past })).toMatchObject({ status: 'pass' });
      const away = { databaseUrl, databaseDirectUrl: postgres.url([{ port: 1 }]) };
      expect(await look('notices by Postgres', { settings: away })).toMatchObject({ status: 'fail' });
    } finally {
      await bouncer.close();
    }
  });

  it('sees that the last standby is gone', async () => {
    await standby.kill();
    await becomes('standbys', own, { status: 'warn', found: 'none' });
  });
});
