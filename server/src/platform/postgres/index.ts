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

/** How long the answer to each statement may take before its connection is given up; the pool's own limit unless told. */
export interface Haste {
  readonly withinMs?: number;
}

export interface Database extends Tx {
  /** @param haste for what is quick and may be repeated: the outcome of what was given up is unknown */
  rows<Row extends object>(query: Sql, haste?: Haste): Promise<Row[]>;
  /** One READ COMMITTED transaction: commits when `work` resolves, rolls back when it throws. Never retried. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** One REPEATABLE READ, READ ONLY transaction: everything read is of one moment. */
  read<Result>(work: (tx: Tx) => Promise<Result>, haste?: Haste): Promise<Result>;
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
export { haste, inHaste } from './haste.ts';
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
