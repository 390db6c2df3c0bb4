export interface TurnstileOptions {
  /** How many pieces of work run at once. */
  insideMax: number;
  /** How many may wait, first come first served. */
  waitingMax: number;
  /** What the rest are refused with. */
  whenFull: () => Error;
}

/** Runs costly work a few pieces at a time, so that a burst can fill neither memory nor all threads. */
export type Turnstile = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createTurnstile({ insideMax, waitingMax, whenFull }: TurnstileOptions): Turnstile {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (inside < insideMax) inside += 1;
    else if (waiting.length >= waitingMax) throw whenFull();
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      // The next in line takes over this one's place.
      const enter = waiting.shift();
      if (enter === undefined) inside -= 1;
      else enter();
    }
  };
}
