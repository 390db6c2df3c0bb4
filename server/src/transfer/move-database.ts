import { sql, type Sql } from '../kit/sql.ts';
import { pour, type Copier } from '../platform/postgres/index.ts';
import { Problem } from '../platform/problem.ts';
import { quoted, readSequences, readTables, type CopiedTable } from './tables.ts';

export interface MovedTable {
  readonly table: string;
  readonly rows: number;
}

/**
 * Copies everything in one transaction of the target, and commits only when both sides hold the same. Both have the
 * schema of this program. What an earlier move has put there is replaced; anything else is refused.
 * @throws Problem when the target is not empty, or when what arrived differs
 */
export async function moveDatabase(deps: {
  source: Copier;
  target: Copier;
  onTable: (moved: MovedTable) => void;
}): Promise<MovedTable[]> {
  const { source, target } = deps;
  const tables = await readTables(source);
  await lock(target, tables);
  await mustBeFree(source, target);
  const names = tables.map(({ name }) => quoted(name)).join(', ');
  await target.rows(statement(`truncate ${names}`));
  const moved: MovedTable[] = [];
  for (const table of tables) {
    await pour(source.read(table.query), target.write(table.into));
    const rows = await mustBeSame(source, target, table);
    moved.push({ table: table.name, rows });
    deps.onTable({ table: table.name, rows });
  }
  for (const name of await readSequences(source)) {
    const [at] = await source.rows<{ last: string }>(
      statement(`select last_value::text as last from ${quoted(name)}`),
    );
    await target.rows(sql`select setval(${quoted(name)}::regclass, ${at?.last ?? '1'}::bigint)`);
  }
  await target.commit();
  return moved;
}

/** Nobody writes to the target meanwhile, and only one at a time moves. */
async function lock(target: Copier, tables: readonly CopiedTable[]): Promise<void> {
  const names = tables.map(({ name }) => quoted(name)).join(', ');
  await target.rows(statement(`lock table ${names} in exclusive mode`));
}

/** A fresh database, or one that an earlier move of the same installation filled and that nobody has used since. */
async function mustBeFree(source: Copier, target: Copier): Promise<void> {
  const there = await founding(target);
  if (there === null) return;
  if (there !== (await founding(source)))
    throw new Problem('The database that is moved to holds another workspace: name a new one.');
  const [heads, known] = await Promise.all([readHeads(target), readHeads(source)]);
  if ([...heads].some(([stream, head]) => head > (known.get(stream) ?? -1n)))
    throw new Problem(
      'The database that is moved to has been used since it was moved there: what people wrote would be lost. Name a new one.',
    );
}

/** How far each stream is: whatever anybody does moves one. */
async function readHeads(side: Copier): Promise<Map<string, bigint>> {
  const rows = await side.rows<{ id: string; head: string }>(sql`select id::text, head::text from streams`);
  return new Map(rows.map(({ id, head }) => [id, BigInt(head)]));
}

/** When the workspace began and by whom, or null before that. */
async function founding(side: Copier): Promise<string | null> {
  const [row] = await side.rows<{ founding: string | null }>(sql`
    select w.set_up_at::text || ' ' || coalesce((select min(u.id)::text from users u), '') as founding
    from workspace w`);
  return row?.founding ?? null;
}

interface Measure {
  readonly count: string;
  readonly sum: string;
}

/** @returns how many rows there are */
async function mustBeSame(source: Copier, target: Copier, table: CopiedTable): Promise<number> {
  const measure = statement(`
    select count(*)::text as count,
      coalesce(sum(('x' || left(md5(${table.compared}), 15))::bit(60)::bigint), 0)::text as sum
    from ${quoted(table.name)} t`);
  const [[before], [after]] = await Promise.all([
    source.rows<Measure>(measure),
    target.rows<Measure>(measure),
  ]);
  if (before === undefined || before.count !== after?.count || before.sum !== after.sum)
    throw new Problem(
      `Of ${table.name} there are ${before?.count} rows, and what arrived is ${after?.count} rows that are not the same: nothing was moved.`,
    );
  return Number(before.count);
}

/** Names of tables cannot be values; these come from the catalogue. */
function statement(text: string): Sql {
  return { text, values: [] };
}
