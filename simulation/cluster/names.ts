/** Names of nodes in the database, as others take them and machines leave them. */
import { sql } from '@confab/server/kit/sql';
import type { Database } from '@confab/server/platform/postgres/index';
import { startOfTimeMs } from '../platform/clock.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';

export interface Names {
  /** A process that nobody sees takes the name, as one may that was started while the node stood still. */
  take(name: string): void;
  /** It is gone again, and nobody has the name. */
  giveBack(name: string): void;
  /** Of a node that crashed so long ago that its lease is over. */
  forget(name: string): void;
  /** Which life has which name. */
  list(): Promise<ReadonlyMap<string, string>>;
}

const leaseMs = 10_000;
const thief = 'thief';

export function createNames(deps: { scheduler: Scheduler; trace: Trace; database: Database }): Names {
  const { scheduler, database } = deps;
  const run = (what: string, work: () => Promise<unknown>): void =>
    void scheduler.after(0, what, async () => void (await work()));
  return {
    take: (name) =>
      run(`another process takes the name ${name}`, () => {
        const now = startOfTimeMs + scheduler.nowMs;
        return database.rows(sql`
          update nodes set id = ${thief}, renewed_at = ${new Date(now)}, expires_at = ${new Date(now + leaseMs)}
          where name = ${name}`);
      }),
    giveBack: (name) =>
      run(`the name ${name} is free`, () =>
        database.rows(sql`delete from nodes where name = ${name} and id = ${thief}`),
      ),
    forget: (name) =>
      run(`the lease of ${name} is over`, () => database.rows(sql`delete from nodes where name = ${name}`)),
    async list() {
      const rows = await database.rows<{ name: string; id: string }>(sql`select name, id from nodes`);
      return new Map(rows.map(({ name, id }) => [name, id]));
    },
  };
}
