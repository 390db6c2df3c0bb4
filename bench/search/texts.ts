/** Messages of made-up words, some often and most seldom as in any language, and queries that find them. */
import type { Random } from '@confab/server/platform/random/index';

export const queryKinds = ['common', 'rare', 'many-word', 'substring', 'CJK'] as const;
export type QueryKind = (typeof queryKinds)[number];

const vocabulary = 50_000;
const chineseCharacters = 3_000;
/** One message in so many is Chinese. */
const chineseEvery = 20;
/** Messages looked at to find two thousand of each kind. */
const sampledMessages = 40_000;
const samplesMax = 2_000;
const syllables = [
  'ba',
  'ke',
  'li',
  'mo',
  'nu',
  'ra',
  'se',
  'ti',
  'vo',
  'zu',
  'dar',
  'fen',
  'gil',
  'hol',
  'jun',
  'pax',
];

type Source = Pick<Random, 'fraction'>;

export interface Texts {
  message(): string;
}

export function createTexts(random: Source): Texts {
  const upTo = (count: number): number => Math.floor(random.fraction() * count);
  // The word of rank r stands in about one of 11 r places (Zipf).
  const rank = (): number => Math.floor(Math.exp(random.fraction() * Math.log(vocabulary)));
  const character = (): string =>
    String.fromCharCode(0x4e00 + Math.floor(Math.exp(random.fraction() * Math.log(chineseCharacters))));
  let made = 0;
  return {
    message() {
      made += 1;
      return made % chineseEvery === 0
        ? Array.from({ length: 8 + upTo(25) }, character).join('')
        : Array.from({ length: 4 + upTo(17) }, () => wordOf(rank())).join(' ');
    },
  };
}

/** @param texts as they were written: queries of several words are taken from the oldest messages */
export function createQueries(texts: Texts, random: Source): { query(kind: QueryKind): string } {
  const upTo = (count: number): number => Math.floor(random.fraction() * count);
  const all = Array.from({ length: sampledMessages }, () => texts.message());
  const spaced = all.filter((text) => text.includes(' ')).slice(0, samplesMax);
  const chinese = all.filter((text) => !text.includes(' ')).slice(0, samplesMax);
  const pick = (from: readonly string[]): string => from[upTo(from.length)] ?? '';
  return {
    query(kind) {
      switch (kind) {
        case 'common':
          return wordOf(3 + upTo(60));
        case 'rare':
          return wordOf(20_000 + upTo(30_000));
        case 'many-word':
          return pick(spaced).split(' ').slice(0, 4).join(' ');
        case 'substring':
          return `*${wordOf(200 + upTo(5_000)).slice(1, 6)}*`;
        case 'CJK': {
          const text = pick(chinese);
          const at = upTo(text.length - 2);
          return text.slice(at, at + 2);
        }
      }
    },
  };
}

/** Each rank has a word of its own. */
function wordOf(rank: number): string {
  let word = '';
  for (let left = rank + 1; left > 0; left = Math.floor(left / syllables.length)) {
    word += syllables[left % syllables.length] ?? '';
  }
  return word;
}
