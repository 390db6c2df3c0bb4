import type { Machine } from '../scheduler.ts';

/** The machine this runs on. */
export const machine: Machine = {
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
  alarm(afterMs, work) {
    const timer = setTimeout(work, afterMs);
    return { cancel: () => clearTimeout(timer) };
  },
  onUnhandled(listener) {
    process.on('unhandledRejection', listener);
    return () => process.off('unhandledRejection', listener);
  },
};
