import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { newBudget } from './budget.ts';
import { parseMarkdown, parseWithin } from './parse-markdown.ts';
import { toPlainText } from './plain-text.ts';
import { extractReferences } from './references.ts';
import type { Block } from './tokens.ts';

function stepsFor(text: string): number {
  const budget = newBudget();
  parseWithin(budget, text);
  return budget.steps;
}

/** Repeats a pattern to `length` characters; `end` closes what stayed open. */
const repeated =
  (pattern: string, end = '') =>
  (length: number): string =>
    pattern.repeat(Math.ceil(length / pattern.length)) + end;

/** Lines that each say more than the one before. */
const growing =
  (line: (index: number) => string) =>
  (length: number): string => {
    let text = '';
    for (let index = 1; text.length < length; index += 1) text += line(index);
    return text;
  };

const hostile: Record<string, (length: number) => string> = {
  stars: repeated('*'),
  'stars in words': repeated('a*'),
  'mixed emphasis': repeated('*a_'),
  'nested emphasis': (length) => repeated('*a **b ')(length / 2) + repeated('c** d* ')(length / 2),
  'emphasis of every length': growing((index) => `${'*'.repeat(index)}a `),
  tildes: repeated('~~a ~b '),
  brackets: repeated('['),
  'nested brackets': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2) + '(https://x.org)',
  'links without an end': repeated('[a](b'),
  'links with open titles': repeated('[a](b "'),
  'links with open angles': repeated('[a](<b'),
  'links in parentheses': repeated('[a](('),
  'links with far ends': repeated('[a](b()', ')'),
  'pictures in pictures': (length) => '!['.repeat(length / 20) + '](https://x.org)'.repeat(length / 20),
  'pictures before links': (length) => '!['.repeat(length / 4) + repeated('[a](https://x.org)')(length / 2),
  backticks: repeated('`'),
  'backticks of every length': growing((index) => `${'`'.repeat(index)}a`),
  'brackets and backticks': repeated('[`a``'),
  angles: repeated('<'),
  'open tags': repeated('<a '),
  quotes: repeated('>'),
  'quotes of every depth': growing((index) => `${'>'.repeat(index)} a\n`),
  'quoted lists': repeated('> - ', 'a'),
  bullets: repeated('- ', 'a'),
  numbers: repeated('1. ', 'a'),
  'lists of every depth': growing((index) => `${' '.repeat(index * 2)}- a\n`),
  'lists with gaps': repeated('- a\n\n\n\n'),
  'deep lists with gaps': growing((index) => `${' '.repeat(index % 40)}- a\n\n\n\n\n\n\n`),
  'alternating lists': repeated('- a\n* b\n'),
  fences: repeated('```a\n'),
  'fences closed behind': repeated('```a b\nc```\n'),
  'one fence': (length) => `\`\`\`\n${'a\n'.repeat(length / 2)}`,
  bars: repeated('|'),
  tables: repeated('a|b\n-|-\n'),
  'wide table': (length) => `${'|'.repeat(length / 2)}\n${'|-'.repeat(length / 4)}`,
  'table without dashes': repeated('a|b\n'),
  mentions: repeated('@a '),
  'mentions in a row': repeated('@a'),
  'long mention': (length) => `@${'a'.repeat(length)}`,
  'mention and dashes': (length) => `@a${'-'.repeat(length)}a`,
  rooms: repeated('#a '),
  emoji: repeated(':a:'),
  colons: repeated(':'),
  'web addresses': repeated('http://a '),
  'web addresses in a row': repeated('http://'),
  'web addresses without a host': repeated('http://-'),
  'an address and parentheses': (length) => `http://a${')'.repeat(length)}`,
  'addresses without a domain': repeated('www.'),
  'a long address': (length) => `http://a${'a'.repeat(length)}`,
  'mail addresses': repeated('a@b.co '),
  'mail addresses in a row': repeated('a@b.'),
  'dots before an at': (length) => `${'a.'.repeat(length / 2)}@`,
  backslashes: repeated('\\'),
  spaces: (length) => `a${' '.repeat(length)}b`,
  'blank lines': repeated(' \n'),
  hashes: repeated('# a\n'),
  'hash marks': repeated('#'),
  dashes: repeated('- ', '-'),
};

describe('time in proportion to the text', () => {
  test.each(Object.keys(hostile))('%s', (name) => {
    const make = hostile[name] ?? ((): string => '');
    const [small, large] = [stepsFor(make(10_000)), stepsFor(make(40_000))];
    expect(large).toBeLessThan(40_000 * 60);
    // four times the text, at most about four times the work
    expect(large).toBeLessThan(small * 5 + 1_000);
  });
});

describe('bounded results', () => {
  test.each(Object.keys(hostile))('%s', (name) => {
    const text = hostile[name]?.(40_000) ?? '';
    const blocks = parseMarkdown(text);
    const { tokens, depth } = measure(blocks);
    // a link brings its text, and text may stand before each token
    expect(tokens).toBeLessThanOrEqual(limits.markdownTokensMax * 3 + 10);
    expect(depth).toBeLessThanOrEqual(limits.markdownDepthMax * 5);
    extractReferences(blocks);
    expect(toPlainText(blocks, 100).length).toBeLessThanOrEqual(100);
  });

  test('what is past the limit is plain text, to the last character', () => {
    const [block] = parseMarkdown('@a '.repeat(100_000) + '@last');
    const last = block?.kind === 'paragraph' ? block.children.at(-1) : undefined;
    expect(last?.kind === 'text' && last.text.endsWith('@a @last')).toBe(true);
    const list = parseMarkdown('- a\n'.repeat(20_000));
    expect(measure(list).tokens).toBeLessThan(limits.markdownTokensMax * 3);
    const many = parseMarkdown('# a\n'.repeat(20_000) + 'last').at(-1);
    expect(JSON.stringify(many)).toMatch(/# a\\nlast"\}\]\}$/);
  });
});

describe('any text', () => {
  const sign = fc.constantFrom(
    ...'*_~`[]()!<>#@:|\\-+.1/" \n\n\t'.split(''),
    '```',
    '- [ ] ',
    'https://',
    '](https://x.org)',
    '> ',
  );
  const word = fc.constantFrom('a', 'bc', 'Def', 'é', '漢字', '🎉', 'всё');
  const anyText = fc.array(fc.oneof(sign, word), { maxLength: 80 }).map((parts) => parts.join(''));

  test('is read without an error, in bounded steps', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        expect(stepsFor(text)).toBeLessThan(text.length * 60 + 100);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps its letters in their order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const title = /"|\[ \]|https/;
        fc.pre(!title.test(text));
        expect(letters(written(parseMarkdown(text)))).toBe(letters(text));
      }),
      { numRuns: 3_000 },
    );
  });

  test('without marks stays as it is', () => {
    const plain = fc
      .array(fc.oneof(word, fc.constantFrom(' ', ', ', '?', '(', ')', '=')), { maxLength: 50 })
      .map((parts) => `a${parts.join('')}z`);
    fc.assert(
      fc.property(plain, (text) => {
        expect(parseMarkdown(text)).toEqual([{ kind: 'paragraph', children: [{ kind: 'text', text }] }]);
      }),
    );
  });
});

function letters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{So}]/gu, '');
}

/** Everything a message says, in reading order. */
function written(blocks: readonly Block[]): string {
  return [...strings(blocks)].join(' ');
}

function* strings(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    if (['kind', 'align', 'ordered', 'start', 'level', 'checked'].includes(key)) continue;
    if (key === 'href') continue;
    yield* strings(inner);
  }
}

function measure(value: unknown, depth = 0): { tokens: number; depth: number } {
  if (value === null || typeof value !== 'object') return { tokens: 0, depth };
  const inner = Object.values(value).map((one) => measure(one, depth + 1));
  return {
    tokens: inner.reduce((sum, one) => sum + one.tokens, 'kind' in value ? 1 : 0),
    depth: Math.max(depth, ...inner.map((one) => one.depth)),
  };
}
