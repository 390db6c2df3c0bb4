import { createEmojiTable, skinTones, withTone, type EmojiTable } from '@confab/protocol/emoji';
import { emojiLines } from '@confab/protocol/emoji/data';

/**
 * The one way a standard emoji is stored, so that all who mean the same react with the same; null for other text.
 * With or without a variation selector is the same emoji; each skin tone is one of its own.
 */
export type StandardEmoji = (character: string) => string | null;

/** The table is made when the first reaction needs it. */
export function createStandardEmoji(): StandardEmoji {
  let table: EmojiTable | null = null;
  return (character) => {
    table ??= createEmojiTable(emojiLines);
    const emoji = table.byCharacter(character);
    if (!emoji) return null;
    const forms = [null, ...skinTones].map((tone) => withTone(emoji, tone));
    return forms.find((form) => bare(form) === bare(character)) ?? null;
  };
}

function bare(character: string): string {
  return character.replaceAll('\uFE0F', '');
}
