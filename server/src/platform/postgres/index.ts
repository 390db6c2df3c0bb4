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
  /** One READ COMMITTED transaction: commits when `work` resolves, rolls back when it throws. Never retried. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** One REPEATABLE READ, READ ONLY transaction: everything read is of one moment. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** A unique index said no; `constraint` is its name. Stores translate it into a refusal. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation';
  readonly constraint: string;
  constructor(constraint: string) {
    super(`unique constraint ${constraint}`);
    this.constraint = constraint;
  }
}

export { createPool, type PoolOptions } from './pool.ts';
export { migrate } from './migrate.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts';
