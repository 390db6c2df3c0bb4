import type { Clock, Random } from '../platform/index.ts';

export interface FakeClock extends Clock {
  /** Lets time pass; everything due happens in its order, with all promises in between. */
  elapse(ms: number): Promise<void>;
  /** Time passes and timers do not run: the device slept, or a browser holds a hidden page's timers back. */
  sleep(ms: number): void;
  /** Lets promises settle without time passing. */
  settle(): Promise<void>;
}

export function createFakeClock(start = 1_700_000_000_000): FakeClock {
  let now = start;
  let made = 0;
  const due = new Map<number, { at: number; work: () => void }>();

  /** Promises settle within a few turns; IndexedDB stand-ins and sockets of tests need no more. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }

  function nextDue(until: number): [number, { at: number; work: () => void }] | undefined {
    return [...due]
      .filter(([, { at }]) => at <= until)
      .toSorted((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
  }

  return {
    now: () => now,
    after(delayMs, work) {
      made += 1;
      const id = made;
      due.set(id, { at: now + Math.max(0, delayMs), work });
      return { cancel: () => due.delete(id) };
    },
    async elapse(ms) {
      const until = now + ms;
      await settle();
      for (let next = nextDue(until); next; next = nextDue(until)) {
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].work();
        await settle();
      }
      now = Math.max(now, until);
    },
    sleep(ms) {
      now += ms;
    },
    settle,
  };
}

/** A small generator with a seed: the same numbers on every run. */
export function createFakeRandom(seed: number): Random {
  let state = seed >>> 0;
  let ids = 0;
  return {
    id() {
      ids += 1;
      return `client-${seed}-${String(ids).padStart(6, '0')}`;
    },
    fraction() {
      // mulberry32
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}
