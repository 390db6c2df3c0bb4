import type { Budget } from './budget.ts';
import type { Found } from './lines.ts';

type Fence = { mark: string; length: number; indent: number; language: string; code: string };

export function startsCode(line: string): boolean {
  return readFence(line) !== undefined;
}

/**
 * A fenced block. It ends with the first line that ends in as many marks: people type the closing fence behind the last
 * line of code as often as below it. A fence that is never closed holds the rest.
 */
export function readCode(lines: readonly string[], at: number, budget: Budget): Found | undefined {
  const fence = readFence(lines[at] ?? '');
  if (fence === undefined) return undefined;
  const text: string[] = fence.code === '' ? [] : [fence.code];
  let next = at + 1;
  while (next < lines.length) {
    budget.steps += 1;
    const line = withoutIndent(lines[next] ?? '', fence.indent);
    next += 1;
    const closing = closingMarks(line, fence);
    if (closing > 0) {
      const last = line.trimEnd().slice(0, -closing);
      if (last.trim() !== '') text.push(last);
      break;
    }
    text.push(line);
  }
  return { block: { kind: 'code', language: fence.language, text: text.join('\n') }, next };
}

function readFence(line: string): Fence | undefined {
  const found = /^( {0,3})(`{3,}|~{3,})(.*)$/.exec(line);
  if (found === null) return undefined;
  const [, indent = '', marks = '', info = ''] = found;
  const mark = marks[0] ?? '';
  if (mark === '`' && info.includes('`')) return undefined;
  // one word names a language; more is code begun on the fence's own line
  const named = /^[\w+#.-]{1,32}$/.test(info.trim());
  return {
    mark,
    length: marks.length,
    indent: indent.length,
    language: named ? info.trim() : '',
    code: named ? '' : info.trim(),
  };
}

function closingMarks(line: string, fence: Fence): number {
  const text = line.trimEnd();
  let count = 0;
  while (text[text.length - 1 - count] === fence.mark) count += 1;
  return count >= fence.length ? count : 0;
}

function withoutIndent(line: string, indent: number): string {
  let cut = 0;
  while (cut < indent && line[cut] === ' ') cut += 1;
  return line.slice(cut);
}
