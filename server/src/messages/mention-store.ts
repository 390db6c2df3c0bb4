/** Who is mentioned where: a row per person, and one per message for everybody in the room. */
import type { Message } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

export async function findMentioned(tx: Tx, messageId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ user_id: string }>(
    sql`select user_id from mentions where message_id = ${messageId}`,
  );
  return new Set(rows.map((row) => row.user_id));
}

export async function insertMentions(tx: Tx, message: Message, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await tx.rows(sql`
    insert into mentions (user_id, message_id, room_id, ordinal, thread_id, thread_ordinal)
    select user_id, ${message.id}, ${message.roomId}, ${message.ordinal}, ${message.threadId}, ${message.threadOrdinal}
    from unnest(${userIds}::bigint[]) as user_id`);
}

export async function deleteMentions(tx: Tx, messageId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await tx.rows(
    sql`delete from mentions where message_id = ${messageId} and user_id = any(${userIds}::bigint[])`,
  );
}

/** A reply that is only in its thread calls nobody in the room. */
export async function setWideMention(tx: Tx, message: Message, kind: 'all' | 'here' | null): Promise<void> {
  if (message.ordinal === null) return;
  if (kind === null) {
    await tx.rows(
      sql`delete from room_mentions where room_id = ${message.roomId} and ordinal = ${message.ordinal}`,
    );
  } else {
    await tx.rows(sql`
      insert into room_mentions (room_id, ordinal, message_id, kind)
      values (${message.roomId}, ${message.ordinal}, ${message.id}, ${kind})
      on conflict (room_id, ordinal) do update set kind = excluded.kind`);
  }
}
