import type { Clock, Timer } from './index.ts';

/** A clock that stands still until told otherwise. */
export interface ManualClock extends Clock {
  /** Moves time on by `ms`, running what falls due, in due order, ties in the order they were set. */
  elapse(ms: number): void;
}

interface Due {
  atMs: number;
  order: number;
  periodMs: number | null;
  work: () => void;
}

/** @param startMs what `now()` says at first. */
export function createManualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startMs;
  let order = 0;
  const pending = new Set<Due>();

  const schedule = (delayMs: number, periodMs: number | null, work: () => void): Timer => {
    const due: Due = { atMs: nowMs + Math.max(delayMs, 0), order: order++, periodMs, work };
    pending.add(due);
    return { cancel: () => void pending.delete(due) };
  };
  const firstDueBy = (limitMs: number): Due | null => {
    let first: Due | null = null;
    for (const due of pending) {
      if (due.atMs > limitMs) continue;
      if (first === null || due.atMs < first.atMs || (due.atMs === first.atMs && due.order < first.order)) {
        first = due;
      }
    }
    return first;
  };

  return {
    now: () => nowMs,
    after: (delayMs, work) => schedule(delayMs, null, work),
    // Turns of the event loop go on although time stands still.
    soon: (work) => void setImmediate(work),
    every(periodMs, work) {
      if (!(periodMs > 0)) throw new RangeError(`period of ${periodMs} ms`);
      return schedule(periodMs, periodMs, work);
    },
    elapse(ms) {
      const untilMs = nowMs + ms;
      for (let due = firstDueBy(untilMs); due !== null; due = firstDueBy(untilMs)) {
        nowMs = due.atMs;
        if (due.periodMs === null) pending.delete(due);
        else {
          due.atMs += due.periodMs;
          due.order = order++;
        }
        due.work();
      }
      nowMs = untilMs;
    },
  };
}
