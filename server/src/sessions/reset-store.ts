import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

export async function insertReset(
  tx: Tx,
  reset: {
    readonly userId: string;
    readonly secretHash: Buffer;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await tx.rows(sql`
    insert into password_resets (id, user_id, secret_hash, created_at, expires_at)
    values (nextval('ids'), ${reset.userId}, ${reset.secretHash}, ${reset.at}, ${reset.expiresAt})`);
}

/** Whose password it sets; null when it is expired, used or unknown. */
export async function findReset(tx: Tx, secretHash: Buffer, now: Date): Promise<string | null> {
  const [row] = await tx.rows<{ user_id: string }>(
    sql`select user_id from password_resets where secret_hash = ${secretHash} and expires_at > ${now}`,
  );
  return row?.user_id ?? null;
}

/** Uses it up: of many at once one succeeds. @returns whether this one did */
export async function useReset(tx: Tx, secretHash: Buffer, now: Date): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(sql`
    delete from password_resets where secret_hash = ${secretHash} and expires_at > ${now} returning id`);
  return rows.length > 0;
}

export async function deleteResets(tx: Tx, userId: string): Promise<void> {
  await tx.rows(sql`delete from password_resets where user_id = ${userId}`);
}

/** @returns how many went; `limit` of them when there may be more */
export async function deleteExpiredResets(tx: Tx, now: Date, limit: number): Promise<number> {
  const rows = await tx.rows<{ id: string }>(sql`
    delete from password_resets where id in (select id from password_resets where expires_at <= ${now} limit ${limit})
    returning id`);
  return rows.length;
}
