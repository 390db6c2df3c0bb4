import type { Clock } from './clock/index.ts';
import { Fault } from './fault.ts';

/** Says, after each failure, how long to wait before the next try; null when it is time to give up. */
export type Patience = (error: unknown) => number | null;

const pauseMsMax = 500;
/** A clock that jumps back must not make it last for ever. */
const triesMax = 100;

/**
 * For what fails because the world does, and soon may not any more: a database that is failing over is away for seconds.
 * The first time it says 0, since an answer may just have got lost.
 * @param untilMs on this clock
 */
export function createPatience(deps: { clock: Clock; untilMs: number }): Patience {
  let tries = 0;
  return (error) => {
    if (!(error instanceof Fault) || !error.retryable || tries >= triesMax) return null;
    const pauseMs = tries === 0 ? 0 : Math.min(25 * 2 ** tries, pauseMsMax);
    tries += 1;
    return deps.clock.now() + pauseMs > deps.untilMs ? null : pauseMs;
  };
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => clock.after(ms, resolve));
}

/** For what may always be done once more: tries while the world fails, for `ms`. */
export async function patiently<Result>(
  { clock, ms }: { clock: Clock; ms: number },
  work: () => Promise<Result>,
): Promise<Result> {
  const patience = createPatience({ clock, untilMs: clock.now() + ms });
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = patience(error);
      if (pauseMs === null) throw error;
      await pause(clock, pauseMs);
    }
  }
}
