/** The database through a pooler in transaction mode, where a session is no more than one transaction. */
import { sql } from '@confab/server/kit/sql';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { databaseContract } from '@confab/server/platform/postgres/contract';
import { createPool } from '@confab/server/platform/postgres/index';
import { afterAll, describe, expect, it } from 'vitest';
import { startPgBouncer } from '../support/pgbouncer.ts';
import { startReplicatedPostgres } from '../support/replicated-postgres.ts';

const postgres = await startReplicatedPostgres({ replicas: 0 });
const [server] = postgres.servers;
const pooler = await startPgBouncer({ ...postgres, target: { port: server?.port ?? 0 } });
const open = (statementTimeoutMs = 15_000) =>
  createPool({
    address: { url: postgres.url([pooler]) },
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
});
