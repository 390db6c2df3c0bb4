/** Notifications that wait for a mail to their person. */
import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';

export async function findAllMissing(database: Tx): Promise<string[]> {
  const rows = await database.rows<{ user_id: string }>(
    sql`select distinct user_id from notifications where mail_due_at is not null`,
  );
  return rows.map((row) => row.user_id);
}

/** @param before what came later they may not have seen yet */
export async function endSeen(
  database: Tx,
  seen: { userIds: readonly string[]; before: Date; now: Date },
): Promise<void> {
  await database.rows(sql`
    update notifications set mail_due_at = null, outcome = 'needless', reason = 'active elsewhere', ended_at = ${seen.now}
    where user_id = any(${seen.userIds}::bigint[]) and mail_due_at is not null and at < ${seen.before}
      and occasion not like 'test:%'`);
}

/** Some of those whose letter is due, the longest waiting first. */
export async function findDuePeople(
  database: Database,
  due: { now: Date; count: number },
): Promise<string[]> {
  const rows = await database.rows<{ user_id: string }>(sql`
    select user_id from notifications where mail_due_at <= ${due.now}
    group by user_id order by min(mail_due_at) limit ${due.count}`);
  return rows.map((row) => row.user_id);
}

export interface Missed {
  readonly id: string;
  readonly mail_due_at: Date;
}

/** All that waits for a person, due or not, oldest first; null while another node is at it. */
export async function forMissed(tx: Tx, userId: string): Promise<Missed[] | null> {
  const held = await tx.rows(sql`select 1 from users where id = ${userId} for no key update skip locked`);
  if (held.length === 0) return null;
  return tx.rows<Missed>(sql`
    select id, mail_due_at from notifications where user_id = ${userId} and mail_due_at is not null
    order by id limit ${limits.missedWaitingMax}`);
}

export async function putOffMissed(tx: Tx, ids: readonly string[], until: Date): Promise<void> {
  await tx.rows(sql`
    update notifications set mail_due_at = ${until}
    where id = any(${ids}::bigint[]) and mail_due_at is not null and mail_due_at < ${until}`);
}

export async function endMissed(
  tx: Tx,
  ids: readonly string[],
  end: { outcome: 'needless' | 'failed'; reason: string; at: Date },
): Promise<void> {
  await tx.rows(sql`
    update notifications set mail_due_at = null, outcome = ${end.outcome}, reason = ${end.reason}, ended_at = ${end.at}
    where id = any(${ids}::bigint[]) and mail_due_at is not null`);
}

/** From now on the mail says how they end. */
export async function bindMissed(
  tx: Tx,
  ids: readonly string[],
  mail: { id: string; at: Date },
): Promise<void> {
  await tx.rows(sql`
    update notifications set mail_due_at = null, mail_id = ${mail.id}, outcome = 'mailed', ended_at = ${mail.at}
    where id = any(${ids}::bigint[]) and mail_due_at is not null`);
}

export async function findBound(tx: Tx, mailId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`select id from notifications where mail_id = ${mailId} order by id`,
  );
  return rows.map(({ id }) => id);
}
