/** The doors of files: each asks in the statement that fetches, so that nothing is served to who has just left. */
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { fileColumns, fileTables } from './store.ts';
import type { FileRow } from './views.ts';

/**
 * May this person read the file? Whoever may read the room may, once a message has it; before, its uploader.
 * @throws Refusal not_found
 */
export async function forFile(tx: Tx, fileId: string, userId: string): Promise<FileRow> {
  const [row] = await tx.rows<FileRow>(sql`
    select ${fileColumns} from ${fileTables}
    join rooms r on r.id = f.room_id left join memberships m on m.room_id = r.id and m.user_id = ${userId}
    where f.id = ${fileId} and (m.user_id is not null or r.kind = 'public')
      and (f.user_id = ${userId}
        or f.content_hash is not null and exists (select 1 from attachments a where a.file_id = f.id))`);
  if (!row) throw new Refusal('not_found', { what: 'file' });
  return row;
}

/** May this person go on uploading it: is it theirs, and may they still post in its room? @throws Refusal not_found */
export async function forUpload(tx: Tx, fileId: string, userId: string): Promise<FileRow> {
  const [row] = await tx.rows<FileRow>(sql`
    select ${fileColumns} from ${fileTables}
    join rooms r on r.id = f.room_id join memberships m on m.room_id = r.id and m.user_id = f.user_id
    where f.id = ${fileId} and f.user_id = ${userId} and r.archived_at is null
      and (r.posting = 'everyone' or m.role <> 'member')`);
  if (!row) throw new Refusal('not_found', { what: 'file' });
  return row;
}
