/**
 * The database, in our words. SQL is written as SQL with the `sql` tag and typed rows.
 * bigint columns arrive as decimal strings (they are ids), counts must be cast to int in SQL,
 * timestamptz arrives as Date, json as parsed values. Driver errors leave as `Fault`.
 */
import type { Sql } from '../../kit/sql.ts';

/** Whatever can run one statement: a transaction, or the database itself (one statement, its own transaction). */
export interface Tx {
  rows<Row extends object>(query: Sql): Promise<Row[]>;
}

export interface Database extends Tx {
  /**
   * @param options.withinMs how long the answer may take before the connection is given up, and the outcome is unknown;
   *   for statements that are quick and may be repeated, sooner than the pool would
   */
  rows<Row extends object>(query: Sql, options?: { withinMs?: number }): Promise<Row[]>;
  /** One READ COMMITTED transaction: commits when `work` resolves, rolls back when it throws. Never retried. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** One REPEATABLE READ, READ ONLY transaction: everything read is of one moment. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export { UniqueViolation } from './unique-violation.ts';
export { BadStatement } from './faults.ts';
export {
  inDatabase,
  postgresUrlExpected,
  readServers,
  urlOf,
  type PostgresAddress,
  type Server,
} from './address.ts';
export { checkServer, whyUnusable } from './check-server.ts';
export { openCopier, pour, type Copier } from './copier.ts';
export { createPool, type PoolOptions } from './pool.ts';
export { migrate, pendingMigrations, type MigrateOptions } from './migrate.ts';
export {
  findEmbeddedPostgres,
  inspectEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedOptions,
  type EmbeddedPostgres,
} from './embedded.ts';
