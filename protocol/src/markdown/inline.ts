import type { Budget } from './budget.ts';
import { buildTree } from './build-tree.ts';
import { createCodeSpans } from './code-span.ts';
import { matchEmphasis } from './emphasis.ts';
import { readDestination } from './destination.ts';
import { findAddresses, type Address } from './addresses.ts';
import type { Piece, Run } from './pieces.ts';
import type { Inline } from './tokens.ts';
import { readWord } from './words.ts';

const special = /[\\`*_~[\]!<@#:\n]/g;
const escapable = /[!-/:-@[-`{-~]/;
const spaceSign = /\s/u;
const punctuation = /[\p{P}\p{S}]/u;

/** The text of one paragraph, heading or cell. */
export function parseInline(text: string, budget: Budget): Inline[] {
  const scan = createScan(text, budget);
  while (scan.at < text.length) {
    budget.steps += 1;
    if (budget.tokens <= 0) {
      pushText(scan, text.slice(scan.at));
      break;
    }
    scanNext(scan);
  }
  matchEmphasis(scan.runs, 0, budget);
  return buildTree(scan.pieces);
}

type Bracket = { piece: Extract<Piece, { kind: 'open' }>; from: number; runs: number; image: boolean };

type Scan = ReturnType<typeof createScan>;

function createScan(text: string, budget: Budget) {
  const pieces: Piece[] = [];
  const runs: Run[] = [];
  const brackets: Bracket[] = [];
  const addresses = findAddresses(text, budget);
  const codeSpans = createCodeSpans(text);
  return { text, budget, at: 0, pieces, runs, brackets, addresses, addressIndex: 0, codeSpans };
}

function scanNext(scan: Scan): void {
  const { text } = scan;
  const address = nextAddress(scan, scan.at);
  special.lastIndex = scan.at;
  const found = special.exec(text)?.index ?? text.length;
  const stop = Math.min(found, address?.from ?? text.length);
  if (stop > scan.at) {
    pushText(scan, text.slice(scan.at, stop));
    scan.at = stop;
  } else if (address !== undefined && address.from === stop) {
    const shown: Inline = { kind: 'text', text: text.slice(address.from, address.to) };
    pushAtom(scan, { kind: 'link', href: address.href, children: [shown] }, address.to);
  } else scanSpecial(scan, text[stop] ?? '');
}

/** The first address from `at` on; ask for ascending positions only. */
function nextAddress(scan: Scan, at: number): Address | undefined {
  const { addresses } = scan;
  while (scan.addressIndex < addresses.length && (addresses[scan.addressIndex]?.from ?? 0) < at) {
    scan.addressIndex += 1;
  }
  return addresses[scan.addressIndex];
}

function scanSpecial(scan: Scan, sign: string): void {
  switch (sign) {
    case '\\':
      return scanEscape(scan);
    case '`':
      return scanCode(scan);
    case '*':
    case '_':
    case '~':
      return scanRun(scan, sign);
    case '!':
    case '[':
      return scanOpen(scan);
    case ']':
      return scanClose(scan);
    case '\n':
      return pushAtom(scan, { kind: 'break' }, scan.at + 1);
    case '<':
      return scanAngle(scan);
    default:
      return scanWord(scan);
  }
}

function scanEscape(scan: Scan): void {
  const next = scan.text[scan.at + 1] ?? '';
  if (next === '\n') {
    pushAtom(scan, { kind: 'break' }, scan.at + 2);
  } else if (escapable.test(next)) {
    pushText(scan, next);
    scan.at += 2;
  } else pushSigns(scan, 1);
}

function scanCode(scan: Scan): void {
  const span = scan.codeSpans.at(scan.at);
  if (span.closed) pushAtom(scan, { kind: 'code', text: span.text }, span.to);
  else pushSigns(scan, span.to - scan.at);
}

function scanRun(scan: Scan, mark: Run['mark']): void {
  const { text, at } = scan;
  let to = at;
  while (text[to] === mark) to += 1;
  const before = signBefore(text, at);
  const after = signAfter(text, to);
  const opens = !isSpace(after) && (!punctuation.test(after) || isSpace(before) || punctuation.test(before));
  const closes = !isSpace(before) && (!punctuation.test(before) || isSpace(after) || punctuation.test(after));
  // snake_case is a word
  const inWord = mark === '_' && opens && closes;
  const mayOpen = opens && (!inWord || punctuation.test(before));
  const mayClose = closes && (!inWord || punctuation.test(after));
  const run: Run = { mark, length: to - at, left: to - at, mayOpen, mayClose, opened: [], closed: [] };
  if (mark === '~' && run.length > 2) return pushSigns(scan, run.length);
  scan.budget.tokens -= 1;
  scan.pieces.push({ kind: 'run', run });
  scan.runs.push(run);
  scan.at = to;
}

function scanOpen(scan: Scan): void {
  const image = scan.text[scan.at] === '!';
  if (image && scan.text[scan.at + 1] !== '[') return pushSigns(scan, 1);
  const from = scan.at;
  scan.at += image ? 2 : 1;
  const piece: Bracket['piece'] = { kind: 'open', text: scan.text.slice(from, scan.at), href: null };
  scan.budget.tokens -= 1;
  scan.pieces.push(piece);
  scan.brackets.push({ piece, from, runs: scan.runs.length, image });
}

function scanClose(scan: Scan): void {
  const { text, budget } = scan;
  const bracket = scan.brackets.pop();
  const found = text[scan.at + 1] === '(' ? readDestination(text, scan.at + 2, budget) : undefined;
  if (bracket === undefined || found === undefined) return pushSigns(scan, 1);
  matchEmphasis(scan.runs, bracket.runs, budget);
  bracket.piece.href = found.href;
  scan.pieces.push({ kind: 'close' });
  scan.at = found.to;
  // a link holds no link: what is open around it stays text; a picture may be inside one
  if (!bracket.image) scan.brackets.length = 0;
}

function scanAngle(scan: Scan): void {
  const { text, at } = scan;
  const next = nextAddress(scan, at + 1);
  // <https://example.org> and <someone@example.org>: the marks only fence the address
  if (next !== undefined && next.from === at + 1 && text[next.full] === '>') {
    const shown: Inline = { kind: 'text', text: text.slice(at + 1, next.full) };
    return pushAtom(scan, { kind: 'link', href: next.fullHref, children: [shown] }, next.full + 1);
  }
  pushSigns(scan, 1);
}

function scanWord(scan: Scan): void {
  const last = scan.pieces.at(-1);
  const emoji = last?.kind === 'atom' && last.token.kind === 'emoji';
  const word = readWord(scan.text, scan.at, { sign: signBefore(scan.text, scan.at), emoji });
  if (word === undefined) return pushSigns(scan, 1);
  pushAtom(scan, word.token, word.to);
}

function pushSigns(scan: Scan, count: number): void {
  pushText(scan, scan.text.slice(scan.at, scan.at + count));
  scan.at += count;
}

function pushText(scan: Scan, text: string): void {
  const last = scan.pieces.at(-1);
  if (last?.kind === 'text') last.text += text;
  else scan.pieces.push({ kind: 'text', text });
}

function pushAtom(scan: Scan, token: Inline, to: number): void {
  scan.budget.tokens -= 1;
  scan.pieces.push({ kind: 'atom', token });
  scan.at = to;
}

/** The whole character before `at`: '' at the start. */
function signBefore(text: string, at: number): string {
  const low = text[at - 1] ?? '';
  const high = text[at - 2] ?? '';
  return /[\udc00-\udfff]/.test(low) && /[\ud800-\udbff]/.test(high) ? high + low : low;
}

function signAfter(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function isSpace(sign: string): boolean {
  return sign === '' || spaceSign.test(sign);
}
