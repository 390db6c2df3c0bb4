import { describe, expect, it } from 'vitest';
import type { Clock } from './index.ts';

/** What every clock promises. `elapse` lets `ms` of that clock's time pass. */
export function clockContract(
  name: string,
  open: () => { clock: Clock; elapse: (ms: number) => Promise<void> },
): void {
  describe(`clock: ${name}`, () => {
    it('never runs work before its time, and runs it once', async () => {
      const { clock, elapse } = open();
      const startMs = clock.now();
      const ranAt: number[] = [];
      clock.after(30, () => ranAt.push(clock.now() - startMs));
      expect(ranAt).toEqual([]);
      await elapse(90);
      expect(ranAt).toHaveLength(1);
      // Node rounds its timers to the millisecond below.
      expect(ranAt[0]).toBeGreaterThanOrEqual(29);
    });

    it('runs in due order, and ties in the order they were set', async () => {
      const { clock, elapse } = open();
      const ran: string[] = [];
      clock.after(40, () => ran.push('last'));
      clock.after(0, () => ran.push('first'));
      clock.after(0, () => ran.push('second'));
      await elapse(80);
      expect(ran).toEqual(['first', 'second', 'last']);
    });

    it('never runs what was cancelled, however often it is cancelled', async () => {
      const { clock, elapse } = open();
      let ran = 0;
      const once = clock.after(10, () => (ran += 1));
      const often = clock.every(10, () => (ran += 1));
      once.cancel();
      often.cancel();
      once.cancel();
      await elapse(50);
      expect(ran).toBe(0);
    });

    it('repeats until cancelled from within', async () => {
      const { clock, elapse } = open();
      let ran = 0;
      const often = clock.every(10, () => {
        ran += 1;
        if (ran === 3) often.cancel();
      });
      await elapse(120);
      expect(ran).toBe(3);
    });

    it('holds waits longer than a timer can', async () => {
      const { clock, elapse } = open();
      let ran = false;
      const timer = clock.after(60 * 24 * 3_600_000, () => (ran = true));
      await elapse(20);
      expect(ran).toBe(false);
      timer.cancel();
    });

    it('runs soon what needs no time, but not at once', async () => {
      const { clock } = open();
      const ran: string[] = [];
      await new Promise<void>((resolve) => {
        clock.soon(() => ran.push('first'));
        clock.soon(resolve);
        ran.push('here');
      });
      expect(ran).toEqual(['here', 'first']);
    });

    it('refuses a period of nothing', () => {
      const { clock } = open();
      expect(() => clock.every(0, () => {})).toThrow(RangeError);
    });
  });
}
