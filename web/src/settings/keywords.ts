import { limits } from '@confab/protocol/limits';

export type AddedKeywords =
  | { readonly keywords: readonly string[] }
  | { readonly problem: 'none' | 'known' | 'long' | 'many' };

/**
 * Keywords with what was typed, several between commas. What is there already, in whatever case, is not added twice; it is
 * a problem when nothing new is left.
 */
export function withKeywords(keywords: readonly string[], typed: string): AddedKeywords {
  const words = typed
    .split(/[,、，;\n]/)
    .map((word) => word.trim().replaceAll(/\s+/g, ' '))
    .filter((word) => word !== '');
  if (words.length === 0) return { problem: 'none' };
  if (words.some(({ length }) => length > limits.keywordCharsMax)) return { problem: 'long' };
  const known = new Set(keywords.map(folded));
  const fresh = words.filter((word) => !known.has(folded(word)) && known.add(folded(word)));
  if (fresh.length === 0) return { problem: 'known' };
  const all = [...keywords, ...fresh];
  return all.length > limits.keywordsMax ? { problem: 'many' } : { keywords: all };
}

function folded(word: string): string {
  return word.toLowerCase();
}
