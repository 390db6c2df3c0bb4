import { expect, it } from 'vitest';
import { areAdjacent, offsetWords } from './rules.ts';

it.each([
  ['0.1.0', '0.1.0', true],
  ['0.1.0', '0.1.9', true],
  ['0.1.0', '0.2.0', true],
  ['0.1.0', '0.3.0', false],
  ['1.7.2', '2.0.0', true],
  ['1.7.2', '2.1.0', false],
  ['1.0.0', '3.0.0', false],
  ['0.0.0-test', '0.1.0', true],
  ['nightly', 'nightly', true],
  ['nightly', '0.1.0', false],
])('%s beside %s: %s', (one, other, fits) => {
  expect([areAdjacent(one, other), areAdjacent(other, one)]).toEqual([fits, fits]);
});

it('says how far a clock is off', () => {
  expect([4_200, -61_000, -600_000].map(offsetWords)).toEqual([
    '4.2 s ahead of',
    '61.0 s behind',
    '10 minutes behind',
  ]);
});
