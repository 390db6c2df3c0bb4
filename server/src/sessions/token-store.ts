import type { Role, Scope, Token } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** A token somebody shows the secret of, and whose it is. */
export interface TokenRow {
  readonly secret_hash: Buffer;
  readonly id: string;
  readonly user_id: string;
  readonly role: Role;
  readonly scopes: Scope[];
  readonly last_used_at: Date | null;
  readonly expires_at: Date | null;
}

/** Neither revoked nor expired, of nobody who was deactivated. */
export function findTokensOf(tx: Tx, secretHashes: readonly Buffer[], now: Date): Promise<TokenRow[]> {
  return tx.rows<TokenRow>(sql`
    select t.secret_hash, t.id, t.user_id, u.role, t.scopes, t.last_used_at, t.expires_at
    from tokens t join users u on u.id = t.user_id
    where t.secret_hash = any(${secretHashes}::bytea[]) and (t.expires_at is null or t.expires_at > ${now})
      and u.deactivated_at is null`);
}

/** Those that are locked are being noted by somebody else. */
export async function noteTokensUsed(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.rows(sql`
    update tokens set last_used_at = ${at} where id in (
      select id from tokens where id = any(${ids}::bigint[]) and (last_used_at is null or last_used_at < ${at})
      order by id for update skip locked)`);
}

interface ListedRow {
  id: string;
  name: string;
  scopes: Scope[];
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
}

const columns = sql`id, name, scopes, created_at, expires_at, last_used_at`;

export async function insertToken(
  tx: Tx,
  token: {
    readonly userId: string;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly secretHash: Buffer;
    readonly at: Date;
    readonly expiresAt: Date | null;
  },
): Promise<Token> {
  const [row] = await tx.rows<ListedRow>(sql`
    insert into tokens (id, user_id, name, scopes, secret_hash, created_at, expires_at)
    values (nextval('ids'), ${token.userId}, ${token.name}, ${token.scopes}::text[], ${token.secretHash}, ${token.at},
      ${token.expiresAt})
    returning ${columns}`);
  if (!row) throw new Error('an inserted token returned no row');
  return tokenView(row);
}

/** Expired ones too, until they are removed; the newest first. */
export async function findTokens(tx: Tx, userId: string): Promise<Token[]> {
  const rows = await tx.rows<ListedRow>(
    sql`select ${columns} from tokens where user_id = ${userId} order by id desc`,
  );
  return rows.map(tokenView);
}

/** One person's token, or all of them. @returns their ids */
export async function deleteTokens(tx: Tx, userId: string, only: string | null): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`delete from tokens where user_id = ${userId} and id = coalesce(${only}::bigint, id) returning id`,
  );
  return rows.map((row) => row.id);
}

/** Those expired before a moment. @returns how many went; `limit` of them when there may be more */
export async function deleteExpiredTokens(tx: Tx, before: Date, limit: number): Promise<number> {
  const rows = await tx.rows<{ id: string }>(sql`
    delete from tokens where id in (select id from tokens where expires_at <= ${before} limit ${limit}) returning id`);
  return rows.length;
}

function tokenView(row: ListedRow): Token {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  };
}
