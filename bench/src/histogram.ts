/**
 * How long things took, in buckets that grow by a twelfth part of an octave (6 %): small enough for percentiles, and many
 * processes' can be added up. Times in milliseconds.
 */
export interface Histogram {
  /** How many took that long, by bucket. */
  readonly counts: number[];
  total: number;
  sumMs: number;
  maxMs: number;
}

const leastMs = 0.05;
const bucketsPerOctave = 12;

export function createHistogram(): Histogram {
  return { counts: [], total: 0, sumMs: 0, maxMs: 0 };
}

export function add(histogram: Histogram, ms: number): void {
  const bucket = ms <= leastMs ? 0 : Math.ceil(Math.log2(ms / leastMs) * bucketsPerOctave);
  histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
  histogram.total += 1;
  histogram.sumMs += ms;
  if (ms > histogram.maxMs) histogram.maxMs = ms;
}

export function merged(histograms: readonly Histogram[]): Histogram {
  const all = createHistogram();
  for (const { counts, total, sumMs, maxMs } of histograms) {
    counts.forEach((count, bucket) => (all.counts[bucket] = (all.counts[bucket] ?? 0) + (count ?? 0)));
    all.total += total;
    all.sumMs += sumMs;
    all.maxMs = Math.max(all.maxMs, maxMs);
  }
  return all;
}

/** The longest that the given share took, to the border of its bucket; 0 when nothing was measured. */
export function quantile({ counts, total, maxMs }: Histogram, share: number): number {
  let left = Math.ceil(total * share);
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    left -= counts[bucket] ?? 0;
    if (left <= 0 && total > 0) return Math.min(maxMs, upperMs(bucket));
  }
  return maxMs;
}

export function upperMs(bucket: number): number {
  return leastMs * 2 ** (bucket / bucketsPerOctave);
}
