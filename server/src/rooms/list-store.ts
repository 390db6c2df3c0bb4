/** Pages of rooms and of members, by name. Keyset paging: a page begins after the sort key of the last one's last row. */
import type { Member, Room } from '@confab/protocol';
import { nothing, sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { roomColumns } from './store.ts';
import { memberView, roomView, type RoomRow } from './views.ts';

export interface PageOf {
  /** Name (lower case) and id of the last row of the previous page. */
  readonly after: readonly [string, string] | null;
  /** Rows, one more than a page holds. */
  readonly count: number;
}

export interface ListedRoom {
  readonly room: Room;
  readonly joined: boolean;
  readonly sortName: string;
}

const afterName = (page: PageOf, name: Sql, id: Sql): Sql =>
  page.after === null ? nothing : sql`and (${name}, ${id}) > (${page.after[0]}, ${page.after[1]}::bigint)`;

const contains = (search: string | undefined): Sql =>
  search === undefined || search === '' ? nothing : sql`and strpos(lower(r.name), lower(${search})) > 0`;

async function listRooms(tx: Tx, userId: string, where: Sql, page: PageOf): Promise<ListedRoom[]> {
  const rows = await tx.rows<RoomRow & { joined: boolean; sort_name: string }>(sql`
    select ${roomColumns}, m.user_id is not null as joined, lower(r.name) as sort_name
    from rooms r left join memberships m on m.room_id = r.id and m.user_id = ${userId}
    where ${where} ${afterName(page, sql`lower(r.name)`, sql`r.id`)}
    order by lower(r.name), r.id limit ${page.count}`);
  return rows.map((row) => ({ room: roomView(row), joined: row.joined, sortName: row.sort_name }));
}

export function listPublicRooms(
  tx: Tx,
  userId: string,
  filter: { search: string | undefined; archived: boolean } & PageOf,
): Promise<ListedRoom[]> {
  const state = filter.archived ? sql`r.archived_at is not null` : sql`r.archived_at is null`;
  return listRooms(tx, userId, sql`r.kind = 'public' and ${state} ${contains(filter.search)}`, filter);
}

/** Archived or not: a link to a room that was archived still leads somewhere. */
export function listNamedRooms(
  tx: Tx,
  userId: string,
  filter: { names: readonly string[] } & PageOf,
): Promise<ListedRoom[]> {
  const named = sql`lower(r.name) in (select lower(name) from unnest(${filter.names}::text[]) as name)`;
  return listRooms(tx, userId, sql`r.kind = 'public' and ${named}`, filter);
}

export function listNamed(
  tx: Tx,
  userId: string,
  filter: { search: string | undefined } & PageOf,
): Promise<ListedRoom[]> {
  return listRooms(tx, userId, sql`r.kind <> 'direct' ${contains(filter.search)}`, filter);
}

export interface ListedMember {
  readonly member: Member;
  readonly sortName: string;
}

/** `search`: the start of a word of the name, or of the handle. */
export async function listMembers(
  tx: Tx,
  roomId: string,
  filter: { search: string | undefined } & PageOf,
): Promise<ListedMember[]> {
  const { search } = filter;
  const matching =
    search === undefined || search === ''
      ? nothing
      : sql`and (starts_with(lower(u.handle), lower(${search}))
          or strpos(' ' || lower(u.name), ' ' || lower(${search})) > 0)`;
  const rows = await tx.rows<Parameters<typeof memberView>[0] & { sort_name: string }>(sql`
    select m.user_id, m.role, m.joined_at, lower(u.name) as sort_name
    from memberships m join users u on u.id = m.user_id
    where m.room_id = ${roomId} ${matching} ${afterName(filter, sql`lower(u.name)`, sql`m.user_id`)}
    order by lower(u.name), m.user_id limit ${filter.count}`);
  return rows.map((row) => ({ member: memberView(row), sortName: row.sort_name }));
}
