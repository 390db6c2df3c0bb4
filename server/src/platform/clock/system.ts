import type { Clock, Timer } from './index.ts';

/** The longest wait one Node timer can hold; a longer one would fire at once. */
const timerMsMax = 2_147_483_647;

function after(delayMs: number, work: () => void): Timer {
  let left = delayMs;
  let handle: NodeJS.Timeout;
  const arm = (): void => {
    const waitMs = Math.min(left, timerMsMax);
    left -= waitMs;
    handle = setTimeout(left > 0 ? arm : work, waitMs);
  };
  arm();
  return { cancel: () => clearTimeout(handle) };
}

/** The machine's clock. A pending timer keeps the process alive, so that a forgotten one is noticed. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after,
  soon: (work) => void setImmediate(work),
  every(periodMs, work) {
    if (!(periodMs > 0 && periodMs <= timerMsMax)) throw new RangeError(`period of ${periodMs} ms`);
    const handle = setInterval(work, periodMs);
    return { cancel: () => clearInterval(handle) };
  },
};
