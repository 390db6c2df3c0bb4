import { describe, expect, it } from 'vitest';
import { createChore } from './chore.ts';
import { createManualClock } from './clock/index.ts';
import { createMemoryLog } from './log/index.ts';

/** A chore whose runs end when told to. */
function open(restMs = 100) {
  const clock = createManualClock();
  const logbook = createMemoryLog();
  const runs: { end: () => void; fail: () => void }[] = [];
  const chore = createChore({
    name: 'sweeping',
    clock,
    logbook,
    periodMs: 1_000,
    restMs,
    work: () =>
      new Promise((resolve, reject) => {
        runs.push({ end: resolve, fail: () => reject(new Error('no broom')) });
      }),
  });
  /** Lets promises that are settled be heard. */
  const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
  const end = async (index: number): Promise<void> => {
    runs[index]?.end();
    await settle();
  };
  const fail = async (index: number): Promise<void> => {
    runs[index]?.fail();
    await settle();
  };
  return { clock, logbook, runs, chore, end, fail };
}

describe('a chore', () => {
  it('runs every period, never twice at once', async () => {
    const { clock, runs, end } = open();
    clock.elapse(999);
    expect(runs).toHaveLength(0);
    clock.elapse(1);
    expect(runs).toHaveLength(1);
    clock.elapse(5_000);
    expect(runs).toHaveLength(1);
    await end(0);
    clock.elapse(1_000);
    expect(runs).toHaveLength(2);
  });

  it('runs at once when woken, and once more for any number of wakes meanwhile, after its rest', async () => {
    const { clock, runs, chore, end } = open();
    chore.wake();
    expect(runs).toHaveLength(1);
    for (let wake = 0; wake < 5; wake += 1) chore.wake();
    await end(0);
    expect(runs).toHaveLength(1);
    clock.elapse(100);
    expect(runs).toHaveLength(2);
    await end(1);
    clock.elapse(200);
    expect(runs).toHaveLength(2);
  });

  it('reports how its last run went and what failed last', async () => {
    const { clock, chore, fail, end } = open();
    const never = { name: 'sweeping', lastRunAt: null, lastTookMs: null, lastFailure: null };
    expect(chore.report()).toEqual(never);
    chore.wake();
    const begunAt = clock.now();
    clock.elapse(30);
    expect(chore.report()).toEqual({ ...never, lastRunAt: begunAt });
    await fail(0);
    const lastFailure = { at: begunAt + 30, message: 'no broom' };
    expect(chore.report()).toEqual({ ...never, lastRunAt: begunAt, lastTookMs: 30, lastFailure });
    clock.elapse(1_000);
    await end(1);
    expect(chore.report()).toEqual({
      ...never,
      lastRunAt: begunAt + 1_000,
      lastTookMs: expect.any(Number),
      lastFailure,
    });
  });

  it('says when it fails, and waits for the next period then', async () => {
    const { clock, runs, chore, fail, end, logbook } = open();
    chore.wake();
    chore.wake();
    await fail(0);
    expect(logbook.lines).toMatchObject([{ level: 'warn', fields: { chore: 'sweeping' } }]);
    chore.wake();
    clock.elapse(500);
    chore.wake();
    expect(runs).toHaveLength(1);
    clock.elapse(500);
    expect(runs).toHaveLength(2);
    await end(1);
    chore.wake();
    clock.elapse(100);
    expect(runs).toHaveLength(3);
  });

  it('closes after the run in progress', async () => {
    const { clock, runs, chore, end } = open();
    chore.wake();
    let closed = false;
    const closing = chore.close().then(() => (closed = true));
    await end(5);
    expect(closed).toBe(false);
    await end(0);
    await closing;
    chore.wake();
    clock.elapse(10_000);
    expect(runs).toHaveLength(1);
  });
});
