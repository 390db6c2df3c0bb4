/** Row numbers: `from` is in it, `to` is not. */
export type Range = { from: number; to: number };

export type Heights = {
  readonly total: number;
  /** where the row begins */
  offset: (index: number) => number;
  height: (index: number) => number;
  /** the row at this place; the nearest one outside */
  indexAt: (place: number) => number;
};

/** Sums of heights, asked in logarithmic time. */
export function heightsOf(rows: readonly number[]): Heights {
  const ends: number[] = [];
  let total = 0;
  for (const height of rows) ends.push((total += height));
  const offset = (index: number): number => (index <= 0 ? 0 : (ends[index - 1] ?? total));
  return {
    total,
    offset,
    height: (index) => rows[index] ?? 0,
    indexAt: (place) => {
      let [low, high] = [0, Math.max(0, rows.length - 1)];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((ends[middle] ?? total) > place) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** The rows that touch the stretch from `top` to `bottom`. */
export function rangeIn(heights: Heights, top: number, bottom: number): Range {
  if (heights.total === 0) return { from: 0, to: 0 };
  return { from: heights.indexAt(Math.max(0, top)), to: heights.indexAt(Math.max(0, bottom)) + 1 };
}
