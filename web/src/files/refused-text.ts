import type { Refused } from '@confab/client';
import { refusalText, type Words } from '../language/index.ts';

/** What a refusal means for a file, in the language of the person. */
export function refusedText(words: Words, refused: Refused): string {
  const special: Readonly<Partial<Record<string, string>>> = words.files.refused;
  return special[refused.code] ?? refusalText(words, refused);
}
