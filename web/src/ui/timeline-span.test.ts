import { describe, expect, test } from 'vitest';
import { edgesAround, edgesAtEnd, edgesOf, firstRows, spanOf, type Keys } from './timeline-span.ts';

const keysOf = (list: readonly string[]): Keys => ({
  count: list.length,
  indexOf: (key) => (list.includes(key) ? list.indexOf(key) : undefined),
  keyAt: (index) => list[index],
});
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => String(from + i));
const loaded = keysOf(numbers(100, 300));
const nowhere = { from: 0, to: 0 };

describe('which items are drawn', () => {
  test('the last ones, and those that come after them', () => {
    const edges = edgesAtEnd(loaded);
    expect(spanOf(loaded, edges, nowhere)).toEqual({ from: 200 - firstRows, to: 200 });
    expect(spanOf(keysOf(numbers(100, 303)), edges, nowhere)).toEqual({ from: 200 - firstRows, to: 203 });
    expect(spanOf(keysOf([]), edgesAtEnd(keysOf([])), nowhere)).toEqual({ from: 0, to: 0 });
  });

  test('the same ones when older ones are loaded', () => {
    const edges = edgesAround(loaded, 100);
    expect(spanOf(loaded, edges, nowhere)).toEqual({ from: 90, to: 120 });
    expect(spanOf(keysOf(numbers(50, 300)), edges, nowhere)).toEqual({ from: 140, to: 170 });
  });

  test('around the first and the last one no more than there are', () => {
    expect(spanOf(loaded, edgesAround(loaded, 0), nowhere)).toEqual({ from: 0, to: firstRows });
    expect(edgesAround(loaded, 199).last).toBeNull();
  });

  test('the neighbours of one that is gone', () => {
    const edges = edgesOf(loaded, { from: 80, to: 120 });
    const without = keysOf(numbers(100, 300).filter((key) => key !== '180' && key !== '219'));
    expect(spanOf(without, edges, { from: 80, to: 120 })).toEqual({ from: 80, to: 120 });
    expect(spanOf(keysOf(['1', '2']), edges, { from: 80, to: 120 })).toEqual({ from: 0, to: 2 });
  });
});
