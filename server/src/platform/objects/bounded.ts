import type { Clock } from '../clock/index.ts';
import { Fault } from '../fault.ts';

/**
 * Operations on a file system that may hang, as a share does whose server is gone. Nothing can call such an operation
 * back, and each holds one of the few threads that everything else needs too (looking up names, hashing passwords). So
 * few are begun at once, those that hang keep their places, and whoever waits is told in time.
 */
export type Bounded = <Result>(operation: () => Promise<Result>) => Promise<Result>;

export interface Bounds {
  /** Of the four threads a process has. */
  readonly insideMax: number;
  readonly waitingMax: number;
  readonly ms: number;
}

export const usualBounds: Bounds = { insideMax: 2, waitingMax: 256, ms: 10_000 };

export function createBounded(clock: Clock, bounds: Bounds = usualBounds): Bounded {
  let inside = 0;
  const waiting = new Set<() => void>();

  function leave(): void {
    inside -= 1;
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    next();
  }

  return (operation) => {
    if (inside >= bounds.insideMax && waiting.size >= bounds.waitingMax) return Promise.reject(silent());
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        inside += 1;
        // Only its own end gives the place free.
        operation()
          .finally(leave)
          .then(resolve, reject)
          .finally(() => timer.cancel());
      };
      const timer = clock.after(bounds.ms, () => {
        waiting.delete(begin);
        reject(silent());
      });
      if (inside < bounds.insideMax) begin();
      else waiting.add(begin);
    });
  };
}

function silent(): Fault {
  return new Fault('the file store does not answer', {
    part: 'files',
    retryable: true,
    outcomeUnknown: true,
  });
}
