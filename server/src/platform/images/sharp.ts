import { Fault } from '../fault.ts';
import { createTurnstile } from '../turnstile.ts';
import type { Images } from './index.ts';

export interface SharpOptions {
  /** Pixels of the picture sent in; a small file can unpack to gigabytes. */
  pixelsMax?: number;
  /** Pictures worked on at once. */
  atOnceMax?: number;
  /** Pictures that may wait before a caller is told to come again. */
  waitingMax?: number;
}

const accepted = new Set(['image/png', 'image/apng', 'image/jpeg', 'image/webp', 'image/gif']);
const secondsMax = 10;

/** Pictures on sharp (libvips). Loaded at first use, since it takes 30 MB. Of an animation the first picture is kept. */
export function createSharpImages(options: SharpOptions = {}): Images {
  const { pixelsMax = 24_000_000, atOnceMax = 2, waitingMax = 20 } = options;
  const pass = createTurnstile({
    insideMax: atOnceMax,
    waitingMax,
    whenFull: () => new Fault('too many pictures are being made', { part: 'images', retryable: true }),
  });
  return {
    toSquare: (bytes, sidePx) =>
      pass(async () => {
        const { fileTypeFromBuffer } = await import('file-type');
        const type = await fileTypeFromBuffer(bytes);
        if (type === undefined || !accepted.has(type.mime)) return null;
        return square(bytes, sidePx, pixelsMax);
      }),
  };
}

async function square(bytes: Uint8Array, sidePx: number, pixelsMax: number): Promise<Uint8Array | null> {
  const { default: sharp } = await import('sharp');
  // libvips opens many more kinds than the four (SVG and PDF among them), should the sniffing ever be fooled.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Png', 'Jpeg', 'Webp', 'Nsgif'].map((kind) => `VipsForeignLoad${kind}Buffer`),
  });
  sharp.cache(false);
  sharp.concurrency(1);
  try {
    const picture = sharp(bytes, { limitInputPixels: pixelsMax, failOn: 'error' }).timeout({
      seconds: secondsMax,
    });
    const { width, height } = await picture.metadata();
    const side = Math.min(sidePx, width, height);
    // Turned upright first; what is not copied on purpose (place, camera, names) is dropped.
    return await picture.rotate().resize(side, side, { fit: 'cover' }).webp({ quality: 82 }).toBuffer();
  } catch {
    return null;
  }
}
