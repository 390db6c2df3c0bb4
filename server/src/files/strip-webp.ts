import type { Cursor } from './cursor.ts';
import { growth, type Edits } from './edits.ts';
import { turnIn, turnOnly } from './turn.ts';

/** What of a WebP (RFC 9649, 2) is picture. EXIF, XMP and whatever else stands in it goes. */
const kept: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const pictureKinds: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L']);
const xmpFlag = 0x04;
const exifFlag = 0x08;
const exifBytesMax = 64 * 1024;
/** `RIFF`, how many bytes follow, `WEBP`. */
const headerBytes = 12;

/** @param size of the whole, in bytes: what the file says of itself may be a lie. */
export async function stripWebp(cursor: Cursor, edits: Edits, size: number): Promise<void> {
  const header = await cursor.take(headerBytes);
  // Both stand before what they tell of; they are filled in at the end.
  const sizeField = Buffer.from(header.subarray(4, 8));
  const flags = Buffer.alloc(1);
  edits.replace(4, 4, sizeField);
  let turned = false;
  for (let isFirst = true; cursor.at() < size; isFirst = false) {
    const at = cursor.at();
    const head = await cursor.take(8);
    const kind = head.subarray(0, 4).toString('latin1');
    if (isFirst && (head.length < 8 || !pictureKinds.has(kind))) return;
    // A length beyond the end takes what there is; an odd one is followed by a byte of filling.
    const length = head.length < 8 ? 0 : head.readUInt32LE(4);
    const padded = length + (length % 2);
    const exif = kind === 'EXIF' ? await cursor.take(Math.min(length, exifBytesMax)) : null;
    if (kind === 'VP8X' && isFirst) {
      const [had = 0] = await cursor.take(1);
      flags[0] = had & ~(exifFlag | xmpFlag);
      edits.replace(at + 8, 1, flags);
      await cursor.skip(padded - 1);
    } else await cursor.skip(padded - (exif?.length ?? 0));
    if (kept.has(kind)) continue;
    const turn = exif === null || turned ? null : turnIn(exif);
    if (turn === null || turn === 1) edits.cut(at, padded + 8);
    else {
      turned = true;
      edits.replace(at, padded + 8, exifChunk(turn));
      flags[0] = (flags[0] ?? 0) | exifFlag;
    }
  }
  const grown = growth(edits.all());
  if (grown !== 0) sizeField.writeUInt32LE(size + grown - 8);
}

function exifChunk(turn: number): Buffer {
  const tiff = turnOnly(turn);
  const head = Buffer.alloc(8);
  head.write('EXIF', 'latin1');
  head.writeUInt32LE(tiff.length, 4);
  return Buffer.concat([head, tiff]);
}
