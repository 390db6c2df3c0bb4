import type { Budget } from './budget.ts';
import { isBlank, isRule, type Found, type Inside } from './lines.ts';
import type { ListItem } from './tokens.ts';

type Item = {
  ordered: boolean;
  /** 1 for a bullet */
  number: number;
  /** the bullet, or the sign after the number; another sign begins another list */
  sign: string;
  indent: number;
  /** the column where the item's own text begins */
  offset: number;
  text: string;
};

/** The line as the first of a list item. */
export function readItem(line: string): Item | undefined {
  if (isRule(line)) return undefined;
  const found = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(?=\S)/.exec(line);
  if (found === null) return undefined;
  const [whole, before = '', marker = '', gap = ''] = found;
  const indent = columns(before);
  const ordered = marker.length > 1;
  const width = columns(gap) > 4 ? 1 : columns(gap);
  return {
    ordered,
    number: ordered ? Number.parseInt(marker, 10) : 1,
    sign: marker.slice(-1),
    indent,
    offset: indent + marker.length + width,
    text: line.slice(whole.length),
  };
}

export function readList(
  lines: readonly string[],
  at: number,
  budget: Budget,
  inside: Inside,
): Found | undefined {
  const first = readItem(lines[at] ?? '');
  if (first === undefined) return undefined;
  const items: ListItem[] = [];
  let item: Item | undefined = first;
  let next = at;
  while (item !== undefined) {
    const { inner, after } = readItemLines(lines, next, item, budget);
    budget.tokens -= 1;
    items.push(toListItem(inner, inside));
    next = after;
    const following = nextFilled(lines, next, budget);
    item = budget.tokens > 0 ? readSibling(lines[following], first) : undefined;
    if (item !== undefined) next = following;
  }
  return { block: { kind: 'list', ordered: first.ordered, start: first.number, items }, next };
}

function toListItem(inner: string[], inside: Inside): ListItem {
  const task = /^\[([ xX])\][ \t]+(?=\S)/.exec(inner[0] ?? '');
  if (task !== null) inner[0] = (inner[0] ?? '').slice(task[0].length);
  return {
    checked: task === null ? null : task[1] !== ' ',
    blocks: inside(inner),
  };
}

/** The item's lines without their indent, and the index of the first line that is not its own. */
function readItemLines(lines: readonly string[], at: number, item: Item, budget: Budget) {
  const inner = [item.text];
  let after = at + 1;
  while (after < lines.length) {
    budget.steps += 1;
    const filled = nextFilled(lines, after, budget);
    const line = lines[filled];
    if (line === undefined || !belongsTo(item, line, filled > after)) break;
    for (; after < filled; after += 1) inner.push('');
    inner.push(withoutColumns(line, item.offset));
    after += 1;
  }
  return { inner, after };
}

/** Two columns are enough to be inside, as people type it; after an empty line the text must line up. */
function belongsTo(item: Item, line: string, afterBlank: boolean): boolean {
  const indent = columns(/^[ \t]*/.exec(line)?.[0] ?? '');
  if (indent >= item.offset) return true;
  return indent >= item.indent + 2 && (!afterBlank || readItem(line) !== undefined);
}

function readSibling(line: string | undefined, first: Item): Item | undefined {
  const item = line === undefined ? undefined : readItem(line);
  if (item === undefined || item.sign !== first.sign || item.ordered !== first.ordered) return undefined;
  return item;
}

function nextFilled(lines: readonly string[], from: number, budget: Budget): number {
  let at = from;
  while (at < lines.length && isBlank(lines[at])) {
    budget.steps += 1;
    at += 1;
  }
  return at;
}

function columns(space: string): number {
  let width = 0;
  for (const sign of space) width += sign === '\t' ? 4 - (width % 4) : 1;
  return width;
}

function withoutColumns(line: string, count: number): string {
  let width = 0;
  let cut = 0;
  while (width < count && (line[cut] === ' ' || line[cut] === '\t')) {
    width += line[cut] === '\t' ? 4 - (width % 4) : 1;
    cut += 1;
  }
  return line.slice(cut);
}
