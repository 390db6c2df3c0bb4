import type { default as Sharp, ResizeOptions } from 'sharp';
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
        if (!(await isAccepted(bytes))) return null;
        const made = await shrink(bytes, pixelsMax, ({ width, height }) => {
          const side = Math.min(sidePx, width, height);
          return { width: side, height: side, fit: 'cover' };
        });
        return made?.small ?? null;
      }),
    toThumbnail: (bytes, sidePx) =>
      pass(async () => {
        if (!(await isAccepted(bytes))) return null;
        return shrink(bytes, pixelsMax, () => ({
          width: sidePx,
          height: sidePx,
          fit: 'inside',
          withoutEnlargement: true,
        }));
      }),
  };
}

async function isAccepted(bytes: Uint8Array): Promise<boolean> {
  const { fileTypeFromBuffer } = await import('file-type');
  const type = await fileTypeFromBuffer(bytes);
  return type !== undefined && accepted.has(type.mime);
}

let loaded: Promise<typeof Sharp> | undefined;

/** Set up once: while its settings change, a picture that another call is opening is taken for none. */
function loadSharp(): Promise<typeof Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    // libvips opens many more kinds than the four (SVG and PDF among them), should the sniffing ever be fooled.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['Png', 'Jpeg', 'Webp', 'Nsgif'].map((kind) => `VipsForeignLoad${kind}Buffer`),
    });
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  });
  return loaded;
}

async function shrink(
  bytes: Uint8Array,
  pixelsMax: number,
  sizeFor: (picture: { width: number; height: number }) => ResizeOptions,
): Promise<{ width: number; height: number; small: Uint8Array } | null> {
  const sharp = await loadSharp();
  try {
    const picture = sharp(bytes, { limitInputPixels: pixelsMax, failOn: 'error' }).timeout({
      seconds: secondsMax,
    });
    const { width, height, orientation = 1 } = await picture.metadata();
    // Turned upright first; what is not copied on purpose (place, camera, names) is dropped.
    const small = await picture.rotate().resize(sizeFor({ width, height })).webp({ quality: 82 }).toBuffer();
    return orientation >= 5 ? { width: height, height: width, small } : { width, height, small };
  } catch {
    return null;
  }
}
