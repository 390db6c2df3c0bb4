/** Where each stream stood after each transaction: looked up at once, since nothing else runs meanwhile. */
import { sql } from '@confab/server/kit/sql';
import type { Database } from '@confab/server/platform/postgres/index';

export interface CommitWatch {
  /** After a transaction that may have appended to the log. */
  look(): Promise<void>;
  /** Such transactions so far. */
  readonly transactions: number;
  /** The stream's last number after so many of them; 0 for what was not there. */
  headAfter(stream: string, transactions: number): number;
  /** Whether the streams stand where they were seen last: nothing was appended unseen. */
  sawAll(): Promise<boolean>;
}

export async function createCommitWatch(database: Database): Promise<CommitWatch> {
  const heads = new Map<string, { readonly since: number; readonly head: number }[]>();
  let transactions = 0;

  async function look(): Promise<void> {
    const rows = await database.rows<{ name: string; head: string }>(
      sql`select kind || ':' || id as name, head from streams where kind <> 'workspace'`,
    );
    for (const { name, head } of rows) {
      const known = heads.get(name) ?? [];
      heads.set(name, known);
      if (known.at(-1)?.head !== Number(head)) known.push({ since: transactions, head: Number(head) });
    }
  }
  await look();

  const known = (): string => [...heads].map(([name, seen]) => `${name} ${seen.at(-1)?.head ?? 0}`).join();

  return {
    get transactions() {
      return transactions;
    },
    look() {
      transactions += 1;
      return look();
    },
    async sawAll() {
      const before = known();
      await look();
      return known() === before;
    },
    headAfter: (stream, after) => heads.get(stream)?.findLast(({ since }) => since <= after)?.head ?? 0,
  };
}
