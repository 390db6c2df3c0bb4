/** The language of queries: text in, what to look for out. Knows nothing of who asks or what there is. */
import { limits, type SearchProblem } from '@confab/protocol';
import { spanOf } from './days.ts';
import { fold, isUnspaced, wordsOf } from './fold.ts';
import { partCharsMin, prefixCharsMin, type Wanted } from './grams.ts';

export interface Term {
  readonly words: readonly Wanted[];
  /** Stands in the folded text of whatever has this term. */
  readonly needle: string;
  readonly excluded: boolean;
}

/** A person or a room by name, as written less its sign. Several of one kind: any of them. */
export interface Named {
  readonly kind: 'from' | 'in' | 'to';
  readonly name: string;
  readonly excluded: boolean;
}

export const flagNames = ['link', 'code', 'file', 'reaction', 'pin', 'thread', 'saved'] as const;
export type FlagName = (typeof flagNames)[number];

export interface Flag {
  readonly name: FlagName;
  readonly excluded: boolean;
}

export interface Query {
  readonly terms: readonly Term[];
  readonly named: readonly Named[];
  readonly flags: readonly Flag[];
  /** Milliseconds since 1970 UTC: from the first on, and before the second. */
  readonly from: number | null;
  readonly before: number | null;
  readonly problems: readonly SearchProblem[];
}

interface Draft {
  terms: Term[];
  named: Named[];
  flags: Flag[];
  from: number | null;
  before: number | null;
  problems: SearchProblem[];
}

interface Piece {
  readonly excluded: boolean;
  readonly operator: string | null;
  readonly value: string;
  readonly quoted: boolean;
}

const has: Readonly<Record<string, FlagName>> = {
  link: 'link',
  code: 'code',
  file: 'file',
  reaction: 'reaction',
  pin: 'pin',
};
const is: Readonly<Record<string, FlagName>> = { thread: 'thread', saved: 'saved', pinned: 'pin' };
const pieces = /(-?)(?:(from|in|to|has|is|before|after|during):(?=[^\s]))?(?:"([^"]*)"?|([^\s]+))/giu;

/** @param timeZone in which days begin and end. */
export function parseQuery(text: string, at: { now: number; timeZone: string }): Query {
  const draft: Draft = { terms: [], named: [], flags: [], from: null, before: null, problems: [] };
  // A hostile query is cut, not worked through; the limit leaves nothing that a person would write.
  for (const piece of piecesOf(text)) {
    if (draft.terms.length + draft.named.length + draft.flags.length >= limits.searchTermsMax) {
      draft.problems.push({ kind: 'many', value: piece.value });
      break;
    }
    addPiece(draft, piece, at);
  }
  return draft;
}

function piecesOf(text: string): Piece[] {
  const plain = text.replaceAll(/[“”„«»＂]/gu, '"').replaceAll('：', ':');
  return [...plain.matchAll(pieces)].map(([, minus, operator, quoted, bare]) => ({
    excluded: minus === '-',
    operator: operator?.toLowerCase() ?? null,
    value: (quoted ?? bare ?? '').trim(),
    quoted: quoted !== undefined,
  }));
}

function addPiece(draft: Draft, piece: Piece, at: { now: number; timeZone: string }): void {
  const { operator, excluded, value } = piece;
  switch (operator) {
    case 'from':
    case 'to':
    case 'in':
      draft.named.push({ kind: operator, name: value.replace(/^[@#]/, '').toLowerCase(), excluded });
      return;
    case 'has':
    case 'is': {
      const table = operator === 'has' ? has : is;
      const key = value.toLowerCase().replace(/s$/, '');
      const name = Object.hasOwn(table, value.toLowerCase()) ? table[value.toLowerCase()] : undefined;
      const singular = Object.hasOwn(table, key) ? table[key] : undefined;
      const known = name ?? singular;
      if (known) draft.flags.push({ name: known, excluded });
      else draft.problems.push({ kind: operator, value });
      return;
    }
    case 'before':
    case 'after':
    case 'during':
      return addDate(draft, { kind: operator, value }, at);
    case null:
    default:
      return addTerm(draft, piece);
  }
}

function addDate(
  draft: Draft,
  date: { kind: 'before' | 'after' | 'during'; value: string },
  at: { now: number; timeZone: string },
): void {
  const span = spanOf(date.value, at.now, at.timeZone);
  if (!span) {
    draft.problems.push({ kind: 'date', value: date.value });
    return;
  }
  const from = date.kind === 'during' ? span.from : date.kind === 'after' ? span.to : null;
  const before = date.kind === 'during' ? span.to : date.kind === 'before' ? span.from : null;
  if (from !== null) draft.from = Math.max(from, draft.from ?? from);
  if (before !== null) draft.before = Math.min(before, draft.before ?? before);
}

function addTerm(draft: Draft, { value, quoted, excluded }: Piece): void {
  const openBefore = !quoted && value.startsWith('*');
  const openAfter = !quoted && value.endsWith('*');
  const words = wordsOf(fold(value).text);
  const last = words.length - 1;
  const wanted = words.map((word, index) => ({
    word,
    openBefore: index === 0 && openBefore,
    openAfter: index === last && openAfter,
  }));
  if (wanted.length === 0) return;
  if (wanted.some(isShort)) draft.problems.push({ kind: 'short', value });
  else draft.terms.push({ words: wanted, needle: needleOf(wanted), excluded });
}

/** Half the messages have some word that begins with an a. */
function isShort({ word, openBefore, openAfter }: Wanted): boolean {
  if (isUnspaced(word)) return false;
  if (openBefore) return word.length < partCharsMin;
  return openAfter && word.length < prefixCharsMin;
}

function needleOf(words: readonly Wanted[]): string {
  const first = words[0];
  const last = words.at(-1);
  const before = first && !first.openBefore && !isUnspaced(first.word) ? ' ' : '';
  const after = last && !last.openAfter && !isUnspaced(last.word) ? ' ' : '';
  return `${before}${words.map(({ word }) => word).join(' ')}${after}`;
}
