import type { Vitals } from './index.ts';

/** A process in which nothing ever changes: for a simulated one, and for commands that are over in a moment. */
export function createStillVitals(): Vitals {
  return {
    runtime: 'still',
    memory: () => ({ residentBytes: 0, heapBytes: 0 }),
    loopDelayMs: () => 0,
    moment: () => 0,
  };
}
