/**
 * Orders everything. One task runs at a time: the one due first, ties in the order they were set; then everything that
 * hangs on settled promises, until nothing moves any more; then the next. What takes time in the real world (a frame's
 * way, a transaction, a timer) is a task some virtual milliseconds away, so the seed's latencies decide the order.
 */
import type { Timer } from '@confab/server/platform/clock/index';
import type { Trace } from './trace.ts';

export interface Scheduler {
  /** Virtual milliseconds since the start, with fractions. */
  readonly nowMs: number;
  after(delayMs: number, label: string, work: () => void | Promise<void>): Timer;
  /** Runs tasks until the virtual time is over, or `until` says so after a task. @returns whether `until` did. */
  run(forMs: number, until?: () => boolean): Promise<boolean>;
  readonly steps: number;
  /** A task is waited for, such as a transaction: nothing else runs until it is over. */
  readonly isWaiting: boolean;
}

/** The two things of the real machine that a simulation needs. */
export interface Machine {
  /** Resolves when all promises that can settle have settled: a turn of the event loop. */
  turn(): Promise<void>;
  /** Real milliseconds, to measure by and to notice what never ends. */
  now(): number;
  /** Calls back after so many real milliseconds. */
  alarm(afterMs: number, work: () => void): { cancel(): void };
  /** Hears of promises that failed and that nobody listened to. Returns the way to stop. */
  onUnhandled(listener: (error: unknown) => void): () => void;
}

interface Task {
  readonly atMs: number;
  readonly order: number;
  readonly label: string;
  readonly work: () => void | Promise<void>;
  cancelled: boolean;
}

/** A task that is not over after this long in the real world waits for something that cannot come. */
const stuckMs = 20_000;

export function createScheduler(deps: { machine: Machine; note: Trace['note'] | null }): Scheduler {
  const { machine } = deps;
  const heap = createHeap();
  let nowMs = 0;
  let order = 0;
  let steps = 0;
  let isWaiting = false;

  async function runTask(task: Task): Promise<void> {
    nowMs = Math.max(nowMs, task.atMs);
    steps += 1;
    deps.note?.(task.label);
    const done = task.work();
    if (done) {
      isWaiting = true;
      await orStuck(machine, task.label, done).finally(() => (isWaiting = false));
    }
    await machine.turn();
  }

  return {
    get nowMs() {
      return nowMs;
    },
    get steps() {
      return steps;
    },
    get isWaiting() {
      return isWaiting;
    },
    after(delayMs, label, work) {
      const task: Task = { atMs: nowMs + Math.max(delayMs, 0), order, label, work, cancelled: false };
      order += 1;
      heap.push(task);
      return { cancel: () => void (task.cancelled = true) };
    },
    async run(forMs, until = () => false) {
      const endMs = nowMs + forMs;
      for (;;) {
        const next = heap.pop(endMs);
        if (!next) break;
        await runTask(next);
        if (until()) return true;
      }
      nowMs = endMs;
      return until();
    },
  };
}

async function orStuck(machine: Machine, label: string, work: Promise<void>): Promise<void> {
  let alarm = { cancel: (): void => {} };
  const stuck = new Promise<never>((_, reject) => {
    alarm = machine.alarm(stuckMs, () =>
      reject(new Error(`${label}: waits for something outside of itself, which only comes after it`)),
    );
  });
  await Promise.race([work, stuck]).finally(() => alarm.cancel());
}

/** Tasks by time, then by order: a binary heap. */
function createHeap(): { push(task: Task): void; pop(untilMs: number): Task | null } {
  const tasks: Task[] = [];
  const before = (a: Task, b: Task): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

  function rise(task: Task): void {
    let index = tasks.length;
    tasks.push(task);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = tasks[above];
      if (!parent || before(parent, task)) break;
      tasks[index] = parent;
      index = above;
    }
    tasks[index] = task;
  }

  function sink(task: Task): void {
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      let child = tasks[below];
      const right = tasks[below + 1];
      if (child && right && before(right, child)) {
        below += 1;
        child = right;
      }
      if (!child || before(task, child)) break;
      tasks[index] = child;
      index = below;
    }
    tasks[index] = task;
  }

  function takeFirst(): void {
    const last = tasks.pop();
    if (last && tasks.length > 0) sink(last);
  }

  return {
    push: rise,
    pop(untilMs) {
      for (let first = tasks[0]; first; first = tasks[0]) {
        if (first.atMs > untilMs && !first.cancelled) return null;
        takeFirst();
        if (!first.cancelled) return first;
      }
      return null;
    },
  };
}
