import { expect, test } from 'vitest';
import { axisOf, barsOf, dateOf } from './day-scale.ts';

const days = (...values: number[]) => values.map((value, index) => ({ day: `2026-11-0${index + 1}`, value }));

test('the scale ends at a round number that holds every day', () => {
  expect(axisOf(days())).toBe(5);
  expect(axisOf(days(0, 3))).toBe(5);
  expect(axisOf(days(7))).toBe(10);
  expect(axisOf(days(11))).toBe(20);
  expect(axisOf(days(50, 1))).toBe(50);
  expect(axisOf(days(1_001))).toBe(2_000);
});

test('bars stand side by side on the ground', () => {
  const bars = barsOf(days(0, 1, 50, 100), { width: 400, height: 100, max: 100 });
  expect(bars.map(({ height }) => height)).toEqual([0, 2, 50, 100]);
  expect(bars.every(({ y, height }) => y + height === 100)).toBe(true);
  expect(bars[1]?.x).toBe(112.5);
  expect(bars[1]?.width).toBe(75);
});

test('a day is the same day everywhere', () => {
  expect(new Date(dateOf('2026-03-29')).toISOString()).toBe('2026-03-29T12:00:00.000Z');
});
