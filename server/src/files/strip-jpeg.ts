import { turnIn, turnOnly } from './turn.ts';

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
export function strippedJpeg(head: Buffer): Buffer | null {
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
    if (marker === app1) turn ??= isExif(segment) ? turnIn(segment.subarray(4)) : null;
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

function isExif(segment: Buffer): boolean {
  return segment.subarray(4, 10).toString('latin1') === 'Exif\0\0';
}

/** An Exif segment that says nothing else. */
function orientation(turn: number): Buffer {
  const tiff = turnOnly(turn);
  const head = Buffer.from([0xff, app1, 0, 2 + 6 + tiff.length, ...Buffer.from('Exif\0\0', 'latin1')]);
  return Buffer.concat([head, tiff]);
}
