import { sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { FileRow, Scan } from './views.ts';

/** Columns of a `FileRow`; goes with `fileTables`. */
export const fileColumns = sql`f.id, f.room_id, f.user_id, f.name, f.size, f.received, f.content_hash,
  c.key as content_key, c.size as content_size, c.type, c.width, c.height, c.thumbnail_key, c.scan, c.finding`;
export const fileTables = sql`files f left join contents c on c.hash = f.content_hash`;

/** The files of a message `g` as JSON, null for none: woven into whatever reads messages. */
export const attachedFiles: Sql = sql`(
  select json_agg(json_strip_nulls(json_build_object('id', f.id::text, 'roomId', f.room_id::text, 'name', f.name,
    'type', c.type, 'size', c.size, 'width', c.width, 'height', c.height,
    'hasThumbnail', c.thumbnail_key is not null, 'check', nullif(c.scan, 'clean'), 'finding', c.finding)) order by a.place)
  from attachments a join files f on f.id = a.file_id join contents c on c.hash = f.content_hash
  where a.message_id = g.id)`;

export async function findByClientId(tx: Tx, userId: string, clientId: string): Promise<FileRow | null> {
  const [row] = await tx.rows<FileRow>(sql`
    select ${fileColumns} from ${fileTables} where f.user_id = ${userId} and f.client_id = ${clientId}`);
  return row ?? null;
}

/** One beginning at a time per person, so that what they have is counted right. */
export async function lockUploads(tx: Tx, userId: string): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`files of ${userId}`}, 0))`);
}

export async function countUploads(tx: Tx, userId: string): Promise<{ open: number; bytes: number }> {
  const [row] = await tx.rows<{ open: number; bytes: string }>(sql`
    select count(*) filter (where content_hash is null)::int as open, coalesce(sum(size), 0)::bigint as bytes
    from files where user_id = ${userId}`);
  return { open: row?.open ?? 0, bytes: Number(row?.bytes ?? 0) };
}

export async function insertFile(
  tx: Tx,
  made: {
    roomId: string;
    userId: string;
    clientId: string;
    name: string;
    size: number;
    at: Date;
    dueAt: Date;
  },
): Promise<string> {
  const [row] = await tx.rows<{ id: string }>(sql`
    insert into files (id, room_id, user_id, client_id, name, size, created_at, due_at)
    values (nextval('ids'), ${made.roomId}, ${made.userId}, ${made.clientId}, ${made.name}, ${made.size}, ${made.at},
      ${made.dueAt})
    returning id`);
  if (!row) throw new Error('nothing was inserted');
  return row.id;
}

/** Enters a key before it is written. */
export async function doom(tx: Tx, key: string, dueAt: Date): Promise<void> {
  await tx.rows(sql`
    insert into doomed_objects (key, due_at) values (${key}, ${dueAt})
    on conflict (key) do update set due_at = excluded.due_at`);
}

export async function spare(tx: Tx, keys: readonly string[]): Promise<void> {
  await tx.rows(sql`delete from doomed_objects where key = any(${keys}::text[])`);
}

/** Counts a piece in that was written. @returns false when another came before it. */
export async function addPiece(
  tx: Tx,
  piece: { fileId: string; offset: number; size: number; key: string },
  dueAt: Date,
): Promise<boolean> {
  const { fileId, offset, size, key } = piece;
  const [row] = await tx.rows<{ id: string }>(sql`
    update files set received = received + ${size}, due_at = ${dueAt}
    where id = ${fileId} and received = ${offset} and content_hash is null returning id`);
  if (!row) return false;
  await tx.rows(sql`
    insert into file_pieces (file_id, from_byte, size, key) values (${fileId}, ${offset}, ${size}, ${key})`);
  await spare(tx, [key]);
  return true;
}

/** In order. */
export async function findPieces(tx: Tx, fileId: string): Promise<{ key: string; size: number }[]> {
  const rows = await tx.rows<{ key: string; size: string }>(
    sql`select key, size from file_pieces where file_id = ${fileId} order by from_byte`,
  );
  return rows.map(({ key, size }) => ({ key, size: Number(size) }));
}

export interface NewContent {
  readonly hash: string;
  readonly key: string;
  readonly size: number;
  readonly type: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnailKey: string | null;
  readonly text: string | null;
  /** There is nothing more to find out about it with programs that come later. */
  readonly isLookedAt: boolean;
  /** Nothing of it is served before the virus scanner has answered. */
  readonly isChecked: boolean;
}

/**
 * Gives a file its content: the same that is kept already, or this one. What is kept twice then goes, and the pieces.
 * The content's row is locked first, and by who removes contents, too: none goes while a file gets it.
 * Bytes that were taken away are kept again and asked of anew: a scanner may have been wrong.
 */
export async function settleContent(
  tx: Tx,
  fileId: string,
  made: NewContent,
  at: { now: Date; dueAt: Date },
): Promise<void> {
  const [gone] = await tx.rows(
    sql`delete from contents where hash = ${made.hash} and scan = 'infected' returning hash`,
  );
  const changedAt = gone ? at.now : null;
  const scan: Scan | null = made.isChecked ? 'waiting' : null;
  const lookDueAt = made.isLookedAt ? null : at.now;
  const [kept] = await tx.rows<{ key: string }>(sql`
    insert into contents (hash, key, size, type, width, height, thumbnail_key, scan, scan_due_at, look_due_at,
      changed_at, tell_due_at)
    values (${made.hash}, ${made.key}, ${made.size}, ${made.type}, ${made.width}, ${made.height}, ${made.thumbnailKey},
      ${scan}, ${at.now}, ${lookDueAt}, ${changedAt}, ${changedAt})
    on conflict (hash) do update set size = contents.size returning key`);
  if (made.text !== null)
    await tx.rows(sql`
      insert into content_texts (hash, text) values (${made.hash}, ${made.text}) on conflict (hash) do nothing`);
  await tx.rows(sql`
    update files set content_hash = ${made.hash}, due_at = ${at.dueAt} where id = ${fileId} and content_hash is null`);
  const keys = [made.key, ...(made.thumbnailKey === null ? [] : [made.thumbnailKey])];
  if (kept?.key === made.key) await spare(tx, keys);
  else for (const key of keys) await doom(tx, key, at.now);
  await doomPieces(tx, [fileId], at.now);
}

export async function doomPieces(tx: Tx, fileIds: readonly string[], now: Date): Promise<void> {
  await tx.rows(sql`
    with gone as (delete from file_pieces where file_id = any(${fileIds}::bigint[]) returning key)
    insert into doomed_objects (key, due_at) select key, ${now}::timestamptz from gone
    on conflict (key) do update set due_at = excluded.due_at`);
}

/** What stands in these files, by their ids; nothing for those without text, or that are not served. */
export async function findTexts(tx: Tx, fileIds: readonly string[]): Promise<Map<string, string>> {
  if (fileIds.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; text: string }>(sql`
    select f.id, t.text from files f join content_texts t on t.hash = f.content_hash join contents c on c.hash = t.hash
    where f.id = any(${fileIds}::bigint[]) and (c.scan is null or c.scan = 'clean')`);
  return new Map(rows.map(({ id, text }) => [id, text]));
}
