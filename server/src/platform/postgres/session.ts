import type { PoolClient, QueryResult } from 'pg';
import type { Sql } from '../../kit/sql.ts';
import { Fault } from '../fault.ts';
import { BadStatement, breaksConnection, isReadOnly, translate } from './faults.ts';
import type { Tx } from './index.ts';

/** One connection, lent out for one transaction. */
export interface Session {
  /** One statement that is its own transaction. */
  single<Row extends object>(query: Sql): Promise<Row[]>;
  /** `begin`, the work, `commit`; or `rollback` and the work's own error. */
  transact<Result>(begin: Begin, work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Gives the connection back, or closes it when it is of no more use. */
  close(): void;
}

export interface Begin {
  text: string;
  /** False when losing the answer to `commit` loses nothing. */
  writes: boolean;
}

type Run = <Row extends object>(query: Sql, mayHaveHappened: boolean) => Promise<Row[]>;

export interface SessionOptions {
  names: StatementNames | null;
  /** Through a pooler, where a session lasts for one transaction: what each has to begin with. */
  settingsEachTime: string | null;
  /** How long the answer to each statement may take; the pool's own limit unless told. */
  withinMs: number | undefined;
  /** A statement is on its way; the result is called when it was answered. */
  waiting: () => () => void;
}

export function openSession(client: PoolClient, options: SessionOptions): Session {
  const { names, settingsEachTime, withinMs } = options;
  let broken = false;
  let mayWrite = true;
  const send = async (query: Sql, mayHaveHappened: boolean): Promise<QueryResult> => {
    const answered = options.waiting();
    try {
      const { text } = query;
      const values = checked(query);
      // Without values pg takes the simple protocol, which allows several statements and answers with a list.
      const name = values.length === 0 ? undefined : names?.(text);
      const result: QueryResult | QueryResult[] = await client.query({
        text,
        ...(values.length === 0 ? {} : { values }),
        ...(name === undefined ? {} : { name }),
        ...(withinMs === undefined ? {} : { query_timeout: withinMs }),
      });
      return Array.isArray(result) ? (result.at(-1) as QueryResult) : result;
    } catch (error) {
      // The same code as from a server that may no longer write, but here we asked for it.
      if (!mayWrite && isReadOnly(error)) throw new BadStatement('a read may not write', '25006', query.text);
      if (breaksConnection(error)) broken = true;
      throw translate(error, query.text, mayHaveHappened);
    } finally {
      answered();
    }
  };
  const run: Run = async <Row extends object>(query: Sql, mayHaveHappened: boolean) =>
    (await send(query, mayHaveHappened)).rows as Row[];

  const commit = async (mayHaveHappened: boolean): Promise<void> => {
    let unconfirmed = false;
    // With synchronous replication a cancelled wait still answers COMMIT, and only warns that no standby has it.
    const heed = (notice: { severity?: string | undefined; code?: string | undefined }): void => {
      if (notice.severity === 'WARNING' && notice.code === '01000') unconfirmed = true;
    };
    client.on('notice', heed);
    try {
      const { command } = await send({ text: 'commit', values: [] }, mayHaveHappened);
      if (command === 'ROLLBACK') {
        throw new BadStatement(
          'a statement failed and the transaction went on regardless',
          '25P02',
          'commit',
        );
      }
    } finally {
      client.off('notice', heed);
    }
    if (unconfirmed) {
      const message = 'the database kept it, but no standby confirmed in time';
      throw new Fault(message, { part: 'postgres', retryable: true, outcomeUnknown: true });
    }
  };

  const begin = async ({ text }: Begin, mayHaveHappened: boolean): Promise<void> => {
    if (settingsEachTime === null) {
      await run({ text, values: [] }, mayHaveHappened);
      return;
    }
    // One message, one answer. Behind a pooler the server may have become another one since the last transaction.
    const all = `${text}; ${settingsEachTime}; select pg_is_in_recovery() as standby`;
    const [row] = await run<{ standby: boolean }>({ text: all, values: [] }, mayHaveHappened);
    if (row?.standby !== true) return;
    broken = true;
    throw new Fault('the pooler leads to a replica, which takes no writes', {
      part: 'postgres',
      retryable: true,
    });
  };

  return {
    async single<Row extends object>(query: Sql) {
      if (settingsEachTime === null) return run<Row>(query, true);
      // All three leave at once: it takes one turn, and no lock waits for a `commit` that may not come.
      const begun = begin(single, true);
      const answered = run<Row>(query, true);
      const committed = commit(true);
      await Promise.allSettled([begun, answered, committed]);
      await begun;
      const rows = await answered;
      await committed;
      return rows;
    },
    async transact(kind, work) {
      mayWrite = kind.writes;
      // The first statement leaves with it.
      const begun = begin(kind, false);
      begun.catch(() => {});
      const { tx, end } = createTx(async <Row extends object>(query: Sql, mayHaveHappened: boolean) => {
        const answered = run<Row>(query, mayHaveHappened);
        await Promise.allSettled([begun, answered]);
        await begun;
        return answered;
      });
      let result;
      try {
        result = await work(tx);
        await end();
        await begun;
      } catch (error) {
        await end();
        if (!broken) await run({ text: 'rollback', values: [] }, false).catch(() => (broken = true));
        throw error;
      }
      await commit(kind.writes);
      return result;
    },
    close: () => client.release(broken),
  };
}

/** A statement that is its own transaction, where it has to be one by name. */
const single: Begin = { text: 'begin', writes: true };

/** Statements of one transaction run one after another even when asked for together, and none after its end. */
function createTx(run: Run): { tx: Tx; end: () => Promise<void> } {
  let ended = false;
  let last: Promise<unknown> = Promise.resolve();
  const rows = <Row extends object>(query: Sql): Promise<Row[]> => {
    if (ended) return Promise.reject(new BadStatement('the transaction is over', 'none', query.text));
    const next = last.then(() => run<Row>(query, false));
    last = next.catch(() => {});
    return next;
  };
  const end = async (): Promise<void> => {
    ended = true;
    await last;
  };
  return { tx: { rows }, end };
}

/** `undefined` would silently become null, and `x = null` is never true. */
function checked(query: Sql): unknown[] {
  const missing = query.values.indexOf(undefined);
  if (missing !== -1) throw new TypeError(`value $${missing + 1} is undefined`);
  return [...query.values];
}

/** Names a statement from the second time it is seen on; a few hundred texts at most, since each costs every connection memory. */
export type StatementNames = (text: string) => string | undefined;

const namedMax = 500;

export function createStatementNames(): StatementNames {
  const seen = new Map<string, string | null>();
  let named = 0;
  return (text) => {
    const name = seen.get(text);
    if (name === null) seen.set(text, `s${(named += 1)}`);
    else if (name === undefined && seen.size < namedMax) seen.set(text, null);
    return seen.get(text) ?? undefined;
  };
}
