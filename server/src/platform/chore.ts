import type { Clock, Timer } from './clock/index.ts';
import type { Log } from './log/index.ts';

/** How it went; times in milliseconds. */
export interface ChoreReport {
  readonly name: string;
  /** When the last run began; null before the first one. */
  readonly lastRunAt: number | null;
  /** Null while the first run is under way, too. */
  readonly lastTookMs: number | null;
  readonly lastFailure: { readonly at: number; readonly message: string } | null;
}

/** Work that comes up again and again. */
export interface Chore {
  /** There may be something to do: runs soon, or once more after the run in progress. */
  wake(): void;
  report(): ChoreReport;
  /** Starts nothing more; resolves when the run in progress has ended. */
  close(): Promise<void>;
}

/** Of what went wrong; the log has all of it. */
const messageCharsMax = 300;

/**
 * Runs `work` every `periodMs` and when woken, never twice at once, and not sooner than `restMs` after the last run. A
 * failure is written to the log and the next period tries again; until then it cannot be woken, so that what fails
 * every time does not fail without pause.
 */
export function createChore(deps: {
  name: string;
  clock: Clock;
  logbook: Log;
  periodMs: number;
  restMs?: number;
  work: () => Promise<void>;
}): Chore {
  const { name, clock, logbook, periodMs, restMs = 0, work } = deps;
  let busy = false;
  let running: Promise<void> = Promise.resolve();
  let resting: Timer | null = null;
  let wanted = false;
  let failing = false;
  let closed = false;
  let report: ChoreReport = { name, lastRunAt: null, lastTookMs: null, lastFailure: null };

  function run(): void {
    if (closed) return;
    busy = true;
    wanted = false;
    resting?.cancel();
    resting = null;
    running = attempt();
  }

  async function attempt(): Promise<void> {
    const begunAt = clock.now();
    report = { ...report, lastRunAt: begunAt };
    try {
      await work();
      failing = false;
    } catch (error) {
      failing = true;
      const message = (error instanceof Error ? error.message : String(error)).slice(0, messageCharsMax);
      report = { ...report, lastFailure: { at: clock.now(), message } };
      logbook.warn('a chore failed; the next period tries again', { chore: name, error });
    }
    report = { ...report, lastTookMs: clock.now() - begunAt };
    rest();
  }

  function rest(): void {
    busy = false;
    if (closed) return;
    resting = clock.after(restMs, () => {
      resting = null;
      if (wanted && !failing) run();
    });
  }

  const timer = clock.every(periodMs, () => {
    if (!busy) run();
  });

  return {
    wake() {
      wanted = true;
      if (!busy && resting === null && !failing) run();
    },
    report: () => report,
    async close() {
      closed = true;
      timer.cancel();
      resting?.cancel();
      await running;
    },
  };
}
