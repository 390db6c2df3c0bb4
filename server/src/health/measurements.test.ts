import { expect, test } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { createStillVitals } from '../platform/vitals/index.ts';
import { createMeasurements } from './measurements.ts';

test('measurements count what happened in each period and begin anew', () => {
  const clock = createManualClock();
  const measured = createMeasurements({ clock, vitals: createStillVitals(), connections: () => 7 });
  measured.called();
  measured.sent(3);
  measured.sent(12);
  measured.sent(5);
  clock.elapse(10_000);
  clock.elapse(10_000);
  const rest = { connections: 7, residentBytes: 0, loopDelayMs: 0 };
  expect(measured.samples).toEqual([
    { ...rest, at: clock.now() - 10_000, sends: 3, calls: 1, laneWaitMs: 12 },
    { ...rest, at: clock.now(), sends: 0, calls: 0, laneWaitMs: 0 },
  ]);
  measured.close();
  clock.elapse(10_000);
  expect(measured.samples).toHaveLength(2);
});
