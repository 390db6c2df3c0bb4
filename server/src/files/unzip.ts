import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/** Signatures of a ZIP (APPNOTE 6.3, 4.3): local header, central directory, its end. */
const localHeader = 0x04034b50;
const directoryEntry = 0x02014b50;
const directoryEnd = 0x06054b50;
const endBytes = 22;
const commentBytesMax = 65_535;
const stored = 0;
const deflated = 8;
const entriesMax = 10_000;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly headerAt: number;
}

/**
 * The beginning of files in an archive, whatever it claims about them: never more than `bytesMax` of all together, as
 * they are unpacked. Nothing is written anywhere, and names are only compared. What is broken is left out.
 */
export async function* unzip(
  archive: Buffer,
  { wanted, bytesMax }: { wanted: RegExp; bytesMax: number },
): AsyncGenerator<Buffer> {
  let left = bytesMax;
  for (const entry of entriesIn(archive)) {
    if (!wanted.test(entry.name) || left <= 0) continue;
    const bytes = await unpacked(archive, entry, left);
    left -= bytes.length;
    yield bytes;
  }
}

function* entriesIn(archive: Buffer): Generator<ZipEntry> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < Math.max(0, archive.length - endBytes - commentBytesMax) || end + endBytes > archive.length)
    return;
  if (archive.readUInt32LE(end) !== directoryEnd) return;
  let at = archive.readUInt32LE(end + 16);
  for (let count = 0; count < entriesMax && at + 46 <= end; count += 1) {
    if (archive.readUInt32LE(at) !== directoryEntry) return;
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    yield {
      name: archive.toString('utf8', at + 46, nameEnd),
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
      headerAt: archive.readUInt32LE(at + 42),
    };
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

async function unpacked(archive: Buffer, entry: ZipEntry, bytesMax: number): Promise<Buffer> {
  const { method, packedBytes, headerAt } = entry;
  if (headerAt + 30 > archive.length || archive.readUInt32LE(headerAt) !== localHeader)
    return Buffer.alloc(0);
  const from = headerAt + 30 + archive.readUInt16LE(headerAt + 26) + archive.readUInt16LE(headerAt + 28);
  const packed = archive.subarray(from, from + packedBytes);
  if (method === stored) return packed.subarray(0, bytesMax);
  return method === deflated ? inflated(packed, bytesMax) : Buffer.alloc(0);
}

async function inflated(packed: Buffer, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  const unpacking = Readable.from([packed]).pipe(createInflateRaw());
  try {
    for await (const piece of unpacking as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.length;
      if (length >= bytesMax) break;
    }
  } catch {
    // Broken from here on.
  }
  return Buffer.concat(pieces).subarray(0, bytesMax);
}
