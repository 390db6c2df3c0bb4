import { expect, test } from 'vitest';
import { parseMarkdown } from './parse-markdown.ts';
import { toPlainText } from './plain-text.ts';
import { extractReferences } from './references.ts';

const message = `@Bob and @bob, see #Ops
> @carol: https://x.org
- **@dave** in #ops
\`@erin #no\`
\`\`\`
@frank https://no.org
\`\`\`
| @all | [@grace](https://y.org) |
|--|--|
| @here | https://x.org |`;

test('references are found everywhere but in code and in the text of links', () => {
  expect(extractReferences(parseMarkdown(message))).toEqual({
    handles: ['bob', 'carol', 'dave'],
    all: true,
    here: true,
    rooms: ['ops'],
    links: ['https://x.org', 'https://y.org'],
  });
  expect(extractReferences([])).toEqual({ handles: [], all: false, here: false, rooms: [], links: [] });
});

test('plain text is one line without marks', () => {
  expect(toPlainText(parseMarkdown(message), 200)).toBe(
    '@Bob and @bob, see #Ops @carol: https://x.org @dave in #ops @erin #no @frank https://no.org @all @grace @here https://x.org',
  );
  expect(toPlainText(parseMarkdown('a\n\n  b :tada: `c`'), 100)).toBe('a b :tada: c');
});

test('plain text is cut between characters', () => {
  const cut = (text: string, charsMax: number): string => toPlainText(parseMarkdown(text), charsMax);
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdef', 5)).toBe('abcd…');
  expect(cut('ab 🎉🎉', 5)).toBe('ab…');
  expect(cut('ab 🎉🎉', 6)).toBe('ab 🎉…');
  expect(cut('ab', 0)).toBe('');
  expect(cut('a' + ' '.repeat(1000) + 'b', 5)).toBe('a b');
  expect(cut('word '.repeat(5000), 12)).toBe('word word w…');
});
