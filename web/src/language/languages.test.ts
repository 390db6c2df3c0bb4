import { describe, expect, it } from 'vitest';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { ja } from './ja/index.ts';
import { pseudo } from './pseudo.ts';

/** Every text that needs no number or name, by its path. */
function texts(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([name, value]) =>
    texts(value, path === '' ? name : `${path}.${name}`),
  );
}

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe.each([
  ['de', de],
  ['ja', ja],
  ['pseudo', pseudo],
])('%s', (_, words) => {
  const said = new Map(texts(words));
  it.each(texts(en))('%s', (path, english) => {
    const text = said.get(path) ?? '';
    expect(text.trim()).not.toBe('');
    expect(places(text)).toEqual(places(english));
  });
});

/** What Japanese says in Latin letters too, by the beginning of its path: keys, and names of programs. */
const latin = ['ui.keys.', 'admin.health.checks.areas.postgres', 'admin.health.checks.areas.redis'];

it('leaves nothing in English in Japanese but names', () => {
  const english = texts(ja)
    .filter(([path]) => !latin.some((start) => path.startsWith(start)))
    .filter(([, text]) => /^[\x20-\x7e…·]*$/.test(text) && /[a-z]{2}/.test(text));
  expect(english).toEqual([]);
});

it('counts as each language does', () => {
  expect(en.lists.unreads.newMessages(1)).toBe('1 new message');
  expect(en.lists.unreads.newMessages(1_200)).toBe('1,200 new messages');
  expect(de.lists.unreads.newMessages(1_200)).toBe('1.200 neue Nachrichten');
  expect(ja.lists.unreads.newMessages(1)).toBe('新着メッセージ 1 件');
});
