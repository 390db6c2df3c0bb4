import { loadEmojiTable, skinTones, withTone } from '@confab/protocol/emoji';

/**
 * The one way a standard emoji is stored, so that all who mean the same react with the same; null for other text.
 * With or without a variation selector is the same emoji; each skin tone is one of its own.
 */
export async function standardEmoji(character: string): Promise<string | null> {
  const emoji = (await loadEmojiTable()).byCharacter(character);
  if (!emoji) return null;
  const forms = [null, ...skinTones].map((tone) => withTone(emoji, tone));
  return forms.find((form) => bare(form) === bare(character)) ?? null;
}

function bare(character: string): string {
  return character.replaceAll('\uFE0F', '');
}
