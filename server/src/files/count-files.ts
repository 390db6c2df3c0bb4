import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { toolTypes } from '../platform/tools/index.ts';
import { textTypes } from './read-text.ts';

/** Files that wait for the virus scanner, and those that it does not take. */
export async function countWithheld(tx: Tx): Promise<{ waiting: number; tooLarge: number }> {
  const [row] = await tx.rows<{ waiting: number; large: number }>(sql`
    select count(*) filter (where scan = 'waiting')::int as waiting,
      count(*) filter (where scan = 'too_large')::int as large
    from contents where scan in ('waiting', 'too_large') and scan_due_at is not null`);
  return { waiting: row?.waiting ?? 0, tooLarge: row?.large ?? 0 };
}

/** Files that came before a program, or we, could find out what they look like and what stands in them. */
export async function countUnlooked(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(sql`
    select count(*)::int as count from contents
    where type = any(${[...textTypes, ...toolTypes]}::text[]) and look_due_at is not null`);
  return row?.count ?? 0;
}
