import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { imagesContract } from './contract.ts';
import { createSharpImages } from './sharp.ts';

imagesContract('sharp', (pixelsMax) => createSharpImages(pixelsMax === undefined ? {} : { pixelsMax }));

function chunk(kind: string, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, check]);
}

/** A few hundred kilobytes that would unpack to gigabytes. */
function bomb(sidePx: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(64 * 1024 * 1024));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...Array.from({ length: 4 }, () => chunk('IDAT', rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

it('does not unpack a decompression bomb', async () => {
  const before = process.memoryUsage().rss;
  expect(await createSharpImages().toSquare(bomb(60_000), 64)).toBeNull();
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});

it('tells a crowd to come again', async () => {
  const images = createSharpImages({ atOnceMax: 1, waitingMax: 1 });
  const results = await Promise.allSettled([1, 2, 3].map(() => images.toSquare(Buffer.from('hello'), 64)));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(results[2]).toMatchObject({ reason: { part: 'images', retryable: true } });
});

it('opens many pictures at once, none of them in the way of another', async () => {
  const images = createSharpImages({ atOnceMax: 8, waitingMax: 400 });
  const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer();
  const made = await Promise.all(Array.from({ length: 400 }, () => images.toThumbnail(bytes, 16)));
  expect(made.filter((picture) => picture === null)).toEqual([]);
});
