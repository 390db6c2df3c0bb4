import type { Clock, Timer } from '@confab/server/platform/clock/index';
import type { Scheduler } from '../scheduler.ts';

/** One machine's clock: its timers run by the scheduler, its time of day may be wrong and may jump. */
export interface SimulatedClock extends Clock {
  /** From now on the time of day is wrong by this much. */
  jumpTo(offsetMs: number): void;
  /** Whoever set a timer is gone: none runs any more. */
  stop(): void;
}

/** Virtual zero. */
export const startOfTimeMs = Date.UTC(2026, 0, 1);

export function createSimulatedClock(scheduler: Scheduler, owner: string): SimulatedClock {
  let offsetMs = 0;
  let stopped = false;

  const after = (delayMs: number, label: string, work: () => void): Timer =>
    scheduler.after(delayMs, label, () => {
      if (!stopped) work();
    });

  return {
    now: () => Math.floor(startOfTimeMs + scheduler.nowMs + offsetMs),
    after: (delayMs, work) => after(delayMs, `${owner} timer`, work),
    soon(work) {
      // Work that gives others a turn in the middle of a transaction: nobody else has one before it is over.
      if (scheduler.isWaiting) queueMicrotask(() => stopped || work());
      else after(0, `${owner} soon`, work);
    },
    every(periodMs, work) {
      if (!(periodMs > 0)) throw new RangeError(`period of ${periodMs} ms`);
      let cancelled = false;
      let current = after(periodMs, `${owner} period`, beat);
      function beat(): void {
        current = after(periodMs, `${owner} period`, beat);
        work();
        if (cancelled) current.cancel();
      }
      return {
        cancel() {
          cancelled = true;
          current.cancel();
        },
      };
    },
    jumpTo(offset) {
      offsetMs = offset;
    },
    stop() {
      stopped = true;
    },
  };
}
