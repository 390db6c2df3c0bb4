import { describe, expect, it } from 'vitest';
import { accept, lastPiece, suggest, withoutUnfinished } from './suggest.ts';

const known = {
  people: [
    { id: '1', name: 'ann', also: 'Ann Lee' },
    { id: '2', name: 'joanna', also: 'Joanna Roe' },
  ],
  rooms: [
    { id: '3', name: 'general', also: '' },
    { id: '4', name: 'big plans', also: '' },
  ],
};
const pieces = (text: string): string[] => suggest(text, known).map(({ piece }) => piece);

describe('suggestions', () => {
  it.each<[string, string[]]>([
    ['tea f', ['from:']],
    ['-i', ['-in:', '-is:']],
    ['tea from:an', ['from:ann', 'from:joanna']],
    ['tea from:lee', ['from:ann']],
    ['from:joanna', []],
    ['in:#b', ['in:"big plans"']],
    ['in:"big pl', ['in:"big plans"']],
    ['has:l', ['has:link']],
    ['is:pinned', []],
    ['http:x', []],
    ['"f', []],
  ])('%s', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('offers all operators after a space', () => {
    expect(pieces('tea ')).toHaveLength(8);
  });

  it('replaces the last piece', () => {
    const [first] = suggest('tea in:"big', known);
    expect(first && accept('tea in:"big', first)).toBe('tea in:"big plans" ');
    const [operator] = suggest('tea fr', known);
    expect(operator && accept('tea fr', operator)).toBe('tea from:');
  });

  it('waits for operators to be finished', () => {
    expect(withoutUnfinished('tea from:an')).toBe('tea ');
    expect(withoutUnfinished('tea from:ann ')).toBe('tea from:ann ');
    expect(withoutUnfinished('tea tim')).toBe('tea tim');
    expect(lastPiece('a in:"big plans')).toBe('in:"big plans');
  });
});
