import { createHash, type Hash } from 'node:crypto';
import { limits, type FileInfo } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Objects } from '../platform/objects/index.ts';
import type { FileDeps } from './deps.ts';
import { forUpload } from './doors.ts';
import { edited, growth } from './edits.ts';
import { isLookedAt, lookAt } from './look-at.ts';
import { readText } from './read-text.ts';
import { readWhole } from './read-whole.ts';
import { headBytes, sniff } from './sniff.ts';
import { doom, findPieces, settleContent, type NewContent } from './store.ts';
import { placeIn } from './strip-place.ts';
import { fileView, type FileRow } from './views.ts';

/**
 * Makes one object of the pieces, finds out what it is, and gives it to the file; equal bytes are kept once. Can be done
 * again after whatever ended it, and by two at once: each writes an object of its own, and the first to end counts.
 */
export async function finishFile(
  deps: FileDeps,
  caller: Caller,
  fileId: string,
): Promise<{ file: FileInfo }> {
  const found = await forUpload(deps.database, fileId, caller.userId);
  const known = fileView(found);
  if (known) return { file: known };
  if (found.received !== found.size) throw new Refusal('conflict', { offset: Number(found.received) });
  try {
    return { file: await makeContent(deps, caller, found) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // Another call may have ended it meanwhile and taken the pieces away.
    const file = fileView(await forUpload(deps.database, fileId, caller.userId));
    if (file) return { file };
    throw error;
  }
}

async function makeContent(deps: FileDeps, caller: Caller, found: FileRow): Promise<FileInfo> {
  const { database, clock, random } = deps;
  const fileId = found.id;
  const loose = new Date(clock.now() + limits.fileLooseMs);
  const own = `${fileId}-${random.id()}`;
  const [key, thumbnailKey] = [`files/${own}`, `thumbnails/${own}`];
  for (const one of [key, thumbnailKey]) await doom(database, one, loose);
  const made = await joinPieces(deps, fileId, Number(found.size), key);
  const picture = await lookAt(deps, made, thumbnailKey);
  const text = await readText(deps, { ...made, read: () => readWhole(deps.objects, key) });
  return database.write(async (tx) => {
    // The row was removed, or the person has left the room, while it was looked at.
    await forUpload(tx, fileId, caller.userId);
    await settleContent(
      tx,
      fileId,
      {
        ...made,
        ...picture,
        text,
        isLookedAt: isLookedAt(deps, made.type),
        isChecked: deps.scanner !== undefined,
      },
      { now: new Date(clock.now()), dueAt: loose },
    );
    const file = fileView(await forUpload(tx, fileId, caller.userId));
    if (!file) throw new Error('a finished file has no content');
    return file;
  });
}

async function joinPieces(
  { database, objects }: FileDeps,
  fileId: string,
  announced: number,
  key: string,
): Promise<Pick<NewContent, 'hash' | 'key' | 'size' | 'type'>> {
  const pieces = await findPieces(database, fileId);
  const read = (): AsyncIterable<Uint8Array> => readPieces(objects, pieces);
  const head = await headOf(read());
  const type = await sniff(head);
  const edits = await placeIn({ type, size: announced, head, read });
  const size = announced + growth(edits);
  const hash = createHash('sha256');
  await objects.put(key, hashed(edited(read(), edits), hash), size);
  return { hash: hash.digest('base64url'), key, size, type };
}

async function* readPieces(
  objects: Objects,
  pieces: readonly { readonly key: string }[],
): AsyncGenerator<Uint8Array> {
  for (const { key } of pieces) yield* readWhole(objects, key);
}

async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const head: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    head.push(piece);
    length += piece.length;
    if (length >= headBytes) break;
  }
  return Buffer.concat(head).subarray(0, headBytes);
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}
