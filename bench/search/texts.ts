/** Messages of made-up words, some often and most seldom as in any language, and queries that find them. */
import type { Random } from '@confab/server/platform/random/index';

export type QueryKind = 'common' | 'rare' | 'many-word' | 'substring' | 'CJK';

const vocabulary = 50_000;
const chineseCharacters = 3_000;
/** One message in so many is Chinese. */
const chineseEvery = 20;
/** Messages remembered, from which queries with several words are made. */
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

export interface Texts {
  message(): string;
  query(kind: QueryKind): string;
}

export function createTexts(random: Pick<Random, 'fraction'>): Texts {
  const samples: string[][] = [];
  const chinese: string[] = [];
  const upTo = (count: number): number => Math.floor(random.fraction() * count);
  const pick = <Item>(from: readonly Item[]): Item => {
    const item = from[upTo(from.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  };
  // The word of rank r stands in about one of 11 r places (Zipf).
  const rank = (): number => Math.floor(Math.exp(random.fraction() * Math.log(vocabulary)));
  const sentence = (): string[] => Array.from({ length: 4 + upTo(17) }, () => wordOf(rank()));
  const character = (): string =>
    String.fromCharCode(0x4e00 + Math.floor(Math.exp(random.fraction() * Math.log(chineseCharacters))));
  let made = 0;

  return {
    message() {
      made += 1;
      if (made % chineseEvery === 0) {
        const text = Array.from({ length: 8 + upTo(25) }, character).join('');
        if (chinese.length < samplesMax) chinese.push(text);
        return text;
      }
      const words = sentence();
      if (samples.length < samplesMax) samples.push(words);
      return words.join(' ');
    },
    query(kind) {
      switch (kind) {
        case 'common':
          return wordOf(3 + upTo(60));
        case 'rare':
          return wordOf(20_000 + upTo(30_000));
        case 'many-word':
          return pick(samples).slice(0, 4).join(' ');
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
