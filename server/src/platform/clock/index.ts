/** Time, passed in so that a whole cluster can run under a simulated clock. All times are milliseconds. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Runs `work` once, `delayMs` from now. */
  after(delayMs: number, work: () => void): Timer;
  /** Runs `work` after the input and output of this turn, before any timer. */
  soon(work: () => void): void;
  /** Runs `work` every `periodMs` until cancelled; the first time one period from now. */
  every(periodMs: number, work: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export { systemClock } from './system.ts';
export { createManualClock, type ManualClock } from './manual.ts';
