import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';

/** `reset`: a link for a new password. `invitation`: to somebody who is not here yet. `missed`: what happened while one was away. */
export type MailKind = 'reset' | 'invitation' | 'missed';

/** One that a node has claimed. */
export interface QueuedMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly userId: string;
  /** Null: the person's own, as it is when it is sent. */
  readonly address: string | null;
  readonly subjectId: string | null;
  readonly attempts: number;
}

export interface MailEnd {
  readonly outcome: 'sent' | 'needless' | 'failed';
  readonly reason: string | null;
  readonly at: Date;
}

const dayMs = 24 * 3_600_000;
const removedAtOnce = 1_000;
const keyBytes = 32;

/**
 * Of what has no subject, a person gets one at a time, and not sooner than `quietMs` after the last. What is not sent is a row
 * all the same, which has ended: who measures how long it takes learns nothing.
 * @param mail.userId null: nobody is concerned
 * @returns its id; null when it is not sent
 */
export async function queueMail(
  tx: Tx,
  mail: {
    readonly kind: MailKind;
    readonly userId: string | null;
    readonly address?: string;
    readonly subjectId?: string;
  },
  { now, quietMs = 0 }: { now: number; quietMs?: number },
): Promise<string | null> {
  const { kind, userId, address = null, subjectId = null } = mail;
  const at = new Date(now);
  const [row] = await tx.rows<{ id: string; due_at: Date | null }>(sql`
    insert into mails (id, kind, user_id, address, subject_id, at, due_at, outcome, reason, ended_at)
    select nextval('ids'), ${kind}, ${userId}::bigint, ${address}, ${subjectId}::bigint, ${at}::timestamptz,
      case when w.needless is null then ${at}::timestamptz end, case when w.needless is not null then 'needless' end,
      w.needless, case when w.needless is not null then ${at}::timestamptz end
    from (
      select case
        when ${userId}::bigint is null then 'nobody has that address'
        when ${subjectId}::bigint is null and exists (
          select 1 from mails m where m.kind = ${kind} and m.user_id = ${userId}::bigint and m.subject_id is null
            and (m.due_at is not null or (m.at > ${new Date(now - quietMs)} and m.outcome <> 'needless'))
        ) then 'asked again too soon'
      end as needless
    ) w
    on conflict (kind, user_id) where due_at is not null and subject_id is null do nothing
    returning id, due_at`);
  return row === undefined || row.due_at === null ? null : row.id;
}

/** Whether one of this kind to this person has not ended yet. */
export async function isMailWaiting(
  tx: Tx,
  { kind, userId }: { kind: MailKind; userId: string },
): Promise<boolean> {
  const rows = await tx.rows(
    sql`select 1 from mails where kind = ${kind} and user_id = ${userId} and due_at is not null limit 1`,
  );
  return rows.length > 0;
}

/** By which links and addresses in mails are known as ours; made by whoever asks first. */
export async function forMailKey(tx: Tx, { random, now }: { random: Random; now: number }): Promise<string> {
  const find = () => tx.rows<{ secret: string }>(sql`select secret from mail_keys where id = 1`);
  let [row] = await find();
  if (!row) {
    await tx.rows(sql`
      insert into mail_keys (id, secret, made_at) values (1, ${random.secret(keyBytes)}, ${new Date(now)})
      on conflict (id) do nothing`);
    [row] = await find();
  }
  if (!row) throw new Error('the key of mails vanished');
  return row.secret;
}

interface MailRow {
  id: string;
  kind: MailKind;
  user_id: string;
  address: string | null;
  subject_id: string | null;
  attempts: number;
}

/** Some of what is due, earliest first, for this node alone until `leaseMs` have passed. */
export async function claimDue(
  database: Database,
  { now, leaseMs, count }: { now: number; leaseMs: number; count: number },
): Promise<QueuedMail[]> {
  const rows = await database.rows<MailRow>(sql`
    update mails m set due_at = ${new Date(now + leaseMs)}, attempts = attempts + 1
    from (
      select id from mails where due_at <= ${new Date(now)} order by due_at, id limit ${count} for update skip locked
    ) c where m.id = c.id returning m.id, m.kind, m.user_id, m.address, m.subject_id, m.attempts`);
  return rows.map(({ user_id: userId, subject_id: subjectId, ...row }) => ({ ...row, userId, subjectId }));
}

type Claim = Pick<QueuedMail, 'id' | 'attempts'>;

/** @param claim who lost theirs to another node changes nothing any more */
export async function endMail(database: Database, claim: Claim, end: MailEnd): Promise<void> {
  await database.rows(sql`
    update mails set due_at = null, outcome = ${end.outcome}, reason = ${end.reason}, ended_at = ${end.at}
    where id = ${claim.id} and attempts = ${claim.attempts} and due_at is not null`);
}

export async function putOff(
  database: Database,
  claim: Claim,
  again: { at: Date; reason: string },
): Promise<void> {
  await database.rows(sql`
    update mails set due_at = ${again.at}, reason = ${again.reason}
    where id = ${claim.id} and attempts = ${claim.attempts} and due_at is not null`);
}

export async function removeEnded({ database, clock }: { database: Database; clock: Clock }): Promise<void> {
  const before = new Date(clock.now() - limits.notificationDaysMax * dayMs);
  for (let count = removedAtOnce; count === removedAtOnce;) {
    const rows = await database.rows(sql`
      delete from mails where id in (select id from mails where ended_at < ${before} limit ${removedAtOnce})
      returning id`);
    count = rows.length;
  }
}
