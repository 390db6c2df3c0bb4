import type { Cursor } from './cursor.ts';
import type { Edits } from './edits.ts';

/** Where things stand is said before the pixels; a longer table than this belongs to no photograph. */
const metaBytesMax = 4 * 1024 * 1024;
/** Of one picture: its main Exif and XMP, and those of its parts. */
const tellingItemsMax = 64;
/** All of these bytes together; more is no Exif and no XMP. */
const tellingBytesMax = 16 * 1024 * 1024;
const rdf = 'application/rdf+xml';

/** A box of ISO/IEC 14496-12: `from` and `to` bound what is inside of it, in bytes. */
interface Box {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

/**
 * HEIC and AVIF (ISO/IEC 23008-12): bytes of their Exif and XMP are put to zero where they stand, so that no offset moves.
 * How the picture is turned is a property of it and stays.
 */
export async function stripHeif(cursor: Cursor, edits: Edits, size: number): Promise<void> {
  for (;;) {
    const at = cursor.at();
    const head = await cursor.take(8);
    if (head.length < 8) return;
    const kind = head.subarray(4).toString('latin1');
    const length = head.readUInt32BE(0);
    if (length === 1) {
      // The length itself takes eight bytes.
      const long = await cursor.take(8);
      if (long.length < 8) return;
      await cursor.skip(Math.max(0, Number(long.readBigUInt64BE(0)) - 16));
    } else if (length < 8) return;
    else if (kind === 'meta') {
      const meta = await cursor.take(Math.min(length - 8, metaBytesMax));
      for (const { from, to } of apart(tellingRanges(meta, at + 8), size))
        edits.replace(from, to - from, Buffer.alloc(to - from));
      return;
    } else await cursor.skip(length - 8);
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** In order, within the file, none over another, and not too much of it. */
function apart(ranges: readonly Range[], size: number): Range[] {
  const found: Range[] = [];
  let end = 0;
  let left = tellingBytesMax;
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const from = Math.max(end, range.from);
    const to = Math.min(size, range.to, from + left);
    if (from >= to) continue;
    found.push({ from, to });
    left -= to - from;
    end = to;
  }
  return found;
}

/** `metaAt` is where `meta` stands in the file. */
function tellingRanges(meta: Buffer, metaAt: number): Range[] {
  try {
    // Version and flags come first.
    const boxes = boxesIn(meta, 4, meta.length);
    const [infos, places, inside] = ['iinf', 'iloc', 'idat'].map((kind) =>
      boxes.find((box) => box.kind === kind),
    );
    if (infos === undefined || places === undefined) return [];
    const ids = tellingItems(meta, infos);
    return rangesOf(meta, places, { ids, idatAt: inside === undefined ? null : metaAt + inside.from });
  } catch {
    // Lengths that point beyond the table: no viewer finds anything by it either.
    return [];
  }
}

function boxesIn(bytes: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const length = bytes.readUInt32BE(at);
    if (length < 8 || at + length > end) break;
    boxes.push({ kind: bytes.toString('latin1', at + 4, at + 8), from: at + 8, to: at + length });
    at += length;
  }
  return boxes;
}

/** Numbers of the items that are Exif or XMP. */
function tellingItems(meta: Buffer, infos: Box): Set<number> {
  const ids = new Set<number>();
  const isLong = meta.readUInt8(infos.from) > 0;
  for (const { kind, from, to } of boxesIn(meta, infos.from + (isLong ? 8 : 6), infos.to)) {
    const version = meta.readUInt8(from);
    if (kind !== 'infe' || version < 2 || ids.size >= tellingItemsMax) continue;
    const idBytes = version === 2 ? 2 : 4;
    const typeAt = from + 4 + idBytes + 2;
    const type = meta.toString('latin1', typeAt, typeAt + 4);
    if (type === 'Exif' || (type === 'mime' && meta.subarray(typeAt, to).includes(rdf)))
      ids.add(meta.readUIntBE(from + 4, idBytes));
  }
  return ids;
}

/** Extents of these items, by the table `iloc` (ISO/IEC 14496-12, 8.11.3). */
function rangesOf(
  meta: Buffer,
  places: Box,
  { ids, idatAt }: { ids: ReadonlySet<number>; idatAt: number | null },
): Range[] {
  let at = places.from;
  const number = (bytes: number): number => {
    const value =
      bytes === 0 ? 0 : bytes === 8 ? Number(meta.readBigUInt64BE(at)) : meta.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  const version = number(1);
  at += 3;
  const [sizes, more] = [number(1), number(1)];
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 4, sizes & 15, more >> 4];
  const indexBytes = version === 0 ? 0 : more & 15;
  if ([offsetBytes, lengthBytes, baseBytes, indexBytes].some((bytes) => ![0, 4, 8].includes(bytes)))
    return [];
  const ranges: Range[] = [];
  for (let items = number(version < 2 ? 2 : 4); items > 0; items -= 1) {
    const id = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 15;
    at += 2;
    const base = number(baseBytes);
    for (let extents = number(2); extents > 0; extents -= 1) {
      at += indexBytes;
      const [offset, length] = [number(offsetBytes), number(lengthBytes)];
      const start = method === 1 ? idatAt : method === 0 ? 0 : null;
      if (!ids.has(id) || start === null || ranges.length >= tellingItemsMax) continue;
      ranges.push({ from: start + base + offset, to: start + base + offset + length });
    }
  }
  return ranges;
}
