import { expect, test } from 'vitest';
import { add, createHistogram, merged, quantile } from './histogram.ts';

test('percentiles are right to six per cent, and what several processes measured adds up', () => {
  const [odd, even] = [createHistogram(), createHistogram()];
  for (let ms = 1; ms <= 1_000; ms += 1) add(ms % 2 === 0 ? even : odd, ms);
  const all = merged([odd, even]);
  expect(all).toMatchObject({ total: 1_000, sumMs: 500_500, maxMs: 1_000 });
  for (const share of [0.01, 0.5, 0.9, 0.99]) {
    expect(quantile(all, share)).toBeGreaterThanOrEqual(1_000 * share);
    expect(quantile(all, share)).toBeLessThan(1_000 * share * 1.06);
  }
  expect(quantile(all, 1)).toBe(1_000);
});

test('nothing measured is nothing, and gaps survive the way between processes', () => {
  expect(quantile(createHistogram(), 0.99)).toBe(0);
  const one = createHistogram();
  add(one, 7);
  expect(quantile(merged([JSON.parse(JSON.stringify(one))]), 0.5)).toBe(7);
});
