export type Emoji = {
  character: string;
  /** the first is the one shown; the rest are other programs' names for it */
  shortcodes: readonly [string, ...string[]];
  name: string;
  keywords: readonly string[];
  /** one of `emojiGroups` */
  group: EmojiGroup;
  /** whether it comes in skin tones */
  toned: boolean;
  /** whether the name is another language's */
  isRenamed?: boolean;
};

/** In the order of Unicode's chart. */
export const emojiGroups = [
  'Smileys & emotion',
  'People & body',
  'Animals & nature',
  'Food & drink',
  'Travel & places',
  'Activities',
  'Objects',
  'Symbols',
  'Flags',
] as const;
export type EmojiGroup = (typeof emojiGroups)[number];

/** From light to dark, after Fitzpatrick. */
export const skinTones = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'] as const;
export type SkinTone = (typeof skinTones)[number];

export type EmojiTable = {
  /** group by group, in the order of Unicode's chart */
  readonly all: readonly Emoji[];
  /** `tada` without colons; undefined when there is none */
  byShortcode: (shortcode: string) => Emoji | undefined;
  /** With or without a skin tone or variation selector. */
  byCharacter: (character: string) => Emoji | undefined;
  /** Best first, at most `count`. Every word of the query has to begin a word of the emoji. */
  search: (query: string, count: number) => Emoji[];
};

/** Reads the generated lines; `lines` holds a string for each group, and so does `words`, in another language. */
export function createEmojiTable(
  lines: readonly string[],
  words: readonly string[] | null = null,
): EmojiTable {
  const all = emojiGroups.flatMap((group, index) => {
    const own = words?.[index]?.split('\n') ?? [];
    return (lines[index] ?? '').split('\n').map((line, at) => renamed(readLine(line, group), own[at]));
  });
  const shortcodes = new Map(all.flatMap((emoji) => emoji.shortcodes.map((code) => [code, emoji] as const)));
  const characters = new Map(all.map((emoji) => [plain(emoji.character), emoji]));
  return {
    all,
    byShortcode: (shortcode) => shortcodes.get(shortcode),
    byCharacter: (character) => characters.get(plain(character)),
    search: (query, count) => searchEmoji(all, query, count),
  };
}

function readLine(line: string, group: EmojiGroup): Emoji {
  const [character = '', codes = '', name = '', keywords = '', tones = ''] = line.split('\t');
  const [first = '', ...others] = codes.split(' ');
  return {
    character,
    shortcodes: [first, ...others],
    name,
    keywords: keywords === '' ? [] : keywords.split(' '),
    group,
    toned: tones !== '',
  };
}

/** Called as in another language, and found by its words as well as by the English ones. */
function renamed(emoji: Emoji, words: string | undefined): Emoji {
  if (words === undefined) return emoji;
  const [name = '', others = ''] = words.split('\t');
  const keywords = [...others.split(' '), ...wordsIn(emoji.name), ...emoji.keywords];
  return { ...emoji, name, keywords: keywords.filter((word) => word !== ''), isRenamed: true };
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u);
}

function plain(character: string): string {
  return character.replaceAll(/\uFE0F|\p{Emoji_Modifier}/gu, '');
}

/** The emoji in a skin tone; as it is when it has none. */
export function withTone(emoji: Emoji, tone: SkinTone | null): string {
  if (tone === null || !emoji.toned) return emoji.character;
  const [first = '', ...rest] = plainVariation(emoji.character);
  return [first, tone, ...rest].join('');
}

/** A tone takes the place of the selector that asks for colour. */
function plainVariation(character: string): string[] {
  const points = Array.from(character);
  return points[1] === '\uFE0F' ? [points[0] ?? '', ...points.slice(2)] : points;
}

/** What a search looks at; also for a workspace's own emoji. */
export type Searchable = Pick<Emoji, 'shortcodes' | 'name' | 'keywords' | 'isRenamed'>;

export function searchEmoji<E extends Searchable>(all: readonly E[], query: string, count: number): E[] {
  const words = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}+-]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const ranked = all
    .map((emoji) => ({ emoji, rank: rankOf(emoji, words) }))
    .filter(({ rank }) => rank < noMatch);
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ emoji }) => emoji);
}

const noMatch = 100;

/** 0 is the emoji itself; the sort keeps the chart's order among equals. */
function rankOf(emoji: Searchable, words: readonly string[]): number {
  const code = words.join('_');
  if (emoji.shortcodes.includes(code)) return 0;
  if (emoji.shortcodes.some((one) => one.startsWith(code))) return 1;
  return Math.max(...words.map((word) => rankOfWord(emoji, word)));
}

/** Writing that sets no spaces between words. */
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function rankOfWord(emoji: Searchable, word: string): number {
  const isInside = spaceless.test(word);
  const begins = (one: string): boolean => (isInside ? one.includes(word) : one.startsWith(word));
  if (emoji.shortcodes.some((one) => one.split(/[_-]/).some(begins))) return 2;
  // Whoever has names in their own language searches in it: shortcodes go no further before them.
  if (wordsIn(emoji.name).some(begins)) return emoji.isRenamed === true ? 2 : 3;
  return emoji.keywords.some(begins) ? 4 : noMatch;
}
