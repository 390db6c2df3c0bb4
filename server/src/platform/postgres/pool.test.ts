import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { sql } from '../../kit/sql.ts';
import { Fault } from '../fault.ts';
import { createMemoryLog } from '../log/index.ts';
import { databaseContract } from './contract.ts';
import { BadStatement, createPool, type Database, type PoolOptions } from './index.ts';

const { database, address, close } = await createTestDatabase();
const opened: { close: () => unknown }[] = [];
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await close();
});

function open(options: Partial<PoolOptions> = {}): Database {
  const pool = createPool({ address, log: createMemoryLog(), ...options });
  opened.push(pool);
  return pool;
}

databaseContract('pool', database);
databaseContract('pool, prepared statements', open({ prepare: true }));

describe('pool: prepared statements', () => {
  it('several statements in one text are none', async () => {
    const prepared = open({ prepare: true, connectionsMax: 1 });
    for (let n = 0; n < 3; n += 1) {
      expect(await prepared.rows(sql`select 1 as one; select 2 as two`)).toEqual([{ two: 2 }]);
    }
  });

  it('a migration that changes what one answers costs one connection, and the next call gets through', async () => {
    const prepared = open({ prepare: true, connectionsMax: 1 });
    await database.rows(sql`create table migrated (id int)`);
    await database.rows(sql`insert into migrated values (1)`);
    const query = sql`select * from migrated where id = ${1}`;
    for (let n = 0; n < 3; n += 1) expect(await prepared.rows(query)).toEqual([{ id: 1 }]);
    await database.rows(sql`alter table migrated add column more text`);
    expect(await faultOf(prepared.rows(query))).toMatchObject({ retryable: true });
    expect(await prepared.rows(query)).toEqual([{ id: 1, more: null }]);
  });
});

const cut = sql`select pg_terminate_backend(pg_backend_pid())`;

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Fault);
  return error as Fault;
}

describe('pool: faults', () => {
  it.each([
    ['40001', true],
    ['40P01', true],
    ['55P03', true],
    ['53300', true],
    ['53100', true],
    ['58030', true],
    ['57014', true],
    ['57P01', true],
    ['08006', true],
    ['XX001', false],
  ])('SQLSTATE %s can be retried: %s', async (code, retryable) => {
    const raise = { text: `do $$ begin raise 'made up' using errcode = '${code}'; end $$`, values: [] };
    const fault = await faultOf(open().write((tx) => tx.rows(raise)));
    expect(fault).toMatchObject({ part: 'postgres', retryable, outcomeUnknown: false });
  });

  it.each(['23514', '22P02', '42601', '25P02'])('SQLSTATE %s is a bug', async (code) => {
    const raise = { text: `do $$ begin raise 'made up' using errcode = '${code}'; end $$`, values: [] };
    await expect(open().rows(raise)).rejects.toThrow(BadStatement);
  });

  it('breaks a deadlock for one of the two, who may retry', async () => {
    await database.rows(sql`create table locked (id int primary key, n int)`);
    await database.rows(sql`insert into locked values (1, 0), (2, 0)`);
    const pool = open();
    let waiting = 0;
    const lock = (first: number, second: number) =>
      pool.write(async (tx) => {
        await tx.rows(sql`update locked set n = n + 1 where id = ${first}`);
        waiting += 1;
        await vi.waitFor(() => expect(waiting).toBe(2));
        await tx.rows(sql`update locked set n = n + 1 where id = ${second}`);
      });
    const results = await Promise.allSettled([lock(1, 2), lock(2, 1)]);
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toMatchObject({ retryable: true, outcomeUnknown: false });
  });

  it('a connection cut before the commit: nothing happened', async () => {
    const pool = open({ connectionsMax: 1 });
    const fault = await faultOf(
      pool.write(async (tx) => {
        await tx.rows(sql`create table never (id int)`);
        await tx.rows(cut);
      }),
    );
    expect(fault).toMatchObject({ retryable: true, outcomeUnknown: false });
    expect(await pool.rows(sql`select to_regclass('never') as never`)).toEqual([{ never: null }]);
  });

  it('a connection cut between two statements, while nobody listens', async () => {
    const pool = open({ connectionsMax: 1 });
    const fault = await faultOf(
      pool.write(async (tx) => {
        const [row] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        const pid = row?.pid ?? 0;
        await database.rows(sql`select pg_terminate_backend(${pid})`);
        await vi.waitFor(async () =>
          expect(await database.rows(sql`select 1 from pg_stat_activity where pid = ${pid}`)).toEqual([]),
        );
        await tx.rows(sql`select 1`);
      }),
    );
    expect(fault).toMatchObject({ retryable: true, outcomeUnknown: false });
    expect(await pool.rows(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('a connection cut in a statement of its own: it may have happened', async () => {
    expect(await faultOf(open().rows(cut))).toMatchObject({ retryable: true, outcomeUnknown: true });
  });

  it('a session ended by the server in the middle of the commit: it may have happened', async () => {
    const pool = open();
    await pool.rows(sql`create table doomed (id int)`);
    await pool.rows(sql`
      create function doom() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
    await pool.rows(sql`
      create constraint trigger doom after insert on doomed deferrable initially deferred
      for each row execute function doom()`);
    const fault = await faultOf(pool.write((tx) => tx.rows(sql`insert into doomed values (1)`)));
    expect(fault).toMatchObject({ retryable: true, outcomeUnknown: true });
  });

  it('an answer to the commit that got lost: it did happen, and the caller is told it may have', async () => {
    const { folder, losing } = await openLossy();
    const pool = open({
      address: { ...(address as { user: string; database: string }), socketFolder: folder },
    });
    await pool.rows(sql`create table kept (id int)`);
    losing.commit = true;
    const fault = await faultOf(pool.write((tx) => tx.rows(sql`insert into kept values (1)`)));
    expect(fault).toMatchObject({ retryable: true, outcomeUnknown: true });
    losing.commit = false;
    await vi.waitFor(async () => expect(await pool.rows(sql`select id from kept`)).toEqual([{ id: 1 }]));
    losing.commit = true;
    const reading = pool.read((tx) => tx.rows(sql`select id from kept`));
    expect(await faultOf(reading)).toMatchObject({ retryable: true, outcomeUnknown: false });
  });

  it('a server that takes no writes any more, as after a failover: the next one gets another connection', async () => {
    const pool = open({ connectionsMax: 1 });
    await pool.rows(sql`set default_transaction_read_only = on`);
    const write = () => pool.write((tx) => tx.rows(sql`create table if not exists written (id int)`));
    expect(await faultOf(write())).toMatchObject({ retryable: true, outcomeUnknown: false });
    await write();
  });

  it('nobody there', async () => {
    const nowhere = { socketFolder: '/nonexistent', user: 'confab', database: 'confab' };
    const fault = await faultOf(open({ address: nowhere }).write((tx) => tx.rows(sql`select 1`)));
    expect(fault).toMatchObject({ retryable: true, outcomeUnknown: false });
    expect(fault.message).toContain('ENOENT');
  });

  it('somebody there who never answers', async () => {
    const { folder } = await listenOnSocket(() => {});
    const silent = { socketFolder: folder, user: 'confab', database: 'confab' };
    const fault = await faultOf(open({ address: silent, connectTimeoutMs: 100 }).rows(sql`select 1`));
    expect(fault).toMatchObject({ retryable: true, outcomeUnknown: false });
  });
});

describe('pool: limits', () => {
  it('a statement that takes too long is ended, and the connection goes on', async () => {
    const pool = open({ connectionsMax: 1, statementTimeoutMs: 100 });
    const pid = () => pool.rows(sql`select pg_backend_pid() as pid`);
    const before = await pid();
    expect(await faultOf(pool.rows(sql`select pg_sleep(10)`))).toMatchObject({
      retryable: true,
      outcomeUnknown: false,
    });
    expect(await pid()).toEqual(before);
  });

  it('a transaction in which nothing happens is ended', async () => {
    const pool = open({ idleInTransactionTimeoutMs: 50 });
    const fault = await faultOf(
      pool.write(async (tx) => {
        const [row] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await vi.waitFor(async () =>
          expect(
            await database.rows(sql`select 1 from pg_stat_activity where pid = ${row?.pid ?? 0}`),
          ).toEqual([]),
        );
        await tx.rows(sql`select 1`);
      }),
    );
    expect(fault).toMatchObject({ retryable: true, outcomeUnknown: false });
  });

  it('a caller who finds all connections taken waits so long, and so many wait', async () => {
    const pool = open({ connectionsMax: 1, waitingMax: 1, connectTimeoutMs: 200 });
    await pool.write(async (tx) => {
      const second = faultOf(pool.rows(sql`select 2`));
      const third = await faultOf(pool.rows(sql`select 3`));
      expect(third).toMatchObject({ message: 'too many wait for the database', retryable: true });
      expect(await second).toMatchObject({ retryable: true, outcomeUnknown: false });
      await tx.rows(sql`select 1`);
    });
  });

  it('an idle connection that was cut is replaced', async () => {
    const log = createMemoryLog();
    const pool = open({ log, connectionsMax: 1 });
    const [row] = await pool.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await database.rows(sql`select pg_terminate_backend(${row?.pid ?? 0})`);
    await vi.waitFor(() => expect(log.lines).toMatchObject([{ event: 'a database connection ended' }]));
    expect(log.lines[0]?.fields?.['error']).not.toHaveProperty('client');
    expect(await pool.rows(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('gives up a connection whose answer does not come in the time that was given, and makes another', async () => {
    const { folder, hole } = await openHole();
    const pool = open({ address: { ...address, socketFolder: folder }, connectionsMax: 1 });
    const counted = sql`select 1 as one`;
    await pool.rows(counted);
    hole.swallows = true;
    const lost = faultOf(pool.rows(counted, { withinMs: 300 }));
    expect(await lost).toMatchObject({ retryable: true, outcomeUnknown: true });
    const lostSnapshot = faultOf(pool.read((tx) => tx.rows(counted), { withinMs: 300 }));
    expect(await lostSnapshot).toMatchObject({ retryable: true });
    hole.swallows = false;
    expect(await pool.rows(counted, { withinMs: 5_000 })).toEqual([{ one: 1 }]);
    expect(await pool.read((tx) => tx.rows(counted), { withinMs: 5_000 })).toEqual([{ one: 1 }]);
  });

  it('closes once its work is done, and then answers nothing', async () => {
    const pool = open();
    const last = pool.rows(sql`select 1 as one`);
    await Promise.all([pool.close(), pool.close()]);
    expect(await last).toEqual([{ one: 1 }]);
    expect(await faultOf(pool.rows(sql`select 1`))).toMatchObject({ retryable: false });
  });
});

async function listenOnSocket(serve: (client: Socket) => void): Promise<{ folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-pool-'));
  const clients = new Set<Socket>();
  const server: Server = createServer((client) => {
    clients.add(client);
    client.on('error', () => {});
    client.on('close', () => clients.delete(client));
    serve(client);
  });
  await new Promise<void>((resolve) => server.listen(join(folder, '.s.PGSQL.5432'), resolve));
  opened.push({
    close: () => {
      for (const client of clients) client.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
  return { folder };
}

/** A way to the database that swallows the answer to COMMIT and hangs up. */
async function openLossy(): Promise<{ folder: string; losing: { commit: boolean } }> {
  const losing = { commit: false };
  const { socketFolder } = address as { socketFolder: string };
  const { folder } = await listenOnSocket((client) => {
    const server = connect(join(socketFolder, '.s.PGSQL.5432'));
    let swallow = false;
    server.on('error', () => client.destroy());
    client.on('close', () => server.destroy());
    client.on('data', (bytes) => {
      if (losing.commit && bytes.includes('commit\0')) swallow = true;
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (swallow) client.destroy();
      else client.write(bytes);
    });
  });
  return { folder, losing };
}

/** A way to the database on which, while it swallows, nothing arrives and nobody hangs up. */
async function openHole(): Promise<{ folder: string; hole: { swallows: boolean } }> {
  const hole = { swallows: false };
  const { socketFolder } = address as { socketFolder: string };
  const { folder } = await listenOnSocket((client) => {
    const server = connect(join(socketFolder, '.s.PGSQL.5432'));
    server.on('error', () => client.destroy());
    client.on('close', () => server.destroy());
    client.on('data', (bytes) => hole.swallows || server.write(bytes));
    server.on('data', (bytes) => client.write(bytes));
  });
  return { folder, hole };
}
