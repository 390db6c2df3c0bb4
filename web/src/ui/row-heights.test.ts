import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { heightsOf, rangeIn } from './row-heights.ts';

test('rows of different heights', () => {
  const heights = heightsOf([10, 20, 30]);
  expect(heights.total).toBe(60);
  expect([0, 1, 2, 3].map(heights.offset)).toEqual([0, 10, 30, 60]);
  expect([-5, 0, 9, 10, 29, 30, 59, 60, 99].map(heights.indexAt)).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2]);
  expect(rangeIn(heights, 5, 29)).toEqual({ from: 0, to: 2 });
  expect(rangeIn(heightsOf([]), 0, 100)).toEqual({ from: 0, to: 0 });
});

test('a range covers what is visible and hardly more', () => {
  const rows = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(rows, fc.nat(10_000), fc.nat(1_000), (sizes, top, height) => {
      const heights = heightsOf(sizes);
      const { from, to } = rangeIn(heights, top, top + height);
      expect(to).toBeLessThanOrEqual(sizes.length);
      expect(from).toBeLessThan(to);
      if (top >= heights.total) return;
      expect(heights.offset(from)).toBeLessThanOrEqual(top);
      expect(Math.min(top + height, heights.total)).toBeLessThanOrEqual(heights.offset(to));
      expect(heights.offset(from + 1)).toBeGreaterThan(top);
    }),
  );
});
