// Writes protocol/src/emoji/data.ts and words-*.ts from emojibase-data: `npx tsx tools/generate-emoji.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

type Source = {
  label: string;
  hexcode: string;
  emoji: string;
  text?: string;
  tags?: string[];
  group?: number;
  order?: number;
  version: number;
  skins?: { emoji: string; tone: number | number[] }[];
};

/** Newer ones are boxes on many a screen still. */
const newestVersion = 15.1;
/** Emojibase's numbers of the groups, in its order; 2 are the skin tones themselves. */
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9];
/** Besides English, which is with the emoji themselves. */
export const languages = ['de', 'ja'] as const;
const tones = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];

const require = createRequire(import.meta.url);
const read = <T>(path: string): T =>
  JSON.parse(readFileSync(require.resolve(`emojibase-data/${path}`), 'utf8')) as T;

/** The text of the module: one line per emoji, fields parted by tabs, lists by spaces. */
export function emojiModule(): string {
  const all = read<Source[]>('en/data.json');
  const names = ['github', 'iamcal'].map((set) =>
    read<Record<string, string | string[]>>(`en/shortcodes/${set}.json`),
  );
  const lines = inGroups(all).map((group) =>
    group.map((emoji) => lineOf(emoji, shortcodesOf(emoji, names))).join('\n'),
  );
  return moduleText('emojiLines', 'see table.ts', lines);
}

/** What another language calls them: for the same emoji in the same order, name and other words, parted by a tab. */
export function emojiWordsModule(language: (typeof languages)[number]): string {
  const own = new Map(read<Source[]>(`${language}/data.json`).map((emoji) => [emoji.hexcode, emoji]));
  const lines = inGroups(read<Source[]>('en/data.json')).map((group) =>
    group.map((emoji) => wordsOf(own.get(emoji.hexcode) ?? emoji)).join('\n'),
  );
  return moduleText('emojiWords', 'its name and words of this language', lines);
}

function inGroups(all: readonly Source[]): Source[][] {
  return groups.map((group) =>
    all
      .filter((emoji) => emoji.group === group && emoji.version <= newestVersion)
      .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)),
  );
}

function moduleText(name: string, what: string, lines: readonly string[]): string {
  return `/** Made by tools/generate-emoji.ts: per group a line for each emoji, ${what}. */
export const ${name}: readonly string[] = [
${lines.map((text) => `  ${JSON.stringify(text).replaceAll("'", "\\'").replace(/^"|"$/g, "'").replaceAll('\\"', '"')},`).join('\n')}
];
`;
}

/** Words that the name has already are left out. */
function wordsOf({ label, tags = [] }: Source): string {
  const said = new Set(wordsIn(label));
  const others = tags.flatMap(wordsIn).filter((word) => !said.has(word));
  return `${label}\t${[...new Set(others)].join(' ')}`;
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

function shortcodesOf(emoji: Source, sets: Record<string, string | string[]>[]): string[] {
  const found = sets.flatMap((set) => set[emoji.hexcode] ?? []);
  const known = [...new Set(found)].filter((name) => /^[a-z0-9_+-]{1,64}$/.test(name));
  return known.length > 0 ? known : [emoji.label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')];
}

function lineOf(emoji: Source, shortcodes: string[]): string {
  const said = new Set(words(`${emoji.label} ${shortcodes.join(' ')}`));
  const keywords = (emoji.tags ?? []).flatMap(words).filter((word) => !said.has(word));
  const fields = [
    fullyQualified(emoji.emoji),
    shortcodes.join(' '),
    emoji.label,
    [...new Set(keywords)].join(' '),
  ];
  return `${fields.join('\t')}${hasTones(emoji) ? '\t+' : ''}`;
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);
}

/** Without the variation selector where the character is an emoji by itself: as keyboards write it (UTS #51, ED-18). */
function fullyQualified(character: string): string {
  return /^\p{Emoji_Presentation}\uFE0F$/u.test(character) ? character.slice(0, -1) : character;
}

/** Whether each tone is made by putting it behind the first character. */
function hasTones(emoji: Source): boolean {
  const points = Array.from(emoji.emoji.replace('\uFE0F', ''));
  return tones.every((tone, index) => {
    const toned = [points[0], tone, ...points.slice(1)].join('').replaceAll('\uFE0F', '');
    return emoji.skins?.some(
      (skin) => skin.tone === index + 1 && skin.emoji.replaceAll('\uFE0F', '') === toned,
    );
  });
}

const folder = resolve(import.meta.dirname, '../protocol/src/emoji');
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(resolve(folder, 'data.ts'), emojiModule());
  for (const language of languages)
    writeFileSync(resolve(folder, `words-${language}.ts`), emojiWordsModule(language));
}
