/** Rows change under their person's stream lock, but for `claimed_until`, which says who may send. */
import type { ScheduledMessage } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { scheduledView, type ScheduledRow } from './views.ts';

const columns = sql`id, room_id, thread_id, also_in_room, quote_id, text, send_at, created_at, failure_code, failed_at`;
const listed = sql`state in ('waiting', 'failed')`;

/** What a person has scheduled, failed ones too, by time. */
export async function findScheduled(tx: Tx, userId: string): Promise<ScheduledMessage[]> {
  const rows = await tx.rows<ScheduledRow>(sql`
    select ${columns} from scheduled_messages where user_id = ${userId} and ${listed}
    order by send_at, id limit ${limits.scheduledMax}`);
  return rows.map(scheduledView);
}

export async function countScheduled(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from scheduled_messages where user_id = ${userId} and ${listed}`,
  );
  return row?.count ?? 0;
}

export async function findByClientId(tx: Tx, userId: string, clientId: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(
    sql`select id from scheduled_messages where user_id = ${userId} and client_id = ${clientId}`,
  );
  return row?.id ?? null;
}

export interface NewScheduled extends Omit<ScheduledMessage, 'id' | 'failure'> {
  readonly userId: string;
  readonly clientId: string;
}

export async function insertScheduled(tx: Tx, made: NewScheduled): Promise<ScheduledMessage> {
  const [row] = await tx.rows<ScheduledRow>(sql`
    insert into scheduled_messages (id, user_id, client_id, room_id, thread_id, also_in_room, quote_id, text, send_at,
      created_at, state)
    values (nextval('ids'), ${made.userId}, ${made.clientId}, ${made.roomId}, ${made.threadId}, ${made.alsoInRoom},
      ${made.quoteId}, ${made.text}, ${new Date(made.sendAt)}, ${new Date(made.createdAt)}, 'waiting')
    returning ${columns}`);
  if (!row) throw new Error('nothing was inserted');
  return scheduledView(row);
}

export interface Standing {
  readonly state: 'waiting' | 'failed' | 'sent' | 'deleted';
  /** What it became. */
  readonly messageId: string | null;
  /** Somebody is sending it now. */
  readonly claimed: boolean;
}

/** Also of those that are no longer listed; null for somebody else's. */
export async function findStanding(
  tx: Tx,
  of: { userId: string; scheduledId: string },
  now: number,
): Promise<Standing | null> {
  const [row] = await tx.rows<{ state: Standing['state']; message_id: string | null; claimed: boolean }>(sql`
    select state, message_id, coalesce(claimed_until > ${new Date(now)}, false) as claimed from scheduled_messages
    where id = ${of.scheduledId} and user_id = ${of.userId} for update`);
  return row ? { state: row.state, messageId: row.message_id, claimed: row.claimed } : null;
}

/** It waits again, whatever it was. */
export async function updateScheduled(
  tx: Tx,
  scheduledId: string,
  to: { text: string | null; sendAt: number | null },
): Promise<ScheduledMessage> {
  const sendAt = to.sendAt === null ? null : new Date(to.sendAt);
  const [row] = await tx.rows<ScheduledRow>(sql`
    update scheduled_messages set text = coalesce(${to.text}::text, text),
      send_at = coalesce(${sendAt}::timestamptz, send_at), state = 'waiting', failure_code = null, failed_at = null,
      claimed_until = null
    where id = ${scheduledId} returning ${columns}`);
  if (!row) throw new Error('a scheduled message vanished under its lock');
  return scheduledView(row);
}

/** @param messageId what it became; null when it was deleted */
export async function closeScheduled(tx: Tx, scheduledId: string, messageId: string | null): Promise<void> {
  const state = messageId === null ? 'deleted' : 'sent';
  await tx.rows(sql`
    update scheduled_messages set state = ${state}, message_id = ${messageId}, text = '', claimed_until = null
    where id = ${scheduledId}`);
}

export async function failScheduled(
  tx: Tx,
  scheduledId: string,
  failure: { code: string; at: Date },
): Promise<ScheduledMessage> {
  const [row] = await tx.rows<ScheduledRow>(sql`
    update scheduled_messages set state = 'failed', failure_code = ${failure.code}, failed_at = ${failure.at},
      claimed_until = null
    where id = ${scheduledId} returning ${columns}`);
  if (!row) throw new Error('a scheduled message vanished under its lock');
  return scheduledView(row);
}

export type Claimed = ScheduledMessage & { readonly userId: string };

/** Those whose time has come and that nobody else is sending are the caller's until then; in the order of their times. */
export async function claimDue(tx: Tx, claim: { now: Date; until: Date; count: number }): Promise<Claimed[]> {
  const rows = await tx.rows<ScheduledRow & { user_id: string }>(sql`
    with due as (
      select id as due_id from scheduled_messages
      where state = 'waiting' and send_at <= ${claim.now}
        and (claimed_until is null or claimed_until <= ${claim.now})
      order by send_at, id limit ${claim.count} for update skip locked
    )
    update scheduled_messages set claimed_until = ${claim.until} from due where id = due_id
    returning ${columns}, user_id`);
  const claimed = rows.map((row) => ({ ...scheduledView(row), userId: row.user_id }));
  return claimed.toSorted((a, b) => a.sendAt - b.sendAt || Number(a.id) - Number(b.id));
}

export async function claimOne(tx: Tx, scheduledId: string, until: Date): Promise<Claimed> {
  const [row] = await tx.rows<ScheduledRow & { user_id: string }>(sql`
    update scheduled_messages set claimed_until = ${until} where id = ${scheduledId} returning ${columns}, user_id`);
  if (!row) throw new Error('a scheduled message vanished under its lock');
  return { ...scheduledView(row), userId: row.user_id };
}

export async function releaseClaim(tx: Tx, scheduledId: string): Promise<void> {
  await tx.rows(sql`update scheduled_messages set claimed_until = null where id = ${scheduledId}`);
}
