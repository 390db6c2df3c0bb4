import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Images } from './index.ts';

const red = { r: 255, g: 0, b: 0 };
const picture = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: red } });

/** What every maker of small pictures promises. `open` bounds the pixels of what is sent in. */
export function imagesContract(name: string, open: (pixelsMax?: number) => Images): void {
  describe(`images: ${name}`, () => {
    it('makes a square WebP of PNG, JPEG, WebP and GIF', async () => {
      for (const format of ['png', 'jpeg', 'webp', 'gif'] as const) {
        const made = await open().toSquare(await picture(300, 200).toFormat(format).toBuffer(), 64);
        expect(made).not.toBeNull();
        const about = await sharp(made ?? new Uint8Array()).metadata();
        expect(about).toMatchObject({ format: 'webp', width: 64, height: 64 });
      }
    });

    it('never enlarges', async () => {
      const made = await open().toSquare(await picture(30, 20).png().toBuffer(), 64);
      expect(await sharp(made ?? new Uint8Array()).metadata()).toMatchObject({ width: 20, height: 20 });
    });

    it('turns a picture upright, and drops what it told about its maker', async () => {
      const sideways = await sharp({ create: { width: 100, height: 100, channels: 3, background: red } })
        .composite([{ input: await picture(100, 50).negate().png().toBuffer(), top: 0, left: 0 }])
        .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'Ann Author' } } })
        .jpeg()
        .toBuffer();
      expect(sideways.includes('Ann Author')).toBe(true);
      const made = Buffer.from((await open().toSquare(sideways, 100)) ?? []);
      expect(made.includes('Ann Author')).toBe(false);
      const { data, info } = await sharp(made).raw().toBuffer({ resolveWithObject: true });
      const redAt = (x: number, y: number): number => data[(y * info.width + x) * info.channels] ?? -1;
      // Stored with the dark half on top, shown a quarter turn clockwise: dark half on the right.
      expect(redAt(10, 50)).toBeGreaterThan(200);
      expect(redAt(90, 50)).toBeLessThan(50);
      expect((await sharp(made).metadata()).exif).toBeUndefined();
    });

    it('makes a thumbnail and says how large the picture is when it stands upright', async () => {
      const sideways = await picture(300, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
      const made = await open().toThumbnail(sideways, 150);
      expect(made).toMatchObject({ width: 200, height: 300 });
      const about = await sharp(made?.small ?? new Uint8Array()).metadata();
      expect(about).toMatchObject({ format: 'webp', width: 100, height: 150 });
      expect(await open().toThumbnail(await picture(30, 20).png().toBuffer(), 150)).toMatchObject({
        width: 30,
        height: 20,
      });
      expect(await open().toThumbnail(Buffer.from('hello'), 150)).toBeNull();
    });

    it('refuses what is no picture, a broken one, SVG and PDF whatever they claim', async () => {
      const whole = await picture(300, 200).png().toBuffer();
      const svg =
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
      for (const bytes of [
        new Uint8Array(),
        Buffer.from('hello'),
        whole.subarray(0, whole.length / 2),
        Buffer.from(svg),
        Buffer.from(`<?xml version="1.0"?>${svg}`),
        Buffer.from('%PDF-1.4\n'),
        await picture(30, 20).tiff().toBuffer(),
      ]) {
        expect(await open().toSquare(bytes, 64)).toBeNull();
      }
    });

    it('refuses too many pixels', async () => {
      const bytes = await picture(101, 100).png().toBuffer();
      expect(await open(10_000).toSquare(bytes, 64)).toBeNull();
      expect(await open(10_100).toSquare(bytes, 64)).not.toBeNull();
    });
  });
}
