import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Vitals } from './index.ts';

const resolutionMs = 20;

/** This process. Measuring does not keep it alive. */
export function createSystemVitals(): Vitals {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  return {
    runtime: `Node ${process.versions.node}`,
    memory() {
      const { rss, heapUsed } = process.memoryUsage();
      return { residentBytes: rss, heapBytes: heapUsed };
    },
    loopDelayMs() {
      // The time between two looks, the time between them included.
      const longestMs = delays.count === 0 ? 0 : delays.max / 1e6 - resolutionMs;
      delays.reset();
      return Math.max(0, Math.round(longestMs * 10) / 10);
    },
    moment: () => performance.now(),
  };
}
