import type { Health } from '@confab/protocol';
import type { Point } from './line-scale.ts';
import type { Measures } from './measures.ts';

export type SeriesName = 'sends' | 'calls' | 'connections' | 'memory' | 'loopDelay' | 'laneWait';

export interface Series {
  readonly name: SeriesName;
  readonly points: readonly Point[];
  readonly write: (value: number) => string;
  /** The top of the scale when all is quiet. */
  readonly least: number;
}

/** What is measured, as lines: counts become rates by the second. */
export function seriesOf({ samples, periodMs }: Health, measures: Measures): readonly Series[] {
  const { bytes, duration, number } = measures;
  const seconds = periodMs / 1_000;
  const line = (value: (sample: Health['samples'][number]) => number): Point[] =>
    samples.map((sample) => ({ at: sample.at, value: value(sample) }));
  return [
    { name: 'sends', points: line(({ sends }) => sends / seconds), write: number, least: 1 },
    { name: 'calls', points: line(({ calls }) => calls / seconds), write: number, least: 1 },
    { name: 'connections', points: line(({ connections }) => connections), write: number, least: 5 },
    {
      name: 'memory',
      points: line(({ residentBytes }) => residentBytes),
      write: bytes,
      least: 100_000_000,
    },
    { name: 'loopDelay', points: line(({ loopDelayMs }) => loopDelayMs), write: duration, least: 50 },
    { name: 'laneWait', points: line(({ laneWaitMs }) => laneWaitMs), write: duration, least: 50 },
  ];
}
