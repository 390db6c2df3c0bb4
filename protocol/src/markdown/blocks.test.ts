import { describe, expect, test } from 'vitest';
import { parseMarkdown } from './parse-markdown.ts';
import type { Block, Inline } from './tokens.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: (Inline | string)[]): Block => ({
  kind: 'paragraph',
  children: children.map((child) => (typeof child === 'string' ? text(child) : child)),
});
const br: Inline = { kind: 'break' };

describe('paragraphs', () => {
  test('every line end is a line break, an empty line parts paragraphs', () => {
    expect(parseMarkdown('one\ntwo\r\n\r\nthree')).toEqual([paragraph('one', br, 'two'), paragraph('three')]);
    expect(parseMarkdown('')).toEqual([]);
    expect(parseMarkdown(' \n\t\n')).toEqual([]);
  });

  test('indented text, underlined text and HTML are text', () => {
    expect(parseMarkdown('    not code')).toEqual([paragraph('    not code')]);
    expect(parseMarkdown('title\n===')).toEqual([paragraph('title', br, '===')]);
    expect(parseMarkdown('a\n<div onclick="x()">\nb &amp; c')).toEqual([
      paragraph('a', br, '<div onclick="x()">', br, 'b &amp; c'),
    ]);
    expect(parseMarkdown('[a]: https://example.org')).toMatchObject([{ kind: 'paragraph' }]);
  });
});

describe('headings and rules', () => {
  test('a heading needs a space; marks after it are dropped', () => {
    expect(parseMarkdown('## Plan ##')).toEqual([{ kind: 'heading', level: 2, children: [text('Plan')] }]);
    expect(parseMarkdown('# C#')).toEqual([{ kind: 'heading', level: 1, children: [text('C#')] }]);
    expect(parseMarkdown('#plan')).toEqual([paragraph({ kind: 'room', name: 'plan' })]);
    expect(parseMarkdown('####### seven')).toEqual([paragraph('####### seven')]);
  });

  test('a rule parts paragraphs', () => {
    expect(parseMarkdown('a\n---\nb')).toEqual([paragraph('a'), { kind: 'rule' }, paragraph('b')]);
    expect(parseMarkdown('* * *')).toEqual([{ kind: 'rule' }]);
    expect(parseMarkdown('--')).toEqual([paragraph('--')]);
  });
});

describe('code blocks', () => {
  test('keep their text as it is', () => {
    expect(parseMarkdown('```ts\nconst a = `*b*`;\n\n  @alice\n```\nafter')).toEqual([
      { kind: 'code', language: 'ts', text: 'const a = `*b*`;\n\n  @alice' },
      paragraph('after'),
    ]);
  });

  test('may be closed behind the last line, or not at all', () => {
    expect(parseMarkdown('```\na\nb```\nc')).toEqual([
      { kind: 'code', language: '', text: 'a\nb' },
      paragraph('c'),
    ]);
    expect(parseMarkdown('~~~\na\n```')).toEqual([{ kind: 'code', language: '', text: 'a\n```' }]);
    expect(parseMarkdown('````\n```\n````')).toEqual([{ kind: 'code', language: '', text: '```' }]);
  });

  test('lose no words that stand on the line of the fence', () => {
    expect(parseMarkdown('``` rm -rf build\nmake```')).toEqual([
      { kind: 'code', language: '', text: 'rm -rf build\nmake' },
    ]);
  });
});

describe('quotes', () => {
  test('end with the last marked line', () => {
    expect(parseMarkdown('> a\n> b\nc')).toEqual([
      { kind: 'quote', blocks: [paragraph('a', br, 'b')] },
      paragraph('c'),
    ]);
  });

  test('hold blocks and quotes', () => {
    expect(parseMarkdown('> - a\n>> b')).toEqual([
      {
        kind: 'quote',
        blocks: [
          { kind: 'list', ordered: false, start: 1, items: [{ checked: null, blocks: [paragraph('a')] }] },
          { kind: 'quote', blocks: [paragraph('b')] },
        ],
      },
    ]);
  });
});

describe('lists', () => {
  const list = (...items: (string | Block[])[]): Block => ({
    kind: 'list',
    ordered: false,
    start: 1,
    items: items.map((item) => ({
      checked: null,
      blocks: typeof item === 'string' ? [paragraph(item)] : item,
    })),
  });

  test('follow a line of text, and end before one', () => {
    expect(parseMarkdown('Buy:\n- milk\n- bread\nThanks')).toEqual([
      paragraph('Buy:'),
      list('milk', 'bread'),
      paragraph('Thanks'),
    ]);
  });

  test('nest by two columns or more, and hold paragraphs and code', () => {
    expect(parseMarkdown('- a\n  - b\n    more\n- c')).toEqual([
      list([paragraph('a'), list([paragraph('b', br, 'more')])], 'c'),
    ]);
    expect(parseMarkdown('1. a\n  - b')).toMatchObject([
      { ordered: true, items: [{ blocks: [paragraph('a'), list('b')] }] },
    ]);
    expect(parseMarkdown('- a\n\n  b\n\n      c\n- d')).toEqual([
      list([paragraph('a'), paragraph('b'), paragraph('    c')], 'd'),
    ]);
    expect(parseMarkdown('-\ta\n\tb')).toEqual([list([paragraph('a', br, 'b')])]);
  });

  test('are numbered from where they begin', () => {
    expect(parseMarkdown('7. a\n8. b')).toMatchObject([{ ordered: true, start: 7, items: [{}, {}] }]);
    expect(parseMarkdown('It began in\n2024. A good year.')).toMatchObject([{ kind: 'paragraph' }]);
    expect(parseMarkdown('1) a\n1. b')).toMatchObject([{ items: [{}] }, { items: [{}] }]);
  });

  test('may be tasks', () => {
    expect(parseMarkdown('- [ ] a\n- [x] b\n- c\n- [ ]')).toMatchObject([
      {
        items: [
          { checked: false, blocks: [paragraph('a')] },
          { checked: true },
          { checked: null },
          { checked: null },
        ],
      },
    ]);
  });

  test('are not begun by a lone sign or a minus', () => {
    expect(parseMarkdown('-\n-5 degrees\n+1')).toEqual([paragraph('-', br, '-5 degrees', br, '+1')]);
  });
});

describe('tables', () => {
  test('have aligned columns, and rows as long as the header', () => {
    expect(parseMarkdown('| a | b |\n|:-:|--:|\n| 1 | `x\\|y` |\n| 2 |\nend')).toEqual([
      {
        kind: 'table',
        align: ['center', 'end'],
        header: [[text('a')], [text('b')]],
        rows: [
          [[text('1')], [{ kind: 'code', text: 'x|y' }]],
          [[text('2')], []],
        ],
      },
      paragraph('end'),
    ]);
  });

  test('need a line of dashes for as many columns', () => {
    expect(parseMarkdown('a | b\nc | d')).toEqual([paragraph('a | b', br, 'c | d')]);
    expect(parseMarkdown('a | b\n--|--|--')).toMatchObject([{ kind: 'paragraph' }]);
  });

  test('follow a line of text', () => {
    expect(parseMarkdown('Prices:\na | b\n--|--\n1 | 2')).toMatchObject([
      { kind: 'paragraph' },
      { kind: 'table', rows: [[[text('1')], [text('2')]]] },
    ]);
  });
});
