import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { emojiModule, emojiWordsModule, languages } from '../../../tools/generate-emoji.ts';
import { loadEmojiTable, searchEmoji, skinTones, withTone, type EmojiTable, type SkinTone } from './index.ts';

let table: EmojiTable;
beforeAll(async () => {
  table = await loadEmojiTable();
});

const search = (query: string): string[] => table.search(query, 8).map(({ shortcodes }) => shortcodes[0]);

test('the data is what the generator makes', () => {
  const committed = (name: string): string =>
    readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
  const remedy = 'run: npx tsx tools/generate-emoji.ts';
  expect(committed('./data.ts') === emojiModule(), remedy).toBe(true);
  for (const language of languages)
    expect(committed(`./words-${language}.ts`) === emojiWordsModule(language), remedy).toBe(true);
});

describe('the table', () => {
  test('is complete and knows each emoji by each of its names', () => {
    expect(table.all.length).toBeGreaterThan(1_800);
    for (const emoji of table.all) {
      expect(emoji.character).toMatch(/\S/u);
      expect(emoji.name).not.toBe('');
      expect(emoji.shortcodes[0]).toMatch(/^[a-z0-9_+-]+$/);
      expect(table.byCharacter(emoji.character)).toBe(emoji);
    }
    expect(table.byShortcode('tada')).toMatchObject({ character: '🎉', group: 'Activities' });
    expect(table.byShortcode('thumbsup')).toBe(table.byShortcode('+1'));
    expect(table.byShortcode('nothing')).toBeUndefined();
  });

  test('knows a character in any tone and presentation', () => {
    expect(table.byCharacter('👍🏽')?.shortcodes[0]).toBe('+1');
    expect(table.byCharacter('❤')).toBe(table.byCharacter('❤️'));
    expect(table.byCharacter('x')).toBeUndefined();
  });

  test('puts tones where Unicode wants them', () => {
    const [light, , , , dark] = skinTones;
    const toned = (code: string, tone: SkinTone = dark): string | undefined => {
      const emoji = table.byShortcode(code);
      return emoji && withTone(emoji, tone);
    };
    expect(toned('wave')).toBe('👋🏿');
    expect(toned('v', light)).toBe('✌🏻');
    expect(toned('woman_technologist')).toBe('👩🏿‍💻');
    expect(toned('tada')).toBe('🎉');
  });
});

describe('search', () => {
  test('the name itself comes first, then what begins with it', () => {
    expect(search('cat')[0]).toBe('cat');
    expect(search(':heart:')[0]).toBe('heart');
    expect(search('thumbs up')[0]).toBe('+1');
    expect(search('smil').slice(0, 3)).toEqual(['smiley', 'smile', 'smiling_face_with_three_hearts']);
  });

  test('finds by keyword, every word counts', () => {
    expect(search('lol')).toContain('joy');
    expect(search('heart blue')).toEqual(['blue_heart', 'light_blue_heart']);
    expect(search('zzzz')).toEqual([]);
    expect(search('  ')).toEqual([]);
    expect(table.search('a', 5)).toHaveLength(5);
  });

  test.each([
    ['de', '🎉', 'Konfettibombe', 'konfetti', 'Grünes Herz', '💚'],
    ['ja', '🎉', 'クラッカー', 'お祝い', '緑 ハート', '💚'],
  ])('in %s, and still in English', async (language, character, name, word, heart, green) => {
    const own = await loadEmojiTable(language);
    const find = (query: string): string[] => own.search(query, 30).map((emoji) => emoji.character);
    expect(own.byCharacter(character)?.name).toBe(name);
    expect(find(word)).toContain(character);
    expect(find('popper')).toContain(character);
    expect(find(heart)).toContain(green);
    expect(own.all.map((emoji) => emoji.character)).toEqual(table.all.map((emoji) => emoji.character));
  });

  test('puts names of the language before flags that only sound like it', async () => {
    const german = await loadEmojiTable('de');
    expect(german.search('herz', 40).map((emoji) => emoji.group)[0]).toBe('Smileys & emotion');
  });

  test('also over a workspace’s own', () => {
    const own = [{ shortcodes: ['party_parrot'] as const, name: '', keywords: [] }];
    expect(searchEmoji(own, 'parrot', 3)).toEqual(own);
  });
});
