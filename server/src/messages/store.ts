import type { Mentions, Message } from '@confab/protocol';
import { attachedFiles, detachFiles } from '../files/index.ts';
import { sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { messageView, type MessageRow } from './views.ts';

/** Columns of a `MessageRow`; goes with `messageTables`. */
export const messageColumns = sql`g.id, g.room_id, g.seq, g.ordinal, g.author_id, g.client_id, g.at, g.text, g.mentions,
  g.thread_id, g.thread_ordinal, g.quote_id, g.version, g.edited_at, g.deleted_at, g.pinned_at,
  (select json_agg(json_build_object('emoji', e.emoji, 'userIds', e.user_ids) order by e.kind_id) from (
     select emoji, min(kind_id) as kind_id, json_agg(user_id::text order by id) as user_ids
     from reactions where message_id = g.id group by emoji) e) as reactions,
  t.replies, t.ordinal as thread_head, t.last_at as thread_last_at, t.faces, ${attachedFiles} as files,
  (select v.cards from message_previews v where v.message_id = g.id and g.deleted_at is null) as previews`;
export const messageTables = sql`messages g left join threads t on t.id = g.id`;

/** Messages that fulfil a condition on `g`, in the order given (`order by …`, may include a limit). */
export async function findMessages(tx: Tx, condition: Sql, order: Sql): Promise<Message[]> {
  const rows = await tx.rows<MessageRow>(
    sql`select ${messageColumns} from ${messageTables} where ${condition} ${order}`,
  );
  return rows.map(messageView);
}

/** The same by id, in no particular order; unknown ones are left out. Says nothing about who may see them. */
export async function findMessagesById(tx: Tx, ids: readonly string[]): Promise<Message[]> {
  if (ids.length === 0) return [];
  return findMessages(tx, sql`g.id = any(${[...new Set(ids)]}::bigint[])`, sql``);
}

/** Of a message only what was written. */
export type WrittenMessage = Pick<
  Message,
  'id' | 'roomId' | 'authorId' | 'at' | 'text' | 'threadId' | 'files'
>;

/** As `findMessages`, for whoever reads very many; without those that are deleted. */
export async function findWritten(tx: Tx, condition: Sql, order: Sql): Promise<WrittenMessage[]> {
  const rows = await tx.rows<
    Pick<MessageRow, 'id' | 'room_id' | 'author_id' | 'at' | 'text' | 'thread_id' | 'files'>
  >(sql`
    select g.id, g.room_id, g.author_id, g.at, g.text, g.thread_id, ${attachedFiles} as files
    from messages g where ${condition} and g.deleted_at is null ${order}`);
  return rows.map((row) => ({
    id: row.id,
    roomId: row.room_id,
    authorId: row.author_id,
    at: row.at.getTime(),
    text: row.text,
    threadId: row.thread_id,
    ...(row.files === null ? {} : { files: row.files }),
  }));
}

/** About how many there are, deleted ones too; counting takes long in an old house. Null where Postgres has not looked yet. */
export async function estimateMessages(tx: Tx): Promise<number | null> {
  const [row] = await tx.rows<{ count: string }>(
    sql`select reltuples::bigint as count from pg_class where oid = 'messages'::regclass`,
  );
  return row && Number(row.count) >= 0 ? Number(row.count) : null;
}

/** The first ordinal of a timeline written at this time or later; one more than the last where there is none. */
export async function ordinalAt(tx: Tx, roomId: string, at: Date): Promise<number> {
  // Times grow with ordinals, and ordinals have no holes: halving needs one index look-up per step.
  const [row] = await tx.rows<{ low: string }>(sql`
    with recursive search(low, high) as (
      select 1::bigint, ordinal + 1 from streams where id = ${roomId}
      union all
      select case when g.at < ${at} then x.middle + 1 else s.low end, case when g.at < ${at} then s.high else x.middle end
      from search s cross join lateral (select (s.low + s.high) / 2 as middle) x
        join messages g on g.room_id = ${roomId} and g.ordinal = x.middle
      where s.low < s.high
    )
    select low from search where low = high`);
  return Number(row?.low ?? 1);
}

/** The text that an edit replaced, and the number of the event that told of it. */
export async function keepEdit(tx: Tx, before: Message, seq: number): Promise<void> {
  const writtenAt = new Date(before.editedAt ?? before.at);
  await tx.rows(sql`
    insert into message_edits (message_id, version, text, at, seq)
    values (${before.id}, ${before.version}, ${before.text}, ${writtenAt}, ${seq})`);
}

export async function findEdits(
  tx: Tx,
  messageId: string,
): Promise<{ version: number; text: string; at: number }[]> {
  const rows = await tx.rows<{ version: number; text: string; at: Date }>(
    sql`select version, text, at from message_edits where message_id = ${messageId} order by version`,
  );
  return rows.map((row) => ({ version: row.version, text: row.text, at: row.at.getTime() }));
}

export async function updateText(
  tx: Tx,
  messageId: string,
  to: { text: string; mentions: Mentions | null; version: number; editedAt: Date },
): Promise<void> {
  const mentions = to.mentions === null ? null : JSON.stringify(to.mentions);
  await tx.rows(sql`
    update messages set text = ${to.text}, mentions = ${mentions}::json, version = ${to.version},
      edited_at = ${to.editedAt}
    where id = ${messageId}`);
}

export async function setPinned(tx: Tx, messageId: string, pinnedAt: Date | null): Promise<void> {
  await tx.rows(sql`update messages set pinned_at = ${pinnedAt} where id = ${messageId}`);
}

export async function countPins(tx: Tx, roomId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from messages where room_id = ${roomId} and pinned_at is not null`,
  );
  return row?.count ?? 0;
}

/**
 * Leaves a tombstone: place, author and thread stay, everything that was said is gone, from the log too. The events that
 * carried the text are emptied in place, so that nobody who reads the room from an earlier number sees it.
 */
export async function bury(tx: Tx, message: Message, to: { version: number; at: Date }): Promise<void> {
  await tx.rows(sql`
    update messages set text = '', mentions = null, version = ${to.version}, deleted_at = ${to.at}, pinned_at = null
    where id = ${message.id}`);
  const edits = await tx.rows<{ seq: string }>(
    sql`delete from message_edits where message_id = ${message.id} returning seq`,
  );
  const cards = await tx.rows<{ told: string }>(
    sql`with gone as (delete from message_previews where message_id = ${message.id} returning told)
      select unnest(told) as told from gone`,
  );
  const numbers = [message.seq, ...edits.map((row) => row.seq), ...cards.map((row) => row.told)];
  const gone = { text: '', mentions: { users: {}, rooms: {}, all: false, here: false } };
  const sent = { ...gone, deletedAt: to.at.getTime() };
  await tx.rows(sql`
    update events e set data = case e.name
      when 'message.sent' then jsonb_build_object('message', (e.data::jsonb -> 'message') - 'files' || ${JSON.stringify(sent)}::jsonb)
      when 'message.previewed' then e.data::jsonb || '{"previews": []}'::jsonb
      else e.data::jsonb || ${JSON.stringify(gone)}::jsonb end::json
    where e.stream_id = ${message.roomId} and e.seq = any(${numbers}::bigint[])
      and e.name in ('message.sent', 'message.edited', 'message.previewed')`);
  await detachFiles(tx, message.id, to.at);
  await tx.rows(sql`
    with unreacted as (delete from reactions where message_id = ${message.id})
    update threads set replies = replies - 1 where id = ${message.threadId}`);
}
