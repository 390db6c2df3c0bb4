import { limits, type Account, type Input, type Output, type User } from '@confab/protocol';
import { cutPage, parseCursor } from '../kit/cursor.ts';
import { nothing, sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { accountView, columns } from './store.ts';
import { userView, type UserRow } from './views.ts';

interface Paged {
  readonly cursor?: string;
  readonly limit?: number;
}

/** Keyset paging by name: a page begins after the name and id of the one's before last row. */
function pageOf({ cursor, limit = limits.pageDefault }: Paged): { after: Sql; order: Sql; limit: number } {
  const [name, id] = cursor === undefined ? [] : parseCursor(cursor, ['text', 'number']);
  return {
    after: cursor === undefined ? nothing : sql`and (lower(name), id) > (${name}, ${id}::bigint)`,
    order: sql`order by lower(name), id limit ${limit + 1}`,
    limit,
  };
}

type Row = UserRow & { sort_name: string };
const keyOf = (row: Row): string[] => [row.sort_name, row.id];

/** The start of a word of the name, or of the handle. */
const startsSo = (search: string): Sql =>
  sql`starts_with(lower(handle), lower(${search})) or strpos(' ' || lower(name), ' ' || lower(${search})) > 0`;

/** Nothing is named so that Postgres cannot store it: without such characters a search finds the same. */
const storable = (search: string): string => search.replaceAll('\u0000', '').toWellFormed();

/** People by name. Asked for by ids, also those who were deactivated: their messages are still shown. */
export async function listUsers(tx: Tx, input: Input<'user.list'>): Promise<Output<'user.list'>> {
  const { ids, search = '', deactivated = ids !== undefined } = input;
  const page = pageOf(input);
  const rows = await tx.rows<Row>(sql`
    select ${columns}, lower(name) as sort_name from users
    where true ${page.after}
      ${deactivated ? nothing : sql`and deactivated_at is null`}
      ${ids === undefined ? nothing : sql`and id = any(${ids}::bigint[])`}
      ${search === '' ? nothing : sql`and (${startsSo(storable(search))})`}
    ${page.order}`);
  const { rows: shown, next } = cutPage(rows, page.limit, keyOf);
  return { users: shown.map((row): User => userView(row)), next };
}

/** Everybody with their addresses, deactivated people included. A search also finds parts of addresses. */
export async function listAccounts(
  tx: Tx,
  input: Input<'user.listAccounts'>,
): Promise<Output<'user.listAccounts'>> {
  const search = storable(input.search ?? '');
  const page = pageOf(input);
  const found =
    search === '' ? sql`true` : sql`(${startsSo(search)} or strpos(lower(email), lower(${search})) > 0)`;
  const rows = await tx.rows<Row & { email: string; last_seen_at: Date | null }>(sql`
    select ${columns}, email, last_seen_at, lower(name) as sort_name from users
    where ${found} ${page.after} ${page.order}`);
  const [count] = await tx.rows<{ total: number }>(
    sql`select count(*)::int as total from users where ${found}`,
  );
  const { rows: shown, next } = cutPage(rows, page.limit, keyOf);
  return { accounts: shown.map((row): Account => accountView(row)), total: count?.total ?? 0, next };
}
