import { limits, type SearchSnippet } from '@confab/protocol';
import { fold, type Folded } from './fold.ts';
import type { Term } from './parse-query.ts';

/** Of the marks in one snippet: a page full of yellow says nothing. */
const marksMax = 40;
/** How much stands before the first mark when the beginning is cut off. */
const leadChars = 60;

/** The part of a text around what was found first, on one line, with marks. */
export function snippetOf(text: string, terms: readonly Term[]): SearchSnippet {
  const folded = fold(text);
  const marks = merged(terms.filter(({ excluded }) => !excluded).flatMap((term) => marksOf(folded, term)));
  const from = beginOf(text, marks[0]?.[0] ?? 0);
  const to = endOf(text, from + limits.searchSnippetCharsMax);
  const before = from > 0 ? '…' : '';
  const after = to < text.length ? '…' : '';
  const shift = before.length - from;
  return {
    text: `${before}${text.slice(from, to)}${after}`,
    marks: marks
      .filter(([start, end]) => start >= from && end <= to)
      .slice(0, marksMax)
      .map(([start, end]) => [start + shift, end + shift]),
  };
}

function marksOf({ text, starts, ends }: Folded, { needle }: Term): [number, number][] {
  const marks: [number, number][] = [];
  const skip = needle.startsWith(' ') ? 1 : 0;
  const bare = needle.trim();
  for (let at = text.indexOf(needle); at >= 0 && marks.length < marksMax; at = text.indexOf(needle, at + 1)) {
    const start = starts[at + skip];
    const end = ends[at + skip + bare.length - 1];
    if (start !== undefined && end !== undefined) marks.push([start, end]);
  }
  return marks;
}

function merged(marks: [number, number][]): [number, number][] {
  const apart: [number, number][] = [];
  for (const [start, end] of marks.sort((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
  }
  return apart;
}

/** At a space where there is one near, and never within a character. */
function beginOf(text: string, mark: number): number {
  if (mark <= leadChars * 2 || text.length <= limits.searchSnippetCharsMax) return 0;
  const from = mark - leadChars;
  const space = text.lastIndexOf(' ', from);
  return space > from - 20 ? space + 1 : whole(text, from);
}

function endOf(text: string, to: number): number {
  if (to >= text.length) return text.length;
  const space = text.lastIndexOf(' ', to);
  return space > to - 20 ? space : whole(text, to);
}

function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at;
}
