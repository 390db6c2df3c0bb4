import { DatabaseError } from 'pg';
import { Fault } from '../fault.ts';
import { UniqueViolation } from './unique-violation.ts';

/** The statement itself is wrong (syntax, type, a broken check): a bug of ours, no state of the world. */
export class BadStatement extends Error {
  override readonly name = 'BadStatement';
  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly sqlstate: string;
  readonly statement: string;
  /** What the server said about it. */
  readonly reason: string;

  constructor(reason: string, sqlstate: string, statement: string) {
    super(`${reason} (${sqlstate}) in: ${statement.slice(0, 500)}`);
    this.reason = reason;
    this.sqlstate = sqlstate;
    this.statement = statement;
  }
}

/**
 * Sessions that are over: connection trouble, shutdown, crash, idle too long, a server that is read-only now; and one that has
 * prepared a statement before a migration changed what it answers (0A000).
 */
const sessionOver = /^(08|57P0[1-5]|25P0[34]|25006|0A000)/;
/** Same statement, later, may succeed: contention, cancelled, out of resources, the operating system failed, or 0A000. */
const passing = /^(40|53|55P03|57|58|08|25P0[34]|25006|0A000)/;

/** The URL is wrong: who we are, or which database. Waiting does not mend it; at run time an operator may be at it. */
const mistake = /^(28|3D)/;

/** The server does not take what the URL says of user, password or database. */
export function isMistake(error: unknown): boolean {
  return error instanceof DatabaseError && mistake.test(error.code ?? '');
}

/** True when the connection must not be used again. */
export function breaksConnection(error: unknown): boolean {
  if (error instanceof DatabaseError) return sessionOver.test(error.code ?? '');
  return !(error instanceof TypeError);
}

export function isReadOnly(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25006';
}

/**
 * The driver's error in our words.
 * @param mayHaveHappened the server may have carried out the work before the answer was lost, which holds for
 *   COMMIT and for a statement that is its own transaction.
 */
export function translate(error: unknown, statement: string, mayHaveHappened: boolean): Error {
  if (error instanceof Fault || error instanceof BadStatement || error instanceof UniqueViolation)
    return error;
  if (error instanceof DatabaseError) return translateRefused(error, statement, mayHaveHappened);
  // A value that cannot be written is a bug; everything else without an SQLSTATE is the connection.
  if (error instanceof TypeError || !(error instanceof Error)) {
    return new BadStatement(String(error), 'none', statement);
  }
  return new Fault(`no answer from the database: ${said(error)}`, {
    part: 'postgres',
    retryable: true,
    outcomeUnknown: mayHaveHappened,
    cause: error,
  });
}

function translateRefused(error: DatabaseError, statement: string, mayHaveHappened: boolean): Error {
  const sqlstate = error.code ?? 'none';
  if (sqlstate === '23505') return new UniqueViolation(error.constraint ?? '');
  const retryable = passing.test(sqlstate);
  // Class XX is Postgres' own trouble: damaged data, an internal error.
  if (!retryable && !sqlstate.startsWith('XX') && !isMistake(error))
    return new BadStatement(error.message, sqlstate, statement);
  return new Fault(`the database said no: ${error.message} (${sqlstate})`, {
    part: 'postgres',
    retryable,
    outcomeUnknown: mayHaveHappened && sessionOver.test(sqlstate) && sqlstate !== '25006',
    cause: error,
  });
}

function said(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map((one: Error) => one.message).join('; ');
  return error.message;
}
