export interface Point {
  /** milliseconds since 1970 */
  readonly at: number;
  readonly value: number;
}

/** The top of a scale: the smallest of 1, 2, 5, 10, 20, 50 … that holds the largest value, `least` at least. */
export function topOf(values: readonly number[], least: number): number {
  const most = Math.max(least, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? most;
}

const shortestMs = 5 * 60_000;

/**
 * Where a line goes, from left to right: the newest point at the right edge, and at least five minutes wide. Empty for no
 * points; one point is a short stroke.
 */
export function lineOf(
  points: readonly Point[],
  { width, height, max }: { width: number; height: number; max: number },
): readonly { x: number; y: number }[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const spanMs = Math.max(shortestMs, last.at - first.at);
  const places = points.map(({ at, value }) => ({
    x: width * (1 - (last.at - at) / spanMs),
    y: height * (1 - Math.min(value, max) / max),
  }));
  const [only] = places;
  return places.length === 1 && only ? [{ x: only.x - 2, y: only.y }, only] : places;
}

/** As the `points` of a polyline wants them. */
export function written(places: readonly { x: number; y: number }[]): string {
  return places.map(({ x, y }) => `${tenths(x)},${tenths(y)}`).join(' ');
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
