import { expect, test } from 'vitest';
import { createHighlighter } from './highlighter.ts';
import type { CodePiece } from './highlight.ts';
import { languageOf, languages } from './languages.ts';

function textOf(pieces: readonly CodePiece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece.pieces))).join('');
}

test('code is cut into pieces with a meaning, and nothing is lost', async () => {
  const highlighter = createHighlighter();
  const code = 'const a = "<b>&amp;</b>"; // done\n';
  const pieces = (await highlighter.read(code, 'ts')) ?? [];
  expect(textOf(pieces)).toBe(code);
  expect(pieces).toContainEqual({ scope: 'keyword', pieces: ['const'] });
  expect(pieces).toContainEqual({ scope: 'comment', pieces: expect.arrayContaining([expect.any(String)]) });
  expect(highlighter.known(code, 'ts')).toBe(pieces);
});

test('unknown languages and very long code are left alone', async () => {
  const highlighter = createHighlighter();
  expect(await highlighter.read('a', 'klingon')).toBeNull();
  expect(await highlighter.read('a', 'constructor')).toBeNull();
  expect(await highlighter.read('a'.repeat(13_000), 'ts')).toBeNull();
});

test.each(Object.keys(languages))('%s can be loaded and loses nothing', async (language) => {
  const code = '<a href="x">if (a < b) { return `c${d}`; } # e\n-- f $g @h 1.5e3\n</a>\n+ i\n';
  expect(textOf((await createHighlighter().read(code, language)) ?? [])).toBe(code);
});

test('people call languages by several names', () => {
  expect([languageOf('TypeScript'), languageOf('yml'), languageOf('c++'), languageOf('nope')]).toEqual([
    'typescript',
    'yaml',
    'cpp',
    undefined,
  ]);
});
