import { limits } from '../limits.ts';
import type { Budget } from './budget.ts';
import type { Found } from './lines.ts';
import { parseInline } from './inline.ts';
import type { Align, Inline } from './tokens.ts';

export function startsTable(lines: readonly string[], at: number): boolean {
  return readHeader(lines, at) !== undefined;
}

/** A header, a line of dashes, and the lines after it that hold a bar. */
export function readTable(lines: readonly string[], at: number, budget: Budget): Found | undefined {
  const header = readHeader(lines, at);
  if (header === undefined) return undefined;
  const { align } = header;
  const cells = (row: readonly string[]): Inline[][] =>
    align.map((_, column) => {
      budget.tokens -= 1;
      return parseInline(row[column] ?? '', budget);
    });
  const head = cells(header.titles);
  const rows: Inline[][][] = [];
  let next = at + 2;
  while (next < lines.length && lines[next]?.includes('|') === true && budget.tokens > 0) {
    budget.steps += 1;
    rows.push(cells(splitRow(lines[next] ?? '')));
    next += 1;
  }
  return { block: { kind: 'table', align, header: head, rows }, next };
}

function readHeader(lines: readonly string[], at: number): { titles: string[]; align: Align[] } | undefined {
  const dashes = lines[at + 1];
  if (dashes === undefined || !/^[ \t]*[|:-][|:\- \t]*$/.test(dashes)) return undefined;
  if (!dashes.includes('-') || !dashes.includes('|') || lines[at]?.includes('|') !== true) return undefined;
  const titles = splitRow(lines[at] ?? '');
  const marks = splitRow(dashes);
  if (titles.length !== marks.length || titles.length > limits.markdownTableColumnsMax) return undefined;
  const align: Align[] = [];
  for (const mark of marks) {
    if (!/^:?-+:?$/.test(mark)) return undefined;
    align.push(alignOf(mark));
  }
  return { titles, align };
}

function alignOf(mark: string): Align {
  if (!mark.endsWith(':')) return 'start';
  return mark.startsWith(':') ? 'center' : 'end';
}

/** Cells between bars; `\|` is a bar inside a cell. */
function splitRow(line: string): string[] {
  const row = line.trim().replace(/^\|/, '');
  const cells: string[] = [];
  let cell = '';
  for (let at = 0; at < row.length; at += 1) {
    const sign = row[at] ?? '';
    if (sign === '\\' && row[at + 1] === '|') {
      cell += '|';
      at += 1;
    } else if (sign === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  if (cell.trim() !== '') cells.push(cell.trim());
  return cells;
}
