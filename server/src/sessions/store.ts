import type { Role, Session } from '@confab/protocol';
import { nothing, sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** A session somebody shows the secret of, and whose it is. */
export interface SessionRow {
  readonly secret_hash: Buffer;
  readonly id: string;
  readonly user_id: string;
  readonly role: Role;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
}

/** Neither ended nor expired, of nobody who was deactivated. */
export function findSessionsOf(tx: Tx, secretHashes: readonly Buffer[], now: Date): Promise<SessionRow[]> {
  return tx.rows<SessionRow>(sql`
    select s.secret_hash, s.id, s.user_id, u.role, s.last_seen_at, s.expires_at
    from sessions s join users u on u.id = s.user_id
    where s.secret_hash = any(${secretHashes}::bytea[]) and s.expires_at > ${now} and u.deactivated_at is null`);
}

/** Those that are locked are being prolonged by somebody else. */
export async function prolongSessions(
  tx: Tx,
  ids: readonly string[],
  { seenAt, expiresAt }: { seenAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.rows(sql`
    update sessions set last_seen_at = ${seenAt}, expires_at = ${expiresAt} where id in (
      select id from sessions where id = any(${ids}::bigint[]) and last_seen_at < ${seenAt}
      order by id for update skip locked)`);
}

export interface NewSession {
  readonly userId: string;
  readonly secretHash: Buffer;
  readonly device: string;
  readonly address: string;
  readonly at: Date;
  readonly expiresAt: Date;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<string> {
  const [row] = await tx.rows<{ id: string }>(sql`
    insert into sessions (id, user_id, secret_hash, device, address, created_at, last_seen_at, expires_at)
    values (nextval('ids'), ${session.userId}, ${session.secretHash}, ${session.device}, ${session.address},
      ${session.at}, ${session.at}, ${session.expiresAt})
    returning id`);
  if (!row) throw new Error('an inserted session returned no row');
  return row.id;
}

/** The newest first. */
export async function findSessions(
  tx: Tx,
  whose: { userId: string; currentId: string | null; now: Date },
): Promise<Session[]> {
  const rows = await tx.rows<{
    id: string;
    device: string;
    address: string;
    created_at: Date;
    last_seen_at: Date;
  }>(sql`
    select id, device, address, created_at, last_seen_at from sessions
    where user_id = ${whose.userId} and expires_at > ${whose.now} order by last_seen_at desc, id desc`);
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    address: row.address,
    createdAt: row.created_at.getTime(),
    lastSeenAt: row.last_seen_at.getTime(),
    current: row.id === whose.currentId,
  }));
}

/** One person's sessions: the one named, or all but one. @returns their ids */
export async function deleteSessions(
  tx: Tx,
  userId: string,
  which: { readonly only: string } | { readonly except: string | null },
): Promise<string[]> {
  const condition =
    'only' in which
      ? sql`and id = ${which.only}`
      : which.except === null
        ? nothing
        : sql`and id <> ${which.except}`;
  return idsOf(
    await tx.rows<{ id: string }>(
      sql`delete from sessions where user_id = ${userId} ${condition} returning id`,
    ),
  );
}

/** Makes room for one more: what has expired goes, and of the rest the longest unseen. @returns their ids */
export async function deleteSurplusSessions(
  tx: Tx,
  userId: string,
  keep: { most: number; now: Date },
): Promise<string[]> {
  return idsOf(
    await tx.rows<{ id: string }>(sql`
      delete from sessions where user_id = ${userId} and id not in (
        select id from sessions where user_id = ${userId} and expires_at > ${keep.now}
        order by last_seen_at desc, id desc limit ${keep.most}
      ) returning id`),
  );
}

/** @returns how many went; `limit` of them when there may be more */
export async function deleteExpiredSessions(tx: Tx, now: Date, limit: number): Promise<number> {
  const rows = await tx.rows<{ id: string }>(sql`
    delete from sessions where id in (select id from sessions where expires_at <= ${now} limit ${limit}) returning id`);
  return rows.length;
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id);
}
