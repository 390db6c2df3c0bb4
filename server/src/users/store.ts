import type { User } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { userView, type UserRow } from './views.ts';

const columns = sql`id, handle, name, title, time_zone, picture, status, role, created_at, deactivated_at`;

/** People by id, in no particular order; unknown ids are left out. */
export async function findUsers(tx: Tx, ids: readonly string[]): Promise<User[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<UserRow>(
    sql`select ${columns} from users where id = any(${[...new Set(ids)]}::bigint[])`,
  );
  return rows.map(userView);
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
