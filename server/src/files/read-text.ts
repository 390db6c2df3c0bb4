import { limits } from '@confab/protocol';
import type { ToolFile } from '../platform/tools/index.ts';
import type { FileDeps } from './deps.ts';
import { unzip } from './unzip.ts';

/** A larger archive is not looked into: it is held in memory meanwhile. */
const archiveBytesMax = 25_000_000;
/** Of an archive, unpacked: of markup most is no text. */
const unpackedBytesMax = 4_000_000;
/** A character has four bytes at most. */
const plainBytesMax = 4 * limits.fileTextCharsMax;

const plain = /^text\/|^application\/(json|xml|javascript|x-ndjson)$/;
/** Office Open XML (ECMA-376) and OpenDocument (ISO/IEC 26300), and archives that may be one of them. */
const office = /^application\/(vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|zip$)/;
/** Kinds whose words we read ourselves. */
export const textTypes: readonly string[] = [
  'text/plain',
  'text/html',
  'application/xml',
  'application/zip',
  ...['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation'].map(
    (kind) => `application/vnd.openxmlformats-officedocument.${kind}`,
  ),
  ...['text', 'spreadsheet', 'presentation'].map((kind) => `application/vnd.oasis.opendocument.${kind}`),
];
/** Where their words stand. */
const worded =
  /^(word\/(document|footnotes|endnotes|comments)\.xml|xl\/sharedStrings\.xml|ppt\/slides\/slide\d{1,4}\.xml|content\.xml)$/;
/** Ends of paragraphs, cells and lines; other tags may stand within a word. */
const betweenWords =
  /<(?:\/(?:w:p|a:p|text:p|text:h|si|w:tc)|(?:w|text|a):(?:tab|br|line-break|s))(?=[\s/>])[^<>]*>/g;

/** The words of a file, on one line, from its beginning; null where there are none, or none that we can read. */
export async function readText({ tools }: Pick<FileDeps, 'tools'>, file: ToolFile): Promise<string | null> {
  const { type } = file;
  if (type === 'application/pdf') return shortened((await tools?.textOf(file)) ?? '');
  if (office.test(type)) return file.size > archiveBytesMax ? null : shortened(await officeText(file));
  if (!plain.test(type)) return null;
  const text = new TextDecoder().decode(await beginningOf(file, plainBytesMax));
  return shortened(/html|xml/.test(type) ? wordsOfMarkup(text) : text);
}

async function officeText(file: ToolFile): Promise<string> {
  const archive = await beginningOf(file, archiveBytesMax);
  const texts: string[] = [];
  for await (const part of unzip(archive, { wanted: worded, bytesMax: unpackedBytesMax }))
    texts.push(wordsOfMarkup(part.toString('utf8').replaceAll(betweenWords, ' ')));
  return texts.join(' ');
}

/** Tags do not nest, so that no text makes this slow. */
function wordsOfMarkup(markup: string): string {
  return markup
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(#\d{1,7}|#x[\da-f]{1,6}|\w{2,6});/gi, (whole, name: string) => {
      const code = /^#x/i.test(name)
        ? parseInt(name.slice(2), 16)
        : name.startsWith('#')
          ? Number(name.slice(1))
          : null;
      if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
      return entities[name] ?? whole;
    });
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function shortened(text: string): string | null {
  const line = text
    // oxlint-disable-next-line no-control-regex -- what a database keeps no text with
    .replaceAll(/[\u0000-\u0020\u007f-\u00a0\ufffd]+/g, ' ')
    .slice(0, limits.fileTextCharsMax)
    .toWellFormed()
    .trim();
  return line === '' ? null : line;
}

async function beginningOf(file: ToolFile, bytesMax: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of file.read()) {
    pieces.push(piece);
    length += piece.length;
    if (length >= bytesMax) break;
  }
  return Buffer.concat(pieces).subarray(0, bytesMax);
}
