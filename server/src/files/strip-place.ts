import { createCursor, type Cursor } from './cursor.ts';
import { createEdits, type Edit, type Edits } from './edits.ts';
import { stripHeif } from './strip-heif.ts';
import { strippedJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';
import { stripWebp } from './strip-webp.ts';

/** @param size of what the cursor reads, in bytes */
type Strip = (cursor: Cursor, edits: Edits, size: number) => Promise<void>;

/** Kinds of pictures whose container is read through. */
const strips: Readonly<Record<string, Strip>> = {
  'image/png': stripPng,
  'image/apng': stripPng,
  'image/webp': stripWebp,
  'image/heic': stripHeif,
  'image/heif': stripHeif,
  'image/heic-sequence': stripHeif,
  'image/heif-sequence': stripHeif,
  'image/avif': stripHeif,
};

/**
 * What has to become different in a picture so that it tells nothing of its maker: place, camera, names, remarks. Pixels,
 * colours and how it is turned stay what they are, byte by byte: nothing is encoded anew.
 * @param file its `type` as sniffed, its `size` and beginning, and a way to read it from the beginning
 */
export async function placeIn(file: {
  readonly type: string;
  readonly size: number;
  readonly head: Buffer;
  readonly read: () => AsyncIterable<Uint8Array>;
}): Promise<readonly Edit[]> {
  const { type, size, head } = file;
  if (type === 'image/jpeg') {
    const stripped = strippedJpeg(head);
    return stripped === null ? [] : [{ at: 0, removed: head.length, inserted: stripped }];
  }
  const strip = strips[type];
  if (strip === undefined) return [];
  const cursor = createCursor(file.read());
  const edits = createEdits(size);
  try {
    await strip(cursor, edits, size);
  } finally {
    await cursor.close();
  }
  return edits.all();
}
