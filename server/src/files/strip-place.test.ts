/** Pictures of each kind lose what they tell and nothing else, and hostile ones cost little. */
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { edited, growth } from './edits.ts';
import { headBytes, sniff } from './sniff.ts';
import { placeIn } from './strip-place.ts';

const exif = { IFD0: { Artist: 'Ann Author' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } };
const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>by Ann Author</rdf:RDF></x:xmpmeta>';

/** Noise, so that a pixel that moves is seen. */
const noise = (): Sharp => {
  const pixels = Buffer.from(Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 7919) % 251));
  return sharp(pixels, { raw: { width: 60, height: 40, channels: 3 } });
};

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function strip(bytes: Buffer, type?: string, pieceSize = 37): Promise<Buffer> {
  const head = bytes.subarray(0, headBytes);
  const read = (): AsyncGenerator<Uint8Array> => inPieces(bytes, pieceSize);
  const edits = await placeIn({ type: type ?? (await sniff(head)), size: bytes.length, head, read });
  const pieces: Uint8Array[] = [];
  for await (const piece of edited(read(), edits)) pieces.push(piece);
  const made = Buffer.concat(pieces);
  expect(made.length).toBe(bytes.length + growth(edits));
  return made;
}

const pixelsOf = (bytes: Buffer): Promise<Buffer> => sharp(bytes).raw().toBuffer();

function chunk(kind: string, data: Buffer | string, announced?: number): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), Buffer.from(data)]);
  const around = [Buffer.alloc(4), Buffer.alloc(4)] as const;
  around[0].writeUInt32BE(announced ?? body.length - 4);
  around[1].writeUInt32BE(crc32(body));
  return Buffer.concat([around[0], body, around[1]]);
}

/** Puts `more` behind the header of a PNG, and before its end. */
function withChunks(png: Buffer, before: Buffer[], behind: Buffer[] = []): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...before, png.subarray(33, -12), ...behind, png.subarray(-12)]);
}

function riff(kind: string, data: Buffer | string, announced?: number): Buffer {
  const bytes = Buffer.from(data);
  const head = Buffer.alloc(8);
  head.write(kind, 'latin1');
  head.writeUInt32LE(announced ?? bytes.length, 4);
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
}

describe('a PNG', () => {
  it('loses Exif, texts, XMP, times and what nobody knows, before and behind its pixels', async () => {
    const png = await noise().withExif(exif).withMetadata({ exif, icc: 'p3' }).png().toBuffer();
    const texts = [
      chunk('tEXt', 'Author\0Ann Author'),
      chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('Ann Author')])),
      chunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${xmp}`),
      chunk('tIME', Buffer.alloc(7, 1)),
      chunk('prVt', 'Ann Author'),
    ];
    const given = Buffer.concat([withChunks(png, texts, texts), Buffer.from('Ann Author behind the end')]);
    const made = await strip(given);
    expect(given.includes('eXIf')).toBe(true);
    for (const word of ['Ann', 'eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME', 'prVt'])
      expect(made.includes(word)).toBe(false);
    expect(made.includes('iCCP')).toBe(true);
    expect(await pixelsOf(made)).toEqual(await pixelsOf(png));
  });

  it('without any of it stays what it is, byte by byte', async () => {
    const png = await noise().png().toBuffer();
    expect(await strip(png)).toEqual(png);
  });

  it('stays turned', async () => {
    const made = await strip(await noise().withMetadata({ orientation: 6, exif }).png().toBuffer());
    expect(made.includes('Ann')).toBe(false);
    expect((await sharp(made).metadata()).orientation).toBe(6);
  });

  it('with chunks that are cut off or claim gigabytes loses them all the same', async () => {
    const png = await noise().png().toBuffer();
    const begun = png.subarray(0, -12);
    for (const announced of [100_000, 0x7fff_ffff, 0xffff_ffff]) {
      const given = Buffer.concat([begun, chunk('tEXt', 'Author\0Ann Author', announced)]);
      expect(await strip(given)).toEqual(begun);
      expect(await strip(Buffer.concat([begun, chunk('eXIf', 'MM\0*Ann Author', announced)]))).toEqual(begun);
    }
    expect(await strip(png.subarray(0, 50))).toEqual(png.subarray(0, 50));
  });

  it('of too many chunks is cut off and not held in memory', async () => {
    const png = await noise().png().toBuffer();
    const many = Buffer.concat(
      Array.from({ length: 100_000 }, () => [chunk('tEXt', ''), chunk('IDAT', '')]).flat(),
    );
    const made = await strip(Buffer.concat([png.subarray(0, -12), many]), 'image/png', 65_536);
    expect(made.includes('tEXt')).toBe(false);
    expect(made.length).toBeLessThan(png.length + 200_000);
  });
});

describe('a WebP', () => {
  it.each([{ lossless: true }, { lossless: false }])(
    'loses Exif and XMP, and says so in its header: %o',
    async (how) => {
      const webp = await noise().withMetadata({ exif }).webp(how).toBuffer();
      const given = Buffer.concat([webp, riff('XMP ', xmp), riff('prVt', 'Ann Author')]);
      given.writeUInt32LE(given.length - 8, 4);
      const made = await strip(given);
      expect(given.includes('EXIF') && given.includes('XMP ')).toBe(true);
      for (const word of ['Ann', 'EXIF', 'XMP ', 'prVt']) expect(made.includes(word)).toBe(false);
      expect(made.readUInt32LE(4)).toBe(made.length - 8);
      expect(made.toString('latin1', 12, 16)).toBe('VP8X');
      expect((made[20] ?? 0) & 0x0c).toBe(0);
      expect(await pixelsOf(made)).toEqual(await pixelsOf(webp));
    },
  );

  it('stays turned', async () => {
    const made = await strip(await noise().withMetadata({ orientation: 8, exif }).webp().toBuffer());
    expect(made.includes('Ann')).toBe(false);
    expect(await sharp(made).metadata()).toMatchObject({ orientation: 8, width: 60, height: 40 });
  });

  it('without any of it stays what it is, and so does what only begins like one', async () => {
    const webp = await noise().webp().toBuffer();
    expect(await strip(webp)).toEqual(webp);
    const odd = Buffer.from('RIFF\x04\0\0\0WEBPnothing of the kind');
    expect(await strip(odd, 'image/webp')).toEqual(odd);
  });

  it('with chunks that are cut off or claim gigabytes loses them all the same', async () => {
    const webp = await noise().webp().toBuffer();
    for (const announced of [1_000, 0x7fff_ffff, 0xffff_ffff]) {
      const made = await strip(Buffer.concat([webp, riff('EXIF', 'MM\0*Ann Author', announced)]));
      expect(made.subarray(8)).toEqual(webp.subarray(8));
    }
    expect((await strip(webp.subarray(0, 40))).subarray(12)).toEqual(webp.subarray(12, 40));
  });
});

describe('an AVIF, whose container is that of HEIC,', () => {
  it.each(['image/avif', 'image/heic'])('has zeros where it told of its maker: %s', async (type) => {
    const avif = await noise().withMetadata({ exif }).avif({ effort: 0 }).toBuffer();
    expect(avif.includes('Ann Author')).toBe(true);
    const made = await strip(avif, type);
    expect(made.length).toBe(avif.length);
    expect(made.includes('Ann Author')).toBe(false);
    expect(await pixelsOf(made)).toEqual(await pixelsOf(avif));
  });

  it('with places beyond its end, or a table that is cut off, stays readable as it was', async () => {
    const avif = await noise().withMetadata({ exif }).avif({ effort: 0 }).toBuffer();
    const at = avif.indexOf('iloc') + 4;
    const wild = Buffer.from(avif);
    wild.fill(0xff, at + 8, at + 40);
    expect(await strip(wild, 'image/heic')).toEqual(wild);
    const cut = avif.subarray(0, at + 10);
    expect(await strip(cut, 'image/heic')).toEqual(cut);
  });
});

it('bytes of any kind are read to their end, whatever they claim', { timeout: 60_000 }, async () => {
  const begins = await Promise.all([
    noise().withMetadata({ exif }).png().toBuffer(),
    noise().withMetadata({ exif }).webp().toBuffer(),
    noise().withMetadata({ exif }).avif({ effort: 0 }).toBuffer(),
  ]);
  const types = ['image/png', 'image/webp', 'image/heic'];
  const wounds = fc.array(fc.tuple(fc.nat(1_000), fc.nat(255)), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.nat(2), wounds, fc.integer({ min: 1, max: 500 }), async (which, bytes, pieceSize) => {
      const hurt = Buffer.from(begins[which] ?? '');
      for (const [at, value] of bytes) hurt[at % hurt.length] = value;
      expect((await strip(hurt, types[which], pieceSize)).length).toBeLessThan(hurt.length + 100);
    }),
    { numRuns: 200 },
  );
});
