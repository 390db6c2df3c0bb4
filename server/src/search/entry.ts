import { limits, type Message } from '@confab/protocol';
import type { WrittenMessage } from '../messages/index.ts';
import { parseMarkdown, toPlainText, visitInlines, type Block } from '@confab/protocol/markdown';
import { foldText, wordsOf } from './fold.ts';
import { createWordMemory, gramOf, segmentOf, type GramsOfWord } from './grams.ts';

/** What a message has by what was written: it stands in the index with its words. */
const writtenBits = { link: 1, code: 2, thread: 4, file: 8 } as const;
export type Written = keyof typeof writtenBits;

/** A message as it stands in the index. */
export interface Entry {
  readonly messageId: string;
  readonly roomId: string;
  readonly authorId: string;
  readonly at: number;
  readonly written: readonly Written[];
  readonly folded: string;
  readonly grams: readonly number[];
}

/** What a message is known by besides its words. A space keeps it apart from whatever a word may be. */
export const roomFeature = (roomId: string): string => `r ${roomId}`;
export const authorFeature = (userId: string): string => `a ${userId}`;
export const writtenFeature = (what: Written): string => `f ${what}`;

export function bitsOf(written: readonly Written[]): number {
  return written.reduce((bits, what) => bits | writtenBits[what], 0);
}

/** Of all files of a message, in characters. */
const textsCharsMax = 2 * limits.fileTextCharsMax;

/**
 * @param options.texts what stands in its files
 * @param options.gramsOfWord shared by messages that are made into entries one after the other
 */
export function entryOf(
  message: WrittenMessage,
  options: { texts?: readonly string[]; gramsOfWord?: GramsOfWord } = {},
): Entry {
  const { texts = [], gramsOfWord = createWordMemory() } = options;
  const { id, roomId, authorId, at } = message;
  const blocks = parseMarkdown(message.text);
  const { hrefs, written } = look(message, blocks);
  const names = (message.files ?? []).map(({ name }) => name);
  const inFiles = texts.join('\n').slice(0, textsCharsMax);
  const folded = foldText([shownText(message.text, blocks), ...hrefs, ...names, inFiles].join('\n'));
  const segment = segmentOf(id);
  const grams = new Set<number>();
  for (const word of wordsOf(folded)) for (const gram of gramsOfWord(segment, word)) grams.add(gram);
  for (const feature of [roomFeature(roomId), authorFeature(authorId), ...written.map(writtenFeature)]) {
    grams.add(gramOf(segment, feature));
  }
  return { messageId: id, roomId, authorId, at, written, folded, grams: [...grams] };
}

/** @param texts by the ids of files */
export function textsIn(
  { files = [] }: Pick<Message, 'files'>,
  texts: ReadonlyMap<string, string>,
): string[] {
  return files.flatMap(({ id }) => texts.get(id) ?? []);
}

/** All of a message as one line without marks: what is searched, and what snippets are cut from. */
export function shownText(text: string, blocks: readonly Block[] = parseMarkdown(text)): string {
  return toPlainText(blocks, text.length * 2 + 16);
}

function look(message: WrittenMessage, blocks: readonly Block[]): { written: Written[]; hrefs: string[] } {
  const hrefs: string[] = [];
  const written = new Set<Written>();
  if (message.threadId !== null) written.add('thread');
  if ((message.files ?? []).length > 0) written.add('file');
  if (hasCodeBlock(blocks)) written.add('code');
  visitInlines(blocks, (token) => {
    if (token.kind === 'code') written.add('code');
    if (token.kind === 'link') {
      written.add('link');
      const [first] = token.children;
      if (first?.kind !== 'text' || !token.href.includes(first.text)) hrefs.push(token.href);
    }
    return true;
  });
  return { written: [...written], hrefs };
}

function hasCodeBlock(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    if (block.kind === 'code') return true;
    if (block.kind === 'quote') return hasCodeBlock(block.blocks);
    return block.kind === 'list' && block.items.some((item) => hasCodeBlock(item.blocks));
  });
}
