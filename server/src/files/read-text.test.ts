/** Words of documents of each kind, and archives that are made to hurt. */
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import type { Tools } from '../platform/tools/index.ts';
import { zipOf } from '../../../tests/support/zip-of.ts';
import { readText } from './read-text.ts';
import { sniff } from './sniff.ts';
import { unzip } from './unzip.ts';

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}
const textOf = async (bytes: Buffer, tools?: Tools): Promise<string | null> =>
  readText(tools ? { tools } : {}, {
    type: await sniff(bytes),
    size: bytes.length,
    read: () => inPieces(bytes),
  });
const types = (part: string, kind: string): string =>
  `<Types><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${kind}.main+xml"/></Types>`;
const word = (xml: string): Buffer =>
  zipOf({
    '[Content_Types].xml': types('word/document.xml', 'wordprocessingml.document'),
    'word/document.xml': `<w:document>${xml}</w:document>`,
  });

describe('the words', () => {
  it.each<[string, Buffer, string]>([
    ['a text', Buffer.from('first line\n\n\tsecond — line\n'), 'first line second — line'],
    ['a table', Buffer.from('name,amount\nkettle,3\n'), 'name,amount kettle,3'],
    ['HTML', Buffer.from('<!doctype html><p>tea &amp; <b>milk</b>&#33;</p>'), 'tea & milk!'],
    [
      'a Word document, whose words are cut by tags',
      word('<w:p><w:r><w:t>Quar</w:t></w:r><w:r><w:t>terly</w:t></w:r></w:p><w:p><w:t>caf&#xE9;</w:t></w:p>'),
      'Quarterly café',
    ],
    [
      'a sheet',
      zipOf({
        '[Content_Types].xml': types('xl/workbook.xml', 'spreadsheetml.sheet'),
        'xl/workbook.xml': '<workbook/>',
        'xl/sharedStrings.xml': '<sst><si><t>kettle</t></si><si><t>pot</t></si></sst>',
      }),
      'kettle pot',
    ],
    [
      'slides',
      zipOf({
        '[Content_Types].xml': types('ppt/presentation.xml', 'presentationml.presentation'),
        'ppt/slides/slide1.xml': '<p:sld><a:p><a:t>one</a:t></a:p></p:sld>',
        'ppt/slides/slide2.xml': '<p:sld><a:p><a:t>two</a:t></a:p></p:sld>',
      }),
      'one two',
    ],
    [
      'an OpenDocument text',
      zipOf({
        mimetype: 'application/vnd.oasis.opendocument.text',
        'content.xml': '<o><text:p>open</text:p><text:p>words<text:tab/>here</text:p></o>',
      }),
      'open words here',
    ],
  ])('of %s', async (_, bytes, expected) => {
    expect(await textOf(bytes)).toBe(expected);
  });

  it('of a document that does not say what it is are found all the same', async () => {
    expect(await textOf(zipOf({ 'word/document.xml': '<w:p>words</w:p>' }))).toBe('words');
  });

  it('of a PDF are what the program of the machine says, and none without it', async () => {
    const pdf = Buffer.from('%PDF-1.4\n');
    const tools: Tools = {
      types: () => [],
      pictureOf: async () => null,
      textOf: async () => 'from the\u0000\nprogram\ud800',
    };
    expect(await textOf(pdf, tools)).toBe('from the program\ufffd');
    expect(await textOf(pdf)).toBeNull();
  });

  it('of a long file are those of its beginning', async () => {
    expect(await textOf(Buffer.from('tea '.repeat(100_000)))).toHaveLength(limits.fileTextCharsMax - 1);
    expect(await textOf(word(`<w:t>${'tea '.repeat(100_000)}</w:t>`))).toHaveLength(
      limits.fileTextCharsMax - 1,
    );
  });

  it('there are none of what holds none', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('  \n'),
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      zipOf({ 'a.txt': 'words' }),
    ])
      expect(await textOf(bytes)).toBeNull();
  });
});

describe('an archive', { timeout: 60_000 }, () => {
  const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  const read = (bytes: Buffer): Promise<string | null> =>
    readText({}, { type: office, size: bytes.length, read: () => inPieces(bytes) });
  const unpackedBytes = async (bytes: Buffer): Promise<number> => {
    let sum = 0;
    for await (const part of unzip(bytes, { wanted: /./, bytesMax: 1_000_000 })) sum += part.length;
    return sum;
  };

  it('that unpacks to gigabytes is read no further than its beginning', async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024, '<'));
    const archive = zipOf({ 'word/document.xml': bomb, 'word/footnotes.xml': bomb }, { packed: true });
    expect(await unpackedBytes(archive)).toBe(1_000_000);
    expect(await read(archive)).toHaveLength(limits.fileTextCharsMax);
  });

  it('of a hundred thousand files is read no further, either', async () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`word/${n}`, 'x']));
    expect(await unpackedBytes(zipOf(many))).toBe(10_000);
  });

  it('with names that lead elsewhere is only compared with what is looked for', async () => {
    expect(
      await read(
        zipOf({ '../../word/document.xml': 'evil', '/etc/passwd': 'evil', 'word/document.xml\0': 'evil' }),
      ),
    ).toBeNull();
  });

  it('that is cut off or lies about itself is read as far as it goes', async () => {
    const whole = word('<w:p>words</w:p>');
    expect(await read(whole.subarray(0, -30))).toBeNull();
    const wounds = fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(wounds, async (bytes) => {
        const hurt = Buffer.from(whole);
        for (const [at, value] of bytes) hurt[at % hurt.length] = value;
        expect((await read(hurt))?.length ?? 0).toBeLessThan(1_000);
      }),
      { numRuns: 300 },
    );
  });

  it('of markup that never ends is no slower than other text', async () => {
    expect(await read(zipOf({ 'word/document.xml': '<w:t '.repeat(700_000) }))).not.toBeNull();
    expect(await read(zipOf({ 'word/document.xml': '</w:p'.repeat(700_000) }))).not.toBeNull();
    expect(await read(zipOf({ 'word/document.xml': '&#1'.repeat(1_000_000) }))).not.toBeNull();
  });
});
