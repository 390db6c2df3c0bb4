import type { Account, Preferences, Role, Status, User } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql, type Sql } from '../kit/sql.ts';
import { UniqueViolation, type Tx } from '../platform/postgres/index.ts';
import { preferencesView, userView, type UserRow } from './views.ts';

export const columns = sql`id, handle, name, title, time_zone, picture, status, role, created_at, deactivated_at`;

/** People by id, in no particular order; unknown ids are left out. */
export async function findUsers(tx: Tx, ids: readonly string[]): Promise<User[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<UserRow>(
    sql`select ${columns} from users where id = any(${[...new Set(ids)]}::bigint[])`,
  );
  return rows.map(userView);
}

export async function findUser(tx: Tx, id: string): Promise<User | null> {
  const [user] = await findUsers(tx, [id]);
  return user ?? null;
}

/** @throws Refusal not_found */
export async function forUser(tx: Tx, id: string): Promise<User> {
  const user = await findUser(tx, id);
  if (!user) throw new Refusal('not_found', { what: 'user' });
  return user;
}

/**
 * Whoever acts, as they are now: the role that came with the request may have been taken back since. Roles change under
 * the lock of the workspace's stream; whoever holds it knows exactly. @throws Refusal unauthenticated
 */
export async function forActing(tx: Tx, id: string): Promise<User> {
  const user = await findUser(tx, id);
  if (!user || user.deactivated) throw new Refusal('unauthenticated');
  return user;
}

/** Active people by handle, compared without case. @returns handle in lower case → id. */
export async function findHandles(tx: Tx, handles: readonly string[]): Promise<Map<string, string>> {
  if (handles.length === 0) return new Map();
  const wanted = handles.map((handle) => handle.toLowerCase());
  const rows = await tx.rows<{ id: string; handle: string }>(
    sql`select id, lower(handle) as handle from users where lower(handle) = any(${wanted}) and deactivated_at is null`,
  );
  return new Map(rows.map((row) => [row.handle, row.id]));
}

/** Which of these handles somebody has, deactivated people included. */
export async function takenHandles(tx: Tx, handles: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ handle: string }>(
    sql`select lower(handle) as handle from users where lower(handle) = any(${handles})`,
  );
  return new Set(rows.map((row) => row.handle));
}

export interface NewUser {
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly passwordHash: string | null;
}

/** @throws Refusal taken */
export async function insertUser(tx: Tx, user: NewUser & { at: Date }): Promise<User> {
  const [row] = await refuseTaken(
    tx.rows<UserRow>(sql`
      insert into users (id, handle, name, role, email, password_hash, created_at)
      values (nextval('ids'), ${user.handle}, ${user.name}, ${user.role}, ${user.email}, ${user.passwordHash}, ${user.at})
      returning ${columns}`),
  );
  return userView(inserted(row));
}

/** What is undefined stays. @throws Refusal taken */
export function changeUser(
  tx: Tx,
  id: string,
  change: {
    readonly name?: string | undefined;
    readonly handle?: string | undefined;
    readonly title?: string | undefined;
    readonly timeZone?: string | undefined;
  },
): Promise<User> {
  const { name = null, handle = null, title = null, timeZone = null } = change;
  return update(
    tx,
    id,
    sql`name = coalesce(${name}, name), handle = coalesce(${handle}, handle), title = coalesce(${title}, title),
      time_zone = coalesce(${timeZone}, time_zone)`,
  );
}

export function setPictureOf(tx: Tx, id: string, picture: string | null): Promise<User> {
  return update(tx, id, sql`picture = ${picture}`);
}

export function setStatusOf(tx: Tx, id: string, status: Status | null): Promise<User> {
  return update(tx, id, sql`status = ${status === null ? null : JSON.stringify(status)}::json`);
}

export function setRoleOf(tx: Tx, id: string, role: Role): Promise<User> {
  return update(tx, id, sql`role = ${role}`);
}

/** @param at null lets them in again */
export function setDeactivated(tx: Tx, id: string, at: Date | null): Promise<User> {
  return update(tx, id, sql`deactivated_at = ${at}`);
}

async function update(tx: Tx, id: string, assignments: Sql): Promise<User> {
  const [row] = await refuseTaken(
    tx.rows<UserRow>(sql`update users set ${assignments} where id = ${id} returning ${columns}`),
  );
  return userView(inserted(row));
}

/** Deactivated ones left out. Exact while the workspace's stream is locked. */
export async function countOwners(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from users where role = 'owner' and deactivated_at is null`,
  );
  return row?.count ?? 0;
}

/** Deactivated ones left out. */
export async function countUsers(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from users where deactivated_at is null`,
  );
  return row?.count ?? 0;
}

export async function findPreferences(tx: Tx, id: string): Promise<Preferences> {
  const [row] = await tx.rows<{ preferences: Partial<Preferences> }>(
    sql`select preferences from users where id = ${id}`,
  );
  return preferencesView(row?.preferences ?? {});
}

export async function changePreferences(
  tx: Tx,
  id: string,
  change: Partial<Preferences>,
): Promise<Preferences> {
  const [row] = await tx.rows<{ preferences: Partial<Preferences> }>(sql`
    update users set preferences = preferences || ${JSON.stringify(change)}::jsonb
    where id = ${id} returning preferences`);
  return preferencesView(row?.preferences ?? {});
}

/** How somebody proves who they are. */
export interface Credentials {
  readonly userId: string;
  /** Null: no password is set. */
  readonly passwordHash: string | null;
  readonly deactivated: boolean;
}

/** By address (compared without case) or by id. */
export async function findCredentials(
  tx: Tx,
  by: { readonly email: string } | { readonly userId: string },
): Promise<Credentials | null> {
  const condition = 'email' in by ? sql`lower(email) = lower(${by.email})` : sql`id = ${by.userId}`;
  const [row] = await tx.rows<{ id: string; password_hash: string | null; deactivated: boolean }>(sql`
    select id, password_hash, deactivated_at is not null as deactivated from users where ${condition}`);
  return row ? { userId: row.id, passwordHash: row.password_hash, deactivated: row.deactivated } : null;
}

/** @param hash null: nobody can sign in with a password until one is set */
export async function setPasswordHash(tx: Tx, id: string, hash: string | null): Promise<void> {
  await tx.rows(sql`update users set password_hash = ${hash} where id = ${id}`);
}

/** Whoever is locked is being noted by somebody else. */
export async function noteSeen(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.rows(sql`
    update users set last_seen_at = ${at} where id in (
      select id from users where id = any(${ids}::bigint[]) and (last_seen_at is null or last_seen_at < ${at})
      order by id for update skip locked)`);
}

type AccountRow = UserRow & { email: string; last_seen_at: Date | null };

export function accountView(row: AccountRow): Account {
  return { user: userView(row), email: row.email, lastSeenAt: row.last_seen_at?.getTime() ?? null };
}

/** @throws Refusal not_found */
export async function forAccount(tx: Tx, id: string): Promise<Account> {
  const [row] = await tx.rows<AccountRow>(
    sql`select ${columns}, email, last_seen_at from users where id = ${id}`,
  );
  if (!row) throw new Refusal('not_found', { what: 'user' });
  return accountView(row);
}

function inserted(row: UserRow | undefined): UserRow {
  if (!row) throw new Refusal('not_found', { what: 'user' });
  return row;
}

const fields: Readonly<Record<string, string>> = { users_email: 'email', users_handle: 'handle' };

async function refuseTaken<Result>(writing: Promise<Result>): Promise<Result> {
  try {
    return await writing;
  } catch (error) {
    const field = error instanceof UniqueViolation ? fields[error.constraint] : undefined;
    if (field !== undefined) throw new Refusal('taken', { field });
    throw error;
  }
}
