/** Rows change only under their person's stream lock. */
import type { Reminder } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { reminderView, type ReminderRow } from './views.ts';

const columns = sql`id, message_id, room_id, note, remind_at, created_at, due_at, completed_at`;
const open = sql`completed_at is null and deleted_at is null`;

/** A person's reminders that are not completed, by time. */
export async function findReminders(tx: Tx, userId: string): Promise<Reminder[]> {
  const rows = await tx.rows<ReminderRow>(sql`
    select ${columns} from reminders where user_id = ${userId} and ${open}
    order by remind_at, id limit ${limits.remindersMax}`);
  return rows.map(reminderView);
}

/** Newest first. */
export async function findCompleted(tx: Tx, userId: string): Promise<Reminder[]> {
  const rows = await tx.rows<ReminderRow>(sql`
    select ${columns} from reminders where user_id = ${userId} and completed_at is not null and deleted_at is null
    order by completed_at desc, id desc limit ${limits.pageMax}`);
  return rows.map(reminderView);
}

/** Completed or not. @throws Refusal not_found also for somebody else's */
export async function forReminder(tx: Tx, reminderId: string, userId: string): Promise<Reminder> {
  const [row] = await tx.rows<ReminderRow>(sql`
    select ${columns} from reminders where id = ${reminderId} and user_id = ${userId} and deleted_at is null`);
  if (!row) throw new Refusal('not_found', { what: 'reminder' });
  return reminderView(row);
}

export async function countReminders(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from reminders where user_id = ${userId} and ${open}`,
  );
  return row?.count ?? 0;
}

export async function findByClientId(tx: Tx, userId: string, clientId: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(
    sql`select id from reminders where user_id = ${userId} and client_id = ${clientId}`,
  );
  return row?.id ?? null;
}

export interface NewReminder extends Pick<
  Reminder,
  'messageId' | 'roomId' | 'note' | 'remindAt' | 'createdAt'
> {
  readonly userId: string;
  readonly clientId: string;
}

export async function insertReminder(tx: Tx, made: NewReminder): Promise<Reminder> {
  const [row] = await tx.rows<ReminderRow>(sql`
    insert into reminders (id, user_id, client_id, message_id, room_id, note, remind_at, created_at)
    values (nextval('ids'), ${made.userId}, ${made.clientId}, ${made.messageId}, ${made.roomId}, ${made.note},
      ${new Date(made.remindAt)}, ${new Date(made.createdAt)})
    returning ${columns}`);
  if (!row) throw new Error('nothing was inserted');
  return reminderView(row);
}

async function update(tx: Tx, reminderId: string, assignments: Sql): Promise<Reminder> {
  const [row] = await tx.rows<ReminderRow>(
    sql`update reminders set ${assignments} where id = ${reminderId} returning ${columns}`,
  );
  if (!row) throw new Error('a reminder vanished under its lock');
  return reminderView(row);
}

/** A new time makes it wait again, whatever it was. */
export function updateReminder(
  tx: Tx,
  reminderId: string,
  to: { note: string | null; remindAt: number | null },
): Promise<Reminder> {
  const note = sql`note = coalesce(${to.note}::text, note)`;
  if (to.remindAt === null) return update(tx, reminderId, note);
  return update(
    tx,
    reminderId,
    sql`${note}, remind_at = ${new Date(to.remindAt)}, due_at = null, completed_at = null`,
  );
}

export async function markCompleted(tx: Tx, reminderId: string, at: Date): Promise<void> {
  await update(tx, reminderId, sql`completed_at = ${at}`);
}

/** @returns whether it was open, or null when there is none */
export async function removeReminder(
  tx: Tx,
  of: { reminderId: string; userId: string },
  at: Date,
): Promise<{ wasOpen: boolean } | null> {
  const [row] = await tx.rows<{ completed: boolean }>(sql`
    update reminders set deleted_at = ${at}, note = ''
    where id = ${of.reminderId} and user_id = ${of.userId} and deleted_at is null
    returning completed_at is not null as completed`);
  return row ? { wasOpen: !row.completed } : null;
}

export async function removeCompleted(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx.rows(sql`
    update reminders set deleted_at = ${at}, note = ''
    where user_id = ${userId} and completed_at is not null and deleted_at is null`);
}

/** People with reminders whose time has come and of which they were not told. */
export async function findPeopleToRemind(tx: Tx, now: Date, count: number): Promise<string[]> {
  const rows = await tx.rows<{ user_id: string }>(sql`
    select user_id from reminders where due_at is null and ${open} and remind_at <= ${now}
    group by user_id order by min(remind_at), user_id limit ${count}`);
  return rows.map((row) => row.user_id);
}

/** Those that fall due for one person, by time. */
export async function markDue(tx: Tx, userId: string, now: Date): Promise<Reminder[]> {
  const rows = await tx.rows<ReminderRow>(sql`
    update reminders set due_at = ${now}
    where user_id = ${userId} and due_at is null and ${open} and remind_at <= ${now} returning ${columns}`);
  return rows.map(reminderView).toSorted((a, b) => a.remindAt - b.remindAt);
}
