import type { Draft } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** Where a draft stands: a room, or a thread in it. */
export interface DraftPlace {
  readonly userId: string;
  readonly roomId: string;
  readonly threadId: string | null;
}

/** What one person has begun to write, in the order of rooms and threads. */
export async function findDrafts(tx: Tx, userId: string): Promise<Draft[]> {
  const rows = await tx.rows<{ room_id: string; thread_id: string; text: string; at: Date }>(sql`
    select room_id, thread_id, text, at from drafts where user_id = ${userId}
    order by room_id, thread_id limit ${limits.draftsMax}`);
  return rows.map((row) => ({
    roomId: row.room_id,
    threadId: row.thread_id === '0' ? null : row.thread_id,
    text: row.text,
    at: row.at.getTime(),
  }));
}

export async function findDraftText(tx: Tx, place: DraftPlace): Promise<string | null> {
  const [row] = await tx.rows<{ text: string }>(sql`
    select text from drafts
    where user_id = ${place.userId} and room_id = ${place.roomId} and thread_id = ${place.threadId ?? '0'}`);
  return row?.text ?? null;
}

export async function countDrafts(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    sql`select count(*)::int as count from drafts where user_id = ${userId}`,
  );
  return row?.count ?? 0;
}

/** An empty text forgets the draft. */
export async function putDraft(tx: Tx, place: DraftPlace, draft: { text: string; at: Date }): Promise<void> {
  const threadId = place.threadId ?? '0';
  if (draft.text === '') {
    await tx.rows(sql`
      delete from drafts where user_id = ${place.userId} and room_id = ${place.roomId} and thread_id = ${threadId}`);
  } else {
    await tx.rows(sql`
      insert into drafts (user_id, room_id, thread_id, text, at)
      values (${place.userId}, ${place.roomId}, ${threadId}, ${draft.text}, ${draft.at})
      on conflict (user_id, room_id, thread_id) do update set text = excluded.text, at = excluded.at`);
  }
}
