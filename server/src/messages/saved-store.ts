import type { Message } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { nothing, sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { visibleTo } from './doors.ts';
import { messageColumns, messageTables } from './store.ts';
import { messageView, type MessageRow } from './views.ts';

/** Ids of what this person keeps, newest first; also of what they can no longer see. */
export async function findSavedIds(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.rows<{ message_id: string }>(sql`
    select message_id from saved_messages where user_id = ${userId}
    order by saved_at desc, message_id desc limit ${limits.savedMax}`);
  return rows.map((row) => row.message_id);
}

export async function isSaved(tx: Tx, userId: string, messageId: string): Promise<boolean> {
  const rows = await tx.rows(
    sql`select 1 from saved_messages where user_id = ${userId} and message_id = ${messageId}`,
  );
  return rows.length > 0;
}

export async function countSaved(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from saved_messages where user_id = ${userId}`,
  );
  return row?.count ?? 0;
}

/**
 * Keeps a message as the newest of this person's, whose stream the caller has locked: nodes' clocks differ and two may
 * be kept in one millisecond, but the list has the order of the events.
 * @returns since when it is kept, in milliseconds: `at`, or just after the newest one.
 */
export async function insertSaved(
  tx: Tx,
  saved: { userId: string; messageId: string; at: Date },
): Promise<number> {
  const [row] = await tx.rows<{ saved_at: Date }>(sql`
    insert into saved_messages (user_id, message_id, saved_at)
    select ${saved.userId}::bigint, ${saved.messageId}::bigint,
      greatest(${saved.at}::timestamptz, max(saved_at) + interval '1 millisecond')
    from saved_messages where user_id = ${saved.userId}::bigint
    returning saved_at`);
  return row?.saved_at.getTime() ?? saved.at.getTime();
}

/** @returns false when it was not saved */
export async function deleteSaved(tx: Tx, userId: string, messageId: string): Promise<boolean> {
  const rows = await tx.rows(
    sql`delete from saved_messages where user_id = ${userId} and message_id = ${messageId} returning 1 as gone`,
  );
  return rows.length > 0;
}

/** Of the saved messages those in rooms this person may read now, newest first. */
export async function listSaved(
  tx: Tx,
  userId: string,
  page: { after: { savedAt: Date; messageId: string } | null; count: number },
): Promise<{ message: Message; savedAt: number }[]> {
  const { after } = page;
  const beyond =
    after === null ? nothing : sql`and (v.saved_at, v.message_id) < (${after.savedAt}, ${after.messageId})`;
  const rows = await tx.rows<MessageRow & { saved_at: Date }>(sql`
    select ${messageColumns}, v.saved_at from saved_messages v join ${messageTables} on true
    where v.user_id = ${userId} and g.id = v.message_id and ${visibleTo(userId)} ${beyond}
    order by v.saved_at desc, v.message_id desc limit ${page.count}`);
  return rows.map((row) => ({ message: messageView(row), savedAt: row.saved_at.getTime() }));
}
