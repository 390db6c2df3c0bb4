import type { Candidate } from './search-index.ts';
import type { Term } from './parse-query.ts';

/** How much the newest of those weighed is ahead of the oldest, in words found. */
const newness = 1.5;

/**
 * Best first: what has the words more often, earlier, as whole words, close together, in a short text; and between
 * equals the newer one.
 * @param candidates newest first
 */
export function weigh(candidates: readonly Candidate[], terms: readonly Term[]): string[] {
  const wanted = terms.filter(({ excluded }) => !excluded);
  return candidates
    .map(({ messageId, folded }, place) => ({
      messageId,
      weight: weightOf(folded, wanted) + newness * (1 - place / candidates.length),
      place,
    }))
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .map(({ messageId }) => messageId);
}

function weightOf(folded: string, terms: readonly Term[]): number {
  let weight = 0;
  let first = folded.length;
  let last = 0;
  for (const { needle } of terms) {
    const at = folded.indexOf(needle);
    if (at < 0) continue;
    const times = Math.min(countOf(folded, needle), 4);
    weight += 1 + Math.log2(times) * 0.5;
    if (isWhole(folded, at, needle)) weight += 0.5;
    first = Math.min(first, at);
    last = Math.max(last, at + needle.length);
  }
  const apart = last > first ? Math.min(1, (terms.length * 8) / (last - first)) : 0;
  return weight * (1 + apart * 0.5) + 2 / (1 + folded.length / 80);
}

function countOf(folded: string, needle: string): number {
  let count = 0;
  for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) count += 1;
  return count;
}

function isWhole(folded: string, at: number, needle: string): boolean {
  const before = folded[at] === ' ' || folded[at - 1] === ' ';
  const end = at + needle.length;
  return before && (folded[end - 1] === ' ' || folded[end] === ' ');
}
