/**
 * The standard emoji: characters, shortcodes, names, groups and keywords, and how to look them up.
 * The data is 41 KB (gzip) and a module of its own, as are the words of other languages: load it when a shortcode or the picker is shown.
 * Refuses to know: a workspace's own emoji, and how anything is drawn.
 */
import { createEmojiTable, type EmojiTable } from './table.ts';

export {
  createEmojiTable,
  emojiGroups,
  searchEmoji,
  skinTones,
  withTone,
  type Emoji,
  type EmojiGroup,
  type EmojiTable,
  type Searchable,
  type SkinTone,
} from './table.ts';

/**
 * Loads the data and makes a new table, which takes some milliseconds: keep the table. Rejects when a module cannot be loaded.
 * @param language in which they are named and found, beside English; one that is not known is English
 */
export async function loadEmojiTable(language = 'en'): Promise<EmojiTable> {
  const [{ emojiLines }, words] = await Promise.all([import('./data.ts'), loadWords(language)]);
  return createEmojiTable(emojiLines, words);
}

async function loadWords(language: string): Promise<readonly string[] | null> {
  if (language === 'de') return (await import('./words-de.ts')).emojiWords;
  if (language === 'ja') return (await import('./words-ja.ts')).emojiWords;
  return null;
}
