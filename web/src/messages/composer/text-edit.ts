/** What the composer's buttons and keys do to a text with a selection. Pure: the same in, the same out. */

export interface TextEdit {
  readonly text: string;
  /** The selection; both the same when it is a caret. UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

export type InlineMark = '**' | '_' | '~~' | '`';

/** Puts the selection between marks, or takes them away when they are there. */
export function toggleMark({ text, start, end }: TextEdit, mark: InlineMark): TextEdit {
  const size = mark.length;
  const [before, inside, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  if (before.endsWith(mark) && after.startsWith(mark)) {
    return {
      text: before.slice(0, -size) + inside + after.slice(size),
      start: start - size,
      end: end - size,
    };
  }
  if (inside.length >= 2 * size && inside.startsWith(mark) && inside.endsWith(mark)) {
    return { text: before + inside.slice(size, -size) + after, start, end: end - 2 * size };
  }
  // Marks must touch words: spaces at the ends of the selection stay outside.
  const lead = inside.length - inside.trimStart().length;
  const tail = inside.trim() === '' ? 0 : inside.length - inside.trimEnd().length;
  const word = inside.slice(lead, inside.length - tail);
  const from = start + lead + size;
  return {
    text: before + inside.slice(0, lead) + mark + word + mark + inside.slice(inside.length - tail) + after,
    start: from,
    end: from + word.length,
  };
}

export type LineMark = '> ' | '- ' | '1. ';

const anyLineMark = /^(\s*)(> |[-*] |\d+[.)] )/;

/** Puts a mark before each line of the selection, or takes it away when all have it. */
export function toggleLines({ text, start, end }: TextEdit, mark: LineMark): TextEdit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const pattern = mark === '1. ' ? /^\d+[.)] / : mark === '- ' ? /^[-*] / : /^> /;
  const isMarked = lines.every((line) => pattern.test(line));
  const changed = lines.map((line, index) => {
    if (isMarked) return line.replace(pattern, '');
    const bare = mark === '> ' ? line : line.replace(anyLineMark, '$1');
    return (mark === '1. ' ? `${index + 1}. ` : mark) + bare;
  });
  const block = changed.join('\n');
  const caret = from + block.length - (to - end);
  const isCaret = start === end;
  return {
    text: text.slice(0, from) + block + text.slice(to),
    start: isCaret ? Math.max(from, caret) : from,
    end: isCaret ? Math.max(from, caret) : from + block.length,
  };
}

/** A fence around the selection, on lines of its own. */
export function fenceCode({ text, start, end }: TextEdit): TextEdit {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const open = `${before === '' || before.endsWith('\n') ? '' : '\n'}\`\`\`\n`;
  const close = `\n\`\`\`${after === '' || after.startsWith('\n') ? '' : '\n'}`;
  const inside = text.slice(start, end);
  const from = start + open.length;
  return { text: before + open + inside + close + after, start: from, end: from + inside.length };
}

/** `[words](address)`; what is still missing is selected. */
export function makeLink({ text, start, end }: TextEdit): TextEdit {
  const inside = text.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inside);
  const [words, address] = isAddress ? ['', inside] : [inside, 'https://'];
  const link = `[${words}](${address})`;
  const selected =
    words === ''
      ? { start: start + 1, end: start + 1 }
      : { start: start + words.length + 3, end: start + link.length - 1 };
  return { text: text.slice(0, start) + link + text.slice(end), ...selected };
}

/** An address pasted over words makes a link of them; null when it is to be pasted as it is. */
export function pasteAddress({ text, start, end }: TextEdit, pasted: string): TextEdit | null {
  const words = text.slice(start, end);
  const address = pasted.trim();
  if (words.trim() === '' || /[\n[\]]|^https?:/.test(words) || !/^https?:\/\/[^\s()]+$/.test(address))
    return null;
  const link = `[${words}](${address})`;
  const caret = start + link.length;
  return { text: text.slice(0, start) + link + text.slice(end), start: caret, end: caret };
}

/** Puts `inserted` in the place of the selection, or of another range. */
export function replaceRange(
  edit: TextEdit,
  range: { start: number; end: number },
  inserted: string,
): TextEdit {
  const caret = range.start + inserted.length;
  const text = edit.text.slice(0, range.start) + inserted + edit.text.slice(range.end);
  return { text, start: caret, end: caret };
}

/** A new line that goes on with the list or quote; in an empty item it ends the list. */
export function breakLine(edit: TextEdit): TextEdit {
  const { text, start } = edit;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const match = /^(\s*)(> |[-*] |(\d+)([.)]) )(\[[ x]\] )?/.exec(line);
  if (!match) return replaceRange(edit, edit, '\n');
  if (match[0] === line) return replaceRange(edit, { start: from, end: edit.end }, '');
  const [, indent = '', bullet = '', number, sign = '', task] = match;
  const next = number === undefined ? bullet : `${Number(number) + 1}${sign} `;
  return replaceRange(edit, edit, `\n${indent}${next}${task === undefined ? '' : '[ ] '}`);
}

/** The smallest range in which two texts differ: what has to be typed to come from one to the other. */
export function difference(before: string, after: string): { start: number; end: number; inserted: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, end: before.length - tail, inserted: after.slice(start, after.length - tail) };
}
