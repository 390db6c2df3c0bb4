import type { Refused } from '@confab/client';
import type { Words } from './en/index.ts';

/** What a refusal says to people, in their language; the server's own words where that language has none. */
export function refusalText(words: Words, { code, message }: Pick<Refused, 'code' | 'message'>): string {
  return words.refusals[code] ?? message;
}
