/**
 * The standard emoji: characters, shortcodes, names, groups and keywords, and how to look them up.
 * The data is 41 KB (gzip) and a module of its own: load it when a shortcode or the picker is shown.
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

/** Loads the data and makes a new table, which takes some milliseconds: keep the table. Rejects when the module cannot be loaded. */
export async function loadEmojiTable(): Promise<EmojiTable> {
  const { emojiLines } = await import('./data.ts');
  return createEmojiTable(emojiLines);
}
