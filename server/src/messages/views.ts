import type { FileInfo, Mentions, Message, Preview, Reaction, ThreadSummary } from '@confab/protocol';

export interface MessageRow {
  id: string;
  room_id: string;
  seq: string;
  ordinal: string | null;
  author_id: string;
  client_id: string;
  at: Date;
  text: string;
  mentions: Mentions | null;
  thread_id: string | null;
  thread_ordinal: string | null;
  quote_id: string | null;
  version: number;
  edited_at: Date | null;
  deleted_at: Date | null;
  pinned_at: Date | null;
  /** Built in SQL, in the order of the first reaction with each emoji. */
  reactions: Reaction[] | null;
  replies: number | null;
  thread_head: string | null;
  thread_last_at: Date | null;
  faces: string[] | null;
  /** Built in SQL, in their order. */
  files: FileInfo[] | null;
  /** As they stand in their row. */
  previews: Preview[] | null;
}

export const noMentions: Mentions = { users: {}, rooms: {}, all: false, here: false };

const ordinalOf = (value: string | null): number | null => (value === null ? null : Number(value));

export function messageView(row: MessageRow): Message {
  return {
    id: row.id,
    roomId: row.room_id,
    seq: Number(row.seq),
    ordinal: ordinalOf(row.ordinal),
    authorId: row.author_id,
    clientId: row.client_id,
    at: row.at.getTime(),
    text: row.text,
    mentions: row.mentions ?? noMentions,
    threadId: row.thread_id,
    threadOrdinal: ordinalOf(row.thread_ordinal),
    quoteId: row.quote_id,
    version: row.version,
    editedAt: row.edited_at?.getTime() ?? null,
    deletedAt: row.deleted_at?.getTime() ?? null,
    pinnedAt: row.pinned_at?.getTime() ?? null,
    reactions: row.reactions ?? [],
    thread: threadView(row),
    ...(row.files === null ? {} : { files: row.files }),
    ...(row.previews === null || row.previews.length === 0 ? {} : { previews: row.previews }),
  };
}

function threadView(row: MessageRow): ThreadSummary | null {
  if (row.replies === null || row.thread_head === null || row.thread_last_at === null) return null;
  return {
    replies: row.replies,
    ordinal: Number(row.thread_head),
    lastAt: row.thread_last_at.getTime(),
    faces: row.faces ?? [],
  };
}
