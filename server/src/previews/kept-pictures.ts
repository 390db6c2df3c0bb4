import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** Keys of the pictures of cards in the file store, in order. @param after the last key of the page before */
export async function keptPictures(
  tx: Tx,
  after: string,
  count: number,
): Promise<{ key: string; hash: null }[]> {
  const rows = await tx.rows<{ key: string }>(sql`
    select picture_key as key from link_pages where picture_key collate "C" > ${after}
    order by picture_key collate "C" limit ${count}`);
  return rows.map(({ key }) => ({ key, hash: null }));
}
