import type { HealthSample } from '@confab/protocol';
import type { Clock } from '../platform/clock/index.ts';
import type { Vitals } from '../platform/vitals/index.ts';

export const periodMs = 10_000;
/** Half an hour. */
const samplesMax = 180;

/** What can be asked at any moment. */
export interface Gauges {
  readonly clock: Clock;
  readonly vitals: Vitals;
  readonly connections: () => number;
}

export interface Measurements {
  called(): void;
  sent(waitMs: number): void;
  /** Oldest first. */
  readonly samples: readonly HealthSample[];
  close(): void;
}

/** A ring of what happened in each period. It costs two counters between its ends. */
export function createMeasurements(deps: Gauges): Measurements {
  const { clock, vitals } = deps;
  const samples: HealthSample[] = [];
  let calls = 0;
  let sends = 0;
  let laneWaitMs = 0;

  const timer = clock.every(periodMs, () => {
    samples.push({
      at: clock.now(),
      sends,
      calls,
      connections: deps.connections(),
      residentBytes: vitals.memory().residentBytes,
      loopDelayMs: vitals.loopDelayMs(),
      laneWaitMs,
    });
    if (samples.length > samplesMax) samples.shift();
    calls = 0;
    sends = 0;
    laneWaitMs = 0;
  });

  return {
    called() {
      calls += 1;
    },
    sent(waitMs) {
      sends += 1;
      laneWaitMs = Math.max(laneWaitMs, waitMs);
    },
    samples,
    close: () => timer.cancel(),
  };
}
