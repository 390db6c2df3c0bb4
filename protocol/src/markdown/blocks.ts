import { limits } from '../limits.ts';
import type { Budget } from './budget.ts';
import { readCode, startsCode } from './code-block.ts';
import { parseInline } from './inline.ts';
import { isBlank, isRule, type Found, type Inside } from './lines.ts';
import { readItem, readList } from './list.ts';
import { readTable, startsTable } from './table.ts';
import type { Block } from './tokens.ts';

/** The blocks of these lines. `depth` is the number of quotes and lists around them. */
export function parseBlocks(lines: readonly string[], depth: number, budget: Budget): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    budget.steps += 1;
    if (isBlank(lines[at])) {
      at += 1;
      continue;
    }
    if (budget.tokens <= 0) {
      blocks.push({ kind: 'paragraph', children: [{ kind: 'text', text: lines.slice(at).join('\n') }] });
      break;
    }
    budget.tokens -= 1;
    const found = readBlock(lines, at, depth, budget);
    blocks.push(found.block);
    at = found.next;
  }
  return blocks;
}

function readBlock(lines: readonly string[], at: number, depth: number, budget: Budget): Found {
  const line = lines[at] ?? '';
  const inside = (inner: readonly string[]): Block[] => parseBlocks(inner, depth + 1, budget);
  return (
    readCode(lines, at, budget) ??
    readHeading(line, at, budget) ??
    (isRule(line) ? { block: { kind: 'rule' }, next: at + 1 } : undefined) ??
    (mayNest(depth) ? readQuote(lines, at, budget, inside) : undefined) ??
    (mayNest(depth) ? readList(lines, at, budget, inside) : undefined) ??
    readTable(lines, at, budget) ??
    readParagraph(lines, at, depth, budget)
  );
}

function readHeading(line: string, at: number, budget: Budget): Found | undefined {
  const level = headingLevel(line);
  if (level === 0) return undefined;
  const text = line.trimStart().slice(level).trim();
  const children = parseInline(withoutClosingMarks(text), budget);
  return { block: { kind: 'heading', level, children }, next: at + 1 };
}

function headingLevel(line: string): number {
  const marks = /^ {0,3}(#{1,6})[ \t]+(?=[^ \t#])/.exec(line)?.[1];
  return marks?.length ?? 0;
}

function withoutClosingMarks(text: string): string {
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  return end < text.length && /\s/.test(text[end - 1] ?? '') ? text.slice(0, end).trimEnd() : text;
}

function readQuote(lines: readonly string[], at: number, budget: Budget, inside: Inside): Found | undefined {
  const inner: string[] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    budget.steps += 1;
    const line = lines[next] ?? '';
    const mark = quoteMark(line);
    if (mark === 0) break;
    inner.push(line.slice(mark));
  }
  if (inner.length === 0) return undefined;
  return { block: { kind: 'quote', blocks: inside(inner) }, next };
}

/** How many characters of the line are the quote's mark. */
function quoteMark(line: string): number {
  return /^ {0,3}> ?/.exec(line)?.[0].length ?? 0;
}

function readParagraph(lines: readonly string[], at: number, depth: number, budget: Budget): Found {
  const text = [lines[at]?.trimEnd() ?? ''];
  let next = at + 1;
  for (; next < lines.length; next += 1) {
    budget.steps += 1;
    const line = lines[next] ?? '';
    if (isBlank(line) || interruptsParagraph(lines, next, depth)) break;
    text.push(line.trimEnd());
  }
  return { block: { kind: 'paragraph', children: parseInline(text.join('\n'), budget) }, next };
}

function interruptsParagraph(lines: readonly string[], at: number, depth: number): boolean {
  const line = lines[at] ?? '';
  if (startsCode(line) || headingLevel(line) > 0 || isRule(line)) return true;
  if (mayNest(depth)) {
    if (quoteMark(line) > 0) return true;
    // "2024. was a good year" on a wrapped line is not a list
    const item = readItem(line);
    if (item !== undefined && (!item.ordered || item.number === 1)) return true;
  }
  return startsTable(lines, at);
}

function mayNest(depth: number): boolean {
  return depth < limits.markdownDepthMax;
}
