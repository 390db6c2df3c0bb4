/** Small pictures, kept by the hash of their bytes: what a hash leads to never changes, so it can be cached for ever. */
import { createHash } from 'node:crypto';
import { limits } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql, type Sql } from '../kit/sql.ts';
import type { Images } from '../platform/images/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** A picture somebody sent, made small. Slow: not while a transaction is open. */
export interface SmallPicture {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/**
 * @param base64 PNG, JPEG, WebP or GIF
 * @param sidePx of the square it becomes
 * @throws Refusal unusable_picture, too_large
 */
export async function makeSmall(
  images: Images,
  picture: { base64: string; sidePx: number },
): Promise<SmallPicture> {
  const sent = Buffer.from(picture.base64, 'base64');
  if (sent.length > limits.pictureBytesMax) throw new Refusal('too_large', { limit: limits.pictureBytesMax });
  const bytes = await images.toSquare(sent, picture.sidePx);
  if (bytes === null) throw new Refusal('unusable_picture');
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
}

/** Kept again, a picture is as new: it is not removed while whoever keeps it has not yet said what for. */
export async function keepImage(tx: Tx, picture: SmallPicture, at: Date): Promise<void> {
  await tx.rows(sql`
    insert into images (hash, bytes, created_at) values (${picture.hash}, ${Buffer.from(picture.bytes)}, ${at})
    on conflict (hash) do update set created_at = greatest(images.created_at, excluded.created_at)`);
}

/** WebP bytes, or null. The hash may be any text. */
export async function findImage(tx: Tx, hash: string): Promise<Uint8Array | null> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return null;
  const [row] = await tx.rows<{ bytes: Buffer }>(sql`select bytes from images where hash = ${hash}`);
  return row?.bytes ?? null;
}

/**
 * Removes pictures that nobody shows any more and that are older than `before`.
 * @param shown further hashes in use, as a query of one column
 * @returns how many went; `limit` of them when there may be more
 */
export async function removeUnusedImages(
  tx: Tx,
  range: { before: Date; shown: Sql; limit: number },
): Promise<number> {
  const rows = await tx.rows<{ hash: string }>(sql`
    delete from images where created_at < ${range.before} and hash in (
      select hash from images i where created_at < ${range.before}
        and not exists (select 1 from users where picture = i.hash)
        and i.hash not in (${range.shown})
      limit ${range.limit}
    ) returning hash`);
  return rows.length;
}
