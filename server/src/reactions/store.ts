import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

export interface ReactionRow {
  readonly messageId: string;
  readonly emoji: string;
  readonly userId: string;
}

export async function insertReaction(tx: Tx, { messageId, emoji, userId }: ReactionRow): Promise<void> {
  await tx.rows(sql`
    insert into reactions (message_id, emoji, user_id, id, kind_id)
    select ${messageId}, ${emoji}, ${userId}, x.id, coalesce(
      (select kind_id from reactions where message_id = ${messageId} and emoji = ${emoji} limit 1), x.id)
    from nextval('ids') as x(id)`);
}

export async function deleteReaction(tx: Tx, { messageId, emoji, userId }: ReactionRow): Promise<void> {
  await tx.rows(
    sql`delete from reactions where message_id = ${messageId} and emoji = ${emoji} and user_id = ${userId}`,
  );
}
