/**
 * The doors of messages: whoever may read the room may read the message. A message one may not see and none at all look
 * the same. Which room a message is in never changes, so it may be asked before the room is locked.
 */
import type { Message } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { findMessages } from './store.ts';

/** As a condition on a message `g`: this person may read its room. */
export function visibleTo(userId: string): Sql {
  return sql`exists (
    select 1 from rooms r left join memberships m on m.room_id = r.id and m.user_id = ${userId}
    where r.id = g.room_id and (m.user_id is not null or r.kind = 'public'))`;
}

/** May this person see the message? Deleted ones are seen as tombstones. @throws Refusal not_found */
export async function forMessage(tx: Tx, messageId: string, userId: string): Promise<Message> {
  const [message] = await findMessages(tx, sql`g.id = ${messageId} and ${visibleTo(userId)}`, sql``);
  if (!message) throw new Refusal('not_found', { what: 'message' });
  return message;
}

/** Those of these messages that the person may see, deleted ones as tombstones. */
export function findVisible(tx: Tx, ids: readonly string[], userId: string): Promise<Message[]> {
  return findMessages(tx, sql`g.id = any(${ids}::bigint[]) and ${visibleTo(userId)}`, sql`order by g.id`);
}

/** In which room is this message, if the person may see it? @throws Refusal not_found */
export async function roomOfVisible(tx: Tx, messageId: string, userId: string): Promise<string> {
  const [row] = await tx.rows<{ room_id: string }>(
    sql`select g.room_id from messages g where g.id = ${messageId} and ${visibleTo(userId)}`,
  );
  if (!row) throw new Refusal('not_found', { what: 'message' });
  return row.room_id;
}

/** A message that is still there, under its room's lock. @throws Refusal not_found also for tombstones */
export async function forChanging(tx: Tx, messageId: string): Promise<Message> {
  const [message] = await findMessages(tx, sql`g.id = ${messageId} and g.deleted_at is null`, sql``);
  if (!message) throw new Refusal('not_found', { what: 'message' });
  return message;
}
