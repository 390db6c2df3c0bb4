import type { Block, Inline } from './tokens.ts';

/**
 * The message as one line for excerpts and notifications: no marks, white space folded. At most `charsMax` UTF-16 units; a
 * cut text ends with "…" and never in the middle of a character.
 */
export function toPlainText(blocks: readonly Block[], charsMax: number): string {
  const line = createLine(charsMax);
  addBlocks(line, blocks);
  return line.finish();
}

type Line = { add: (text: string) => void; full: () => boolean };

/** White space other than single blanks: most texts have none. */
const unfolded = / {2}|[^\S ]/;

function createLine(charsMax: number) {
  let text = '';
  const add = (more: string): void => {
    const folded = unfolded.test(more) ? more.replaceAll(/\s+/g, ' ') : more;
    text = (text + folded.slice(0, charsMax + 2)).replaceAll('  ', ' ');
  };
  const full = (): boolean => text.length > charsMax + 2;
  const finish = (): string => {
    const whole = text.trim();
    if (whole.length <= charsMax) return whole;
    if (charsMax < 1) return '';
    const kept = whole.slice(0, charsMax - 1).replace(/[\ud800-\udbff]$/, '');
    return `${kept.trimEnd()}…`;
  };
  return { add, full, finish };
}

function addBlocks(line: Line, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (line.full()) return;
    addBlock(line, block);
    line.add('\n');
  }
}

function addBlock(line: Line, block: Block): void {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return addInlines(line, block.children);
    case 'list':
      return block.items.forEach((item) => addBlocks(line, item.blocks));
    case 'quote':
      return addBlocks(line, block.blocks);
    case 'code':
      return line.add(block.text);
    case 'table':
      return [block.header, ...block.rows].forEach((row) => addRow(line, row));
    case 'rule':
      return undefined;
  }
}

function addRow(line: Line, row: readonly Inline[][]): void {
  for (const cell of row) {
    addInlines(line, cell);
    line.add(' ');
  }
}

function addInlines(line: Line, tokens: readonly Inline[]): void {
  for (const token of tokens) {
    if (line.full()) return;
    if ('children' in token) addInlines(line, token.children);
    else line.add(shownText(token));
  }
}

function shownText(token: Exclude<Inline, { children: Inline[] }>): string {
  switch (token.kind) {
    case 'text':
    case 'code':
      return token.text;
    case 'mention':
      return `@${token.handle}`;
    case 'everyone':
      return `@${token.who}`;
    case 'room':
      return `#${token.name}`;
    case 'emoji':
      return `:${token.shortcode}:`;
    case 'break':
      return '\n';
  }
}
