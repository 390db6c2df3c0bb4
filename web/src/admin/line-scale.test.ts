import { expect, test } from 'vitest';
import { lineOf, topOf, written } from './line-scale.ts';

const minute = 60_000;
const box = { width: 300, height: 100, max: 10 };

test('the scale ends at a round number that holds everything', () => {
  expect(topOf([], 5)).toBe(5);
  expect(topOf([0.2, 3], 1)).toBe(5);
  expect(topOf([150_000_000], 1)).toBe(200_000_000);
  expect(topOf([0], 0.1)).toBe(0.1);
});

test('the newest point is at the right, older ones as far left as they are old', () => {
  const points = [
    { at: 0, value: 0 },
    { at: 5 * minute, value: 5 },
    { at: 10 * minute, value: 10 },
  ];
  expect(lineOf(points, box)).toEqual([
    { x: 0, y: 100 },
    { x: 150, y: 50 },
    { x: 300, y: 0 },
  ]);
});

test('little is not stretched over the whole width', () => {
  const line = lineOf(
    [
      { at: 0, value: 0 },
      { at: minute, value: 20 },
    ],
    box,
  );
  expect(line).toEqual([
    { x: 240, y: 100 },
    { x: 300, y: 0 },
  ]);
  expect(lineOf([{ at: 0, value: 10 }], box)).toHaveLength(2);
  expect(lineOf([], box)).toEqual([]);
  expect(written([{ x: 0.04, y: 99.96 }])).toBe('0,100');
});
