/** Markers of a JPEG (ITU T.81, B.1.1.3). */
const startOfScan = 0xda;
const app1 = 0xe1;
const app2 = 0xe2;
const app13 = 0xed;
const comment = 0xfe;

/**
 * The beginning of a JPEG without what it tells of its maker: place, camera, names (Exif, XMP, IPTC, comments). How it is
 * turned is kept, and its colours. Null when it cannot be read, or the picture does not begin within it.
 */
export function withoutPlace(head: Buffer): Buffer | null {
  if (head[0] !== 0xff || head[1] !== 0xd8) return null;
  const kept: Buffer[] = [head.subarray(0, 2)];
  let turn: number | null = null;
  for (let at = 2; at + 4 <= head.length;) {
    const marker = head[at + 1] ?? 0;
    if (head[at] !== 0xff || marker < 0xc0) return null;
    if (marker === startOfScan) {
      if (turn !== null && turn > 1) kept.splice(1, 0, orientation(turn));
      return Buffer.concat([...kept, head.subarray(at)]);
    }
    const end = at + 2 + head.readUInt16BE(at + 2);
    if (end > head.length) return null;
    const segment = head.subarray(at, end);
    if (marker === app1) turn ??= turnIn(segment);
    else if (!tells(marker, segment)) kept.push(segment);
    at = end;
  }
  return null;
}

/** APP2 holds the colour profile, or where further pictures begin, which would be wrong from now on. */
function tells(marker: number, segment: Buffer): boolean {
  if (marker === app2) return segment.subarray(4, 15).toString('latin1') !== 'ICC_PROFILE';
  return marker === app13 || marker === comment;
}

/** Orientation in Exif (TIFF tag 0x0112); null where there is none. */
function turnIn(segment: Buffer): number | null {
  if (segment.subarray(4, 10).toString('latin1') !== 'Exif\0\0') return null;
  const tiff = segment.subarray(10);
  const little = tiff.subarray(0, 2).toString('latin1') === 'II';
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  try {
    const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    const count = short(directory);
    for (let entry = 0; entry < count; entry += 1) {
      const at = directory + 2 + 12 * entry;
      if (short(at) === 0x0112) return short(at + 8);
    }
  } catch {
    // Offsets that point beyond the segment.
  }
  return null;
}

/** An Exif segment that says nothing else. */
function orientation(turn: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(turn <= 8 ? turn : 1, 18);
  const head = Buffer.from([0xff, app1, 0, 2 + 6 + tiff.length, ...Buffer.from('Exif\0\0', 'latin1')]);
  return Buffer.concat([head, tiff]);
}
