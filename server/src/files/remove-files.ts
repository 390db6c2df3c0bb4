import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { FileDeps } from './deps.ts';
import { forFile } from './doors.ts';
import { doomPieces } from './store.ts';

const batchMax = 100;

/** Its uploader gives up a file that no message has. Gone already is done. */
export async function deleteFile(
  deps: FileDeps,
  caller: Caller,
  fileId: string,
): Promise<Record<string, never>> {
  const now = new Date(deps.clock.now());
  const row = await forFile(deps.database, fileId, caller.userId);
  if (row.user_id !== caller.userId) throw new Refusal('forbidden', { needs: 'uploader' });
  await deps.database.write(async (tx) => {
    const [gone] = await tx.rows<{ id: string; content_hash: string | null }>(sql`
      delete from files f where f.id = ${fileId} and f.due_at is not null
        and not exists (select 1 from attachments a where a.file_id = f.id) returning id, content_hash`);
    if (!gone) throw new Refusal('forbidden', { needs: 'a file that no message has' });
    await removeRest(tx, [gone], now);
  });
  return {};
}

/** A message is gone, and what it had with it, unless another has it too. Under the lock of its room's stream. */
export async function detachFiles(tx: Tx, messageId: string, now: Date): Promise<void> {
  await tx.rows(sql`
    with gone as (delete from attachments where message_id = ${messageId} returning file_id)
    update files f set due_at = ${now} where f.id in (select file_id from gone)
      and not exists (select 1 from attachments a where a.file_id = f.id and a.message_id <> ${messageId})`);
}

/**
 * Removes files that no message has when their time has come, contents that no file has, and the objects of both. Any
 * number of nodes may do it at once: a row is removed by one of them, and an object may be deleted twice.
 */
export async function removeDue(deps: Pick<FileDeps, 'database' | 'clock' | 'objects'>): Promise<void> {
  const now = new Date(deps.clock.now());
  for (let count = batchMax; count === batchMax;) {
    count = await deps.database.write(async (tx) => {
      const gone = await tx.rows<{ id: string; content_hash: string | null }>(sql`
        delete from files f where f.id in (
            select x.id from files x where x.due_at <= ${now}
              and not exists (select 1 from attachments a where a.file_id = x.id)
            order by x.due_at limit ${batchMax} for update skip locked)
          and f.due_at <= ${now}
        returning id, content_hash`);
      await removeRest(tx, gone, now);
      return gone.length;
    });
  }
  await deleteObjects(deps, now);
}

async function removeRest(
  tx: Tx,
  gone: readonly { id: string; content_hash: string | null }[],
  now: Date,
): Promise<void> {
  if (gone.length === 0) return;
  await doomPieces(
    tx,
    gone.map(({ id }) => id),
    now,
  );
  const hashes = gone.flatMap(({ content_hash: hash }) => hash ?? []);
  // Locked before it is asked who has them, so that nobody gets one meanwhile.
  await tx.rows(sql`select 1 from contents where hash = any(${hashes}::text[]) order by hash for update`);
  await tx.rows(sql`
    with gone as (
      delete from contents c where c.hash = any(${hashes}::text[])
        and not exists (select 1 from files f where f.content_hash = c.hash)
      returning key, thumbnail_key
    )
    insert into doomed_objects (key, due_at)
    select x.key, ${now}::timestamptz from gone cross join lateral (values (gone.key), (gone.thumbnail_key)) x(key)
    where x.key is not null
    on conflict (key) do update set due_at = excluded.due_at`);
}

async function deleteObjects(
  { database, objects }: Pick<FileDeps, 'database' | 'objects'>,
  now: Date,
): Promise<void> {
  for (let count = batchMax; count === batchMax;) {
    const due = await database.rows<{ key: string }>(
      sql`select key from doomed_objects where due_at <= ${now} order by due_at limit ${batchMax}`,
    );
    count = due.length;
    for (const { key } of due) {
      await objects.delete(key);
      await database.rows(sql`delete from doomed_objects where key = ${key} and due_at <= ${now}`);
    }
  }
}
