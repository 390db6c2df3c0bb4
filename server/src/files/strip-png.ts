import { crc32 } from 'node:zlib';
import type { Cursor } from './cursor.ts';
import type { Edits } from './edits.ts';
import { turnIn, turnOnly } from './turn.ts';

/**
 * What of a PNG (W3C PNG, third edition, 11) is picture: pixels, colours, movement. Everything else goes, also kinds that
 * nobody has heard of: eXIf, tEXt, zTXt, iTXt with XMP, tIME, and what programs keep for themselves.
 */
const kept: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(
    ' ',
  ),
);
const signatureBytes = 8;
/** Length, kind and checksum. */
const aroundBytes = 12;
/** Of Exif that is looked into for how the picture is turned, which stands at its beginning. */
const exifBytesMax = 64 * 1024;

/** Chunk by chunk; where no chunk can begin, what follows is left as it is, since no viewer reads on there. */
export async function stripPng(cursor: Cursor, edits: Edits): Promise<void> {
  await cursor.skip(signatureBytes);
  for (;;) {
    const at = cursor.at();
    const head = await cursor.take(8);
    const kind = head.subarray(4).toString('latin1');
    if (!/^[A-Za-z]{4}$/.test(kind)) return;
    // A length beyond the end takes what there is.
    const length = head.readUInt32BE(0);
    if (kind === 'eXIf') {
      const exif = await cursor.take(Math.min(length, exifBytesMax));
      await cursor.skip(length - exif.length + 4);
      const turn = turnIn(exif);
      if (turn !== null && turn > 1) edits.replace(at, length + aroundBytes, exifChunk(turn));
      else edits.cut(at, length + aroundBytes);
      continue;
    }
    await cursor.skip(length + 4);
    if (!kept.has(kind)) edits.cut(at, length + aroundBytes);
    if (kind === 'IEND') break;
  }
  edits.cut(cursor.at(), Infinity);
}

function exifChunk(turn: number): Buffer {
  const tiff = turnOnly(turn);
  const body = Buffer.concat([Buffer.from('eXIf', 'latin1'), tiff]);
  const chunk = Buffer.alloc(tiff.length + aroundBytes);
  chunk.writeUInt32BE(tiff.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  return chunk;
}
