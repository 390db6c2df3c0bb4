import type { Message } from '@confab/protocol';
import { sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { messageView, type MessageRow } from './views.ts';

/** Columns of a `MessageRow`; goes with `messageTables`. */
export const messageColumns = sql`g.id, g.room_id, g.seq, g.ordinal, g.author_id, g.client_id, g.at, g.text, g.mentions,
  g.thread_id, g.thread_ordinal, g.quote_id, g.version, g.edited_at, g.deleted_at, g.pinned_at,
  (select json_agg(json_build_object('emoji', e.emoji, 'userIds', e.user_ids) order by e.first_id) from (
     select emoji, min(id) as first_id, json_agg(user_id::text order by id) as user_ids
     from reactions where message_id = g.id group by emoji) e) as reactions,
  t.replies, t.ordinal as thread_head, t.last_at as thread_last_at, t.faces`;
export const messageTables = sql`messages g left join threads t on t.id = g.id`;

/** Messages that fulfil a condition on `g`, in the order given (`order by …`, may include a limit). */
export async function findMessages(tx: Tx, condition: Sql, order: Sql): Promise<Message[]> {
  const rows = await tx.rows<MessageRow>(
    sql`select ${messageColumns} from ${messageTables} where ${condition} ${order}`,
  );
  return rows.map(messageView);
}

/** Which room a message is in: never changes. Says nothing about who may see it. */
export async function roomOfMessage(tx: Tx, messageId: string): Promise<string | null> {
  const [row] = await tx.rows<{ room_id: string }>(sql`select room_id from messages where id = ${messageId}`);
  return row?.room_id ?? null;
}
