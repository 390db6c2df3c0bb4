/**
 * One node's way to the database. Underneath is a real Postgres; each transaction runs there as one step of the
 * scheduler, from its first statement to its commit, so that equal seeds give equal runs. Before and after it time
 * passes, in which others' transactions run and answers overtake each other.
 */
import type { Sql } from '@confab/server/kit/sql';
import { Fault } from '@confab/server/platform/fault';
import type { Database, Tx } from '@confab/server/platform/postgres/index';
import type { Choices } from '../choices.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import type { Weather } from '../weather.ts';
import { startOfTimeMs } from './clock.ts';

export interface SimulatedDatabase extends Database {
  /** The node is dead: what it asked for has happened or not, and nobody hears which. */
  sever(): void;
  /**
   * Another server becomes the primary: what was under way is carried out or not, and who asked hears only that the connection
   * is gone. For `awayMs` nothing is answered.
   */
  failOver(awayMs: number): void;
}

export interface DatabaseDeps {
  readonly real: Database;
  readonly scheduler: Scheduler;
  readonly choices: Choices;
  readonly trace: Trace;
  readonly weather: () => Weather;
  readonly owner: string;
  /** Runs after each transaction that may have appended to the log, before anything else does. */
  readonly onAppended: () => Promise<void>;
}

/** The database's own clock is the virtual one, so that leases end in virtual time. */
function inVirtualTime(query: Sql, nowMs: number): Sql {
  if (!query.text.includes('clock_timestamp()')) return query;
  const place = `$${query.values.length + 1}::timestamptz`;
  const text = query.text.replaceAll('clock_timestamp()', place);
  return { text, values: [...query.values, new Date(startOfTimeMs + nowMs)] };
}

type Fate = 'answers' | 'fails' | 'answer lost';

/** A statement of its own that changes something, or calls a function that does. */
const writes = /\b(insert|update|delete|truncate|nextval|commit_messages\w*)\b/i;
/** Of those, what may append to the log. */
const appends = /\b(into events|commit_messages\w*)\b/i;

export function createSimulatedDatabase(deps: DatabaseDeps): SimulatedDatabase {
  const { real, scheduler, choices, trace, owner } = deps;
  const waiting = new Set<{ run: () => Promise<unknown> }>();
  let severed = false;
  /** Goes up with each failover: an answer to what was asked before does not come. */
  let reign = 0;
  let awayUntilMs = 0;
  let appended = false;

  /** @param mayWrite for `outcomeUnknown`, and for who watches the log */
  function ask<Result>(label: string, mayWrite: boolean, run: () => Promise<Result>): Promise<Result> {
    if (severed) return new Promise(() => {});
    const { startMs, answerMs, ...chosen } = chooseFate(choices, deps.weather());
    const fate = scheduler.nowMs < awayUntilMs ? 'fails' : chosen.fate;
    const askedIn = reign;
    const place = { run };
    waiting.add(place);
    return new Promise((resolve, reject) => {
      const answer = (how: string, settle: () => void): void => {
        scheduler.after(answerMs, `${owner} hears from the database: ${how}`, () => {
          if (!severed) settle();
        });
      };
      const step = async (): Promise<void> => {
        if (!waiting.delete(place)) return;
        const isOver = reign !== askedIn;
        if (isOver && choices.chance(0.5)) return answer('nothing', () => reject(failure(mayWrite)));
        if (fate === 'fails') return answer('failure', () => reject(failure(false)));
        try {
          const result = await run();
          await noteAppended();
          if (fate === 'answers' && !isOver)
            answer('done', () => (reign === askedIn ? resolve(result) : reject(failure(mayWrite))));
          else answer('nothing', () => reject(failure(mayWrite)));
        } catch (error) {
          trace.note(`${owner} ${label} threw ${String(error)}`);
          answer('refused', () => reject(error));
        }
      };
      scheduler.after(startMs, `${owner} ${label}${fate === 'answers' ? '' : `, ${fate}`}`, step);
    });
  }

  async function noteAppended(): Promise<void> {
    if (appended) await deps.onAppended();
    appended = false;
  }

  /** What is traced of a transaction is what it asked. */
  const watched =
    <Result>(work: (tx: Tx) => Promise<Result>) =>
    (tx: Tx): Promise<Result> =>
      work({
        rows: (asked) => {
          const query = inVirtualTime(asked, scheduler.nowMs);
          trace.note(`${owner}   sql ${headOf(query)}`, valuesOf(query));
          appended ||= appends.test(query.text);
          return tx.rows(query);
        },
      });

  return {
    rows: (asked) => {
      const query = inVirtualTime(asked, scheduler.nowMs);
      return ask(`asks ${headOf(query)} ${valuesOf(query)}`, writes.test(query.text), () => {
        appended ||= appends.test(query.text);
        return real.rows(query);
      });
    },
    write: (work) => ask('writes', true, () => real.write(watched(work))),
    read: (work) => ask('reads', false, () => real.read(watched(work))),
    close: () => Promise.resolve(),
    failOver(awayMs) {
      reign += 1;
      awayUntilMs = Math.max(awayUntilMs, scheduler.nowMs + awayMs);
    },
    sever() {
      severed = true;
      const unheard = [...waiting];
      waiting.clear();
      // Sent before the end: each may still be carried out.
      for (const { run } of unheard) {
        if (choices.chance(0.5)) continue;
        scheduler.after(
          choices.between(0, 5),
          `${owner} is dead, its transaction is carried out`,
          async () => {
            await run().catch((error: unknown) => trace.note(`${owner} transaction threw ${String(error)}`));
            await noteAppended();
          },
        );
      }
    },
  };
}

/** Numbers of transactions are the database's own and go on from seed to seed: a seed's trace leaves them out. */
function valuesOf({ text, values }: Sql): string {
  return JSON.stringify(/\btx\b/.test(text) ? ['tx', ...values.slice(1)] : values);
}

function chooseFate(
  choices: Choices,
  { database }: Weather,
): { fate: Fate; startMs: number; answerMs: number } {
  const rest = 1 - database.failure - database.answerLost;
  const fate = choices.weighted({
    answers: rest,
    fails: database.failure,
    'answer lost': database.answerLost,
  });
  const slow = choices.chance(database.slow);
  const slowBefore = slow && choices.chance(0.5);
  return {
    fate,
    startMs: choices.between(0.1, 2) + (slowBefore ? choices.between(0, database.slowMaxMs) : 0),
    answerMs: choices.between(0.1, 2) + (slow && !slowBefore ? choices.between(0, database.slowMaxMs) : 0),
  };
}

function failure(outcomeUnknown: boolean): Fault {
  return new Fault('no answer from the database: simulated', {
    part: 'postgres',
    retryable: true,
    outcomeUnknown,
  });
}

const headChars = 90;

function headOf(query: Sql): string {
  return query.text.replace(/\s+/g, ' ').trim().slice(0, headChars);
}
