import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** Something in the file store that the database refers to. */
export interface KeptObject {
  readonly key: string;
  /** SHA-256 of its bytes (base64url), where it is known. */
  readonly hash: string | null;
}

/** Files, their small pictures, and pieces of uploads on their way, by key. @param after the last key of the page before */
export async function keptObjects(tx: Tx, after: string, count: number): Promise<KeptObject[]> {
  return tx.rows<{ key: string; hash: string | null }>(sql`
    select key, hash from (
      select key, hash from contents where scan is distinct from 'infected'
      union all select thumbnail_key, null from contents where thumbnail_key is not null
      union all select key, null from file_pieces
    ) o where key collate "C" > ${after} order by key collate "C" limit ${count}`);
}
