import { expect, test } from 'vitest';
import { fuzzyScore } from './fuzzy.ts';

const best = (query: string, ...texts: string[]): string[] =>
  texts
    .map((text) => ({ text, score: fuzzyScore(text, query) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ text }) => text);

test('the name itself, then beginnings, then words, then parts', () => {
  expect(best('ops', 'laptops', 'team-ops', 'ops-alerts', 'ops')).toEqual([
    'ops',
    'ops-alerts',
    'team-ops',
    'laptops',
  ]);
});

test('first letters of words', () => {
  expect(best('db', 'dobby', 'design-berlin', 'random')).toEqual(['design-berlin', 'dobby']);
  expect(best('gh', 'Grace Hopper', 'github')).toEqual(['Grace Hopper', 'github']);
});

test('letters have to come in order, whatever their case', () => {
  expect(fuzzyScore('general', 'lareneg')).toBeNull();
  expect(fuzzyScore('General', 'gEn')).not.toBeNull();
  expect(fuzzyScore('anything', '')).toBe(0);
});
