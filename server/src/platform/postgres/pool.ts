import { types, type PoolClient } from 'pg';
import { Fault } from '../fault.ts';
import type { Log } from '../log/index.ts';
import { readServers, type PostgresAddress } from './address.ts';
import { openPool, settingsText, type OpenPool, type SessionLimits } from './connect.ts';
import { translate } from './faults.ts';
import type { Database, Haste } from './index.ts';
import { createStatementNames, openSession, type Session } from './session.ts';

export interface PoolOptions {
  address: PostgresAddress;
  log: Log;
  connectionsMax?: number;
  /** What `pg_stat_activity` shows. */
  applicationName?: string;
  /** Getting a connection, waiting for a free one included. */
  connectTimeoutMs?: number;
  /** One statement; 0 for no limit. */
  statementTimeoutMs?: number;
  /** An open transaction in which nothing happens; 0 for no limit. */
  idleInTransactionTimeoutMs?: number;
  /** An unused connection is closed after so long. */
  idleTimeoutMs?: number;
  /** How many callers may wait for a connection. */
  waitingMax?: number;
  /**
   * Parse a repeated statement once per connection. Off by default: it needs a connection of one's own, or PgBouncer
   * 1.21 with max_prepared_statements.
   */
  prepare?: boolean;
}

/** Connections are renewed, so that after a failover or behind a balancer they spread again. */
const lifetimeSeconds = 1800;
/** How much later than the server the client gives up: only when the network swallowed the answer. */
const graceMs = 5_000;

/**
 * A pooler that does not hear that its client is gone keeps the transaction open, and with it the locks of rooms and
 * streams, until this is over. No transaction of ours waits for anything but its next statement.
 */
const idleInTransactionUsualMs = 5_000;

const writing = { text: 'begin isolation level read committed', writes: true };
const reading = { text: 'begin isolation level repeatable read, read only', writes: false };

/**
 * A database on a pool of `pg` connections, each to the primary of the address. Nothing is connected until first use.
 * Through a pooler (PgBouncer in transaction mode) each statement runs in a transaction that brings its settings.
 */
export function createPool(options: PoolOptions): Database {
  const {
    waitingMax = 1_000,
    statementTimeoutMs = 15_000,
    idleInTransactionTimeoutMs = idleInTransactionUsualMs,
  } = options;
  const limits = { statementTimeoutMs, idleInTransactionTimeoutMs };
  const { pool, isPooled, waiting, close } = open(options, limits);
  const settingsEachTime = settingsText('set local', limits);
  const names = options.prepare === true ? createStatementNames() : null;
  let closed: Promise<void> | null = null;

  const checkOut = async (): Promise<PoolClient> => {
    if (closed !== null) throw new Fault('the database is closed', { part: 'postgres', retryable: false });
    if (pool.waitingCount >= waitingMax) {
      throw new Fault('too many wait for the database', { part: 'postgres', retryable: true });
    }
    try {
      return await pool.connect();
    } catch (error) {
      throw translate(error, 'connect', false);
    }
  };

  const inSession = async <Result>(
    work: (session: Session) => Promise<Result>,
    { withinMs }: Haste = {},
  ): Promise<Result> => {
    const client = await checkOut();
    const session = openSession(client, {
      names: isPooled(client) ? null : names,
      settingsEachTime: isPooled(client) ? settingsEachTime : null,
      withinMs,
      waiting: () => waiting(client),
    });
    try {
      return await work(session);
    } finally {
      session.close();
    }
  };

  return {
    rows: (query, haste) => inSession((session) => session.single(query), haste),
    write: (work) => inSession((session) => session.transact(writing, work)),
    read: (work, haste) => inSession((session) => session.transact(reading, work), haste),
    close: () => (closed ??= close()),
  };
}

function open(options: PoolOptions, limits: SessionLimits): OpenPool {
  const {
    connectionsMax = 10,
    applicationName = 'confab',
    connectTimeoutMs = 5_000,
    idleTimeoutMs = 60_000,
  } = options;
  const { statementTimeoutMs } = limits;
  const servers = readServers(options.address);
  if (servers === null) throw new Error('the address of the database is none');
  return openPool({
    servers,
    log: options.log,
    ...limits,
    pool: {
      max: connectionsMax,
      application_name: applicationName,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: idleTimeoutMs,
      maxLifetimeSeconds: lifetimeSeconds,
      // A statement need not wait for the answer to the one before; the driver keeps them in order.
      pipeline: true,
      keepAlive: true,
      // An address that has moved to another machine says so when it is asked.
      keepAliveInitialDelayMillis: 2_000,
      ...(statementTimeoutMs === 0 ? {} : { query_timeout: statementTimeoutMs + graceMs }),
      types: { getTypeParser },
    },
  });
}

/** bigint and numeric stay decimal strings, a date stays `2026-01-31`; the rest is the driver's usual. */
const getTypeParser: typeof types.getTypeParser = (oid, format) =>
  oid === types.builtins.DATE ? String : (types.getTypeParser(oid, format) as unknown);
