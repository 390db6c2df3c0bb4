import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import { visibleTo } from '../messages/index.ts';
import type { PreviewDeps } from './deps.ts';

export interface OpenPicture {
  /** Another for every other picture. */
  readonly tag: string;
  /** WebP. */
  read(): Promise<AsyncIterable<Uint8Array>>;
}

/** The picture of a card that a message has, for who may see the message. @throws Refusal not_found; Fault */
export async function openPicture(
  { database, objects }: Pick<PreviewDeps, 'database' | 'objects'>,
  caller: Caller,
  { messageId, previewId }: { messageId: string; previewId: string },
): Promise<OpenPicture> {
  const [row] = await database.rows<{ picture_key: string | null }>(sql`
    select p.picture_key from messages g join message_previews v on v.message_id = g.id
      join link_pages p on p.id = ${previewId} and v.page_ids @> array[p.id]
    where g.id = ${messageId} and g.deleted_at is null and ${visibleTo(caller.userId)}`);
  const key = row?.picture_key ?? null;
  if (key === null) throw new Refusal('not_found', { what: 'picture' });
  return {
    tag: key.replace('previews/', ''),
    async read() {
      const bytes = await objects.read(key);
      // One that was replaced in this moment is gone, and no fault.
      if (bytes === null) throw new Refusal('not_found', { what: 'picture' });
      return bytes;
    },
  };
}
