import { sql } from '../kit/sql.ts';
import type { Copier } from '../platform/postgres/index.ts';

/** What is copied of a table: `text` is the query at the source, `compared` what must be the same on both sides. */
export interface CopiedTable {
  readonly name: string;
  /** With its columns, as SQL has it. */
  readonly into: string;
  readonly query: string;
  /** An expression over a row. */
  readonly compared: string;
}

/** They belong to the database and to the processes on it, not to the people, or are made anew where they are missing. */
const notCopied = ['migrations', 'nodes', 'search_entries', 'search_filling'];

/**
 * Transaction ids are a server's own. Readers compare them only with each other, so that events get the number of
 * readers that have not seen them yet, and each reader the last number it has seen: docs/decisions/0006.
 */
const renumbered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  events: {
    tx: `(1 + (select count(*) from readers r
      where (t.tx, t.stream_id, t.seq) > (r.tx, r.stream_id, r.seq)))::text::xid8`,
  },
  readers: {
    tx: `(1 + (select count(*) from readers r
      where (t.tx, t.stream_id, t.seq) > (r.tx, r.stream_id, r.seq)))::text::xid8`,
    stream_id: '9223372036854775807',
    seq: '9223372036854775807',
  },
};

/** All tables, those that others refer to first. */
export async function readTables(source: Copier): Promise<CopiedTable[]> {
  const columns = await source.rows<{ name: string; columns: string[] }>(sql`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    group by c.relname order by c.relname`);
  const references = await source.rows<{ name: string; needs: string }>(sql`
    select conrelid::regclass::text as name, confrelid::regclass::text as needs
    from pg_constraint where contype = 'f' and conrelid <> confrelid`);
  const known = columns.filter(({ name }) => !notCopied.includes(name));
  return inOrder(known, references).map(({ name, columns: all }) => copied(name, all));
}

/** The numbers that are given out next. */
export async function readSequences(source: Copier): Promise<string[]> {
  const rows = await source.rows<{ name: string }>(sql`
    select relname as name from pg_class
    where relkind = 'S' and relnamespace = current_schema()::regnamespace order by relname`);
  return rows.map(({ name }) => name);
}

function copied(name: string, columns: readonly string[]): CopiedTable {
  const anew = renumbered[name] ?? {};
  const selected = columns.map((column) => anew[column] ?? `t.${quoted(column)}`);
  const same = columns
    .filter((column) => !Object.hasOwn(anew, column))
    .map((column) => `t.${quoted(column)}`);
  return {
    name,
    into: `${quoted(name)} (${columns.map(quoted).join(', ')})`,
    query: `select ${selected.join(', ')} from ${quoted(name)} t`,
    compared: `row(${same.join(', ')})::text`,
  };
}

/** @throws Error when tables refer to each other in a circle */
export function inOrder<Table extends { readonly name: string }>(
  tables: readonly Table[],
  references: readonly { readonly name: string; readonly needs: string }[],
): Table[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const sorted: Table[] = [];
  while (left.size > 0) {
    const next = [...left.values()].filter(
      ({ name }) => !references.some((one) => one.name === name && left.has(one.needs)),
    );
    if (next.length === 0) throw new Error(`these tables need each other: ${[...left.keys()].join(', ')}`);
    for (const table of next) left.delete(table.name);
    sorted.push(...next);
  }
  return sorted;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
