import { limits, type Input, type Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { cutPage, parseCursor } from '../kit/cursor.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import { Fault } from '../platform/fault.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { forReading } from '../rooms/index.ts';
import { findUsers } from '../users/index.ts';
import type { FileDeps } from './deps.ts';
import { forFile } from './doors.ts';
import { mayShow } from './rules.ts';
import { fileColumns } from './store.ts';
import { fileView, type FileRow } from './views.ts';

/** Newest first; each as often as a message has it. */
export async function listFiles(
  database: Database,
  caller: Caller,
  input: Input<'file.list'>,
): Promise<Output<'file.list'>> {
  const { roomId, cursor, limit = limits.pageDefault } = input;
  const [messageId, place] = cursor === undefined ? [null, null] : parseCursor(cursor, ['number', 'number']);
  return database.read(async (tx) => {
    await forReading(tx, roomId, caller.userId);
    const found = await tx.rows<
      FileRow & { message_id: string; author_id: string; at: Date; place: number }
    >(sql`
      select ${fileColumns}, a.message_id, a.place, g.author_id, g.at
      from files f join attachments a on a.file_id = f.id join messages g on g.id = a.message_id
        join contents c on c.hash = f.content_hash
      where f.room_id = ${roomId}
        and (${messageId}::bigint is null or (a.message_id, -a.place) < (${messageId}::bigint, -${place}::int))
      order by a.message_id desc, a.place limit ${limit + 1}`);
    const { rows, next } = cutPage(found, limit, (row) => [row.message_id, String(row.place)]);
    const files = rows.flatMap((row) => {
      const file = fileView(row);
      return file ? [{ file, messageId: row.message_id, authorId: row.author_id, at: row.at.getTime() }] : [];
    });
    return {
      files,
      users: await findUsers(
        tx,
        files.map((one) => one.authorId),
      ),
      next,
    };
  });
}

export interface OpenFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Of its bytes. */
  readonly hash: string;
  /** A browser may show it where it stands. */
  readonly shown: boolean;
  read(range?: { from: number; to: number }): Promise<AsyncIterable<Uint8Array>>;
}

/** Bytes of a file, for who may see it. @throws Refusal not_found, withheld; Fault */
export async function openFile(deps: FileDeps, caller: Caller, fileId: string): Promise<OpenFile> {
  const row = await forFile(deps.database, fileId, caller.userId);
  const { content_key: key, content_hash: hash, type, width } = row;
  if (key === null || hash === null || type === null) throw new Refusal('not_found', { what: 'file' });
  refuseWithheld(row);
  const read = reader(deps, key);
  return {
    name: row.name,
    type,
    size: Number(row.content_size),
    hash,
    shown: mayShow({ type, width }),
    read,
  };
}

/** The same of its thumbnail; its size is not known. */
export async function openThumbnail(
  deps: FileDeps,
  caller: Caller,
  fileId: string,
): Promise<Pick<OpenFile, 'hash' | 'read'>> {
  const row = await forFile(deps.database, fileId, caller.userId);
  const { thumbnail_key: key, content_hash: hash } = row;
  refuseWithheld(row);
  if (key === null || hash === null) throw new Refusal('not_found', { what: 'thumbnail' });
  return { hash, read: reader(deps, key) };
}

function refuseWithheld({ scan }: FileRow): void {
  if (scan !== null && scan !== 'clean') throw new Refusal('withheld', { check: scan });
}

function reader({ objects }: FileDeps, key: string): OpenFile['read'] {
  return async (range) => {
    const read = await objects.read(key, range);
    if (read === null)
      throw new Fault('the file store has lost an object', { part: 'files', retryable: false });
    return read;
  };
}

/** Of these, the finished ones of this person in this room, in this order. */
export async function findSendable(
  tx: Tx,
  ids: readonly string[],
  of: { userId: string; roomId: string },
): Promise<NonNullable<ReturnType<typeof fileView>>[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<FileRow>(sql`
    select ${fileColumns} from files f join contents c on c.hash = f.content_hash
    where f.id = any(${ids}::bigint[]) and f.user_id = ${of.userId} and f.room_id = ${of.roomId}`);
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    return (row && fileView(row)) ?? [];
  });
}
