import { topOf } from './line-scale.ts';

export interface Day {
  /** 2026-11-12 */
  readonly day: string;
  readonly value: number;
}

/** The top of the scale: the smallest of 1, 2, 5, 10, 20, 50 … that holds every value, 5 at least. */
export function axisOf(days: readonly Day[]): number {
  return topOf(
    days.map(({ value }) => value),
    5,
  );
}

/** Rectangles from left to right; a day with anything at all is seen. */
export function barsOf(
  days: readonly Day[],
  { width, height, max }: { width: number; height: number; max: number },
): readonly { x: number; y: number; width: number; height: number }[] {
  const step = width / Math.max(1, days.length);
  const gap = step > 6 ? step * 0.25 : step > 3 ? 1 : 0;
  return days.map(({ value }, index) => {
    const high = value === 0 ? 0 : Math.max(2, (value / max) * height);
    return { x: index * step + gap / 2, y: height - high, width: step - gap, height: high };
  });
}

/** Noon there, so that no zone makes another day of it. */
export function dateOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}
