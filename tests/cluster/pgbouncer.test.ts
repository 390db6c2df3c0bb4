/** The database through a pooler in transaction mode, where a session is no more than one transaction. */
import { sql } from '@confab/server/kit/sql';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { databaseContract } from '@confab/server/platform/postgres/contract';
import { createPool } from '@confab/server/platform/postgres/index';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { startPgBouncer } from '../support/pgbouncer.ts';
import { startReplicatedPostgres } from '../support/replicated-postgres.ts';
import { layCable } from '../support/tcp-cable.ts';

const postgres = await startReplicatedPostgres({ replicas: 0 });
const [server] = postgres.servers;
const pooler = await startPgBouncer({ ...postgres, target: { port: server?.port ?? 0 } });
const open = (statementTimeoutMs = 15_000, to: { port: number } = pooler) =>
  createPool({
    address: { url: postgres.url([to]) },
    log: createMemoryLog(),
    statementTimeoutMs,
    prepare: true,
  });
const database = open();
afterAll(async () => {
  await database.close();
  await pooler.close();
  await postgres.close();
});

databaseContract('pool, through PgBouncer', database);

describe('through PgBouncer', () => {
  it('each transaction has its own limits, whoever had the server connection before', async () => {
    const quick = open(150);
    const limit = sql`select current_setting('statement_timeout') as ms`;
    const many = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? database : quick).rows(limit));
    const found = await Promise.all(many);
    expect(found.flat()).toEqual(found.map((_, n) => ({ ms: n % 2 === 0 ? '15s' : '150ms' })));
    await expect(quick.rows(sql`select pg_sleep(5)`)).rejects.toMatchObject({ retryable: true });
    await quick.close();
    expect(server?.sql('show statement_timeout')).toBe('0');
  });

  it('a statement is kept although nobody hears an answer any more, and leaves no lock behind', async () => {
    const cable = await layCable(pooler.port);
    const far = open(15_000, cable);
    await far.rows(sql`create table heard (n int)`);
    await far.rows(sql`insert into heard values (0)`);
    cable.deafen();
    const unheard = far.rows(sql`update heard set n = 1`).catch((error: unknown) => error);
    await vi.waitFor(async () => expect(await database.rows(sql`select n from heard`)).toEqual([{ n: 1 }]));
    const free = sql`select n from heard for update skip locked`;
    expect(await database.rows(free)).toEqual([{ n: 1 }]);
    cable.pull();
    expect(await unheard).toMatchObject({ retryable: true, outcomeUnknown: true });
    await far.close();
    cable.close();
  });

  it('a transaction waits for its first statement, not for its beginning', async () => {
    const cable = await layCable(pooler.port);
    const far = open(15_000, cable);
    await far.rows(sql`create table begun (n int)`);
    await far.rows(sql`insert into begun values (0)`);
    cable.deafen();
    const underway = far.write((tx) => tx.rows(sql`update begun set n = 1`)).catch((error: unknown) => error);
    const free = sql`select n from begun for update skip locked`;
    await vi.waitFor(async () => expect(await database.rows(free)).toEqual([]));
    cable.pull();
    expect(await underway).toMatchObject({ retryable: true, outcomeUnknown: false });
    await vi.waitFor(async () => expect(await database.rows(free)).toEqual([{ n: 0 }]));
    await far.close();
    cable.close();
  });
});
