/** Orientation in Exif (TIFF tag 0x0112), 1 to 8; null where there is none, or none that can be read. */
export function turnIn(exif: Buffer): number | null {
  const tiff = exif.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif;
  const little = tiff.subarray(0, 2).toString('latin1') === 'II';
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  try {
    const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    const count = short(directory);
    for (let entry = 0; entry < count; entry += 1) {
      const at = directory + 2 + 12 * entry;
      if (short(at) !== 0x0112) continue;
      const turn = short(at + 8);
      return turn >= 1 && turn <= 8 ? turn : null;
    }
  } catch {
    // Offsets that point beyond it.
  }
  return null;
}

/** A TIFF block that says how a picture is turned, and nothing else. */
export function turnOnly(turn: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(turn, 18);
  return tiff;
}
