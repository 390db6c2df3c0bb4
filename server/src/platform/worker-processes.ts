/** One program on several cores: a parent that accepts, and workers that serve, on one port (Node's own cluster). */
import cluster, { type Worker } from 'node:cluster';
import type { Clock } from './clock/index.ts';
import type { Log } from './log/index.ts';

/** What a worker knows of whoever started it. */
export interface Parent {
  /** Resolves when the worker is to finish. Signals from a terminal reach everybody; only the parent decides. */
  readonly stopping: Promise<void>;
  /** The worker serves, and has this to say to people. */
  serving(words: string): void;
}

export interface Workers {
  /** What the first one said, when all serve. */
  readonly serving: Promise<string>;
  /** Resolves when one could not start, so that others would not either. */
  readonly failed: Promise<void>;
  /** Resolves when all have finished and ended. */
  stop(): Promise<void>;
}

interface ToWorker {
  readonly tell: 'stop';
}

interface FromWorker {
  readonly tell: 'serving';
  readonly words: string;
}

/** What ends again and again is not started again at once. */
const restartMs = 1_000;

/** @returns null in a process that is no worker */
export function findParent(): Parent | null {
  if (!cluster.isWorker) return null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  return {
    stopping: new Promise((resolve) =>
      process.on('message', (words: ToWorker) => words.tell === 'stop' && resolve()),
    ),
    serving: (words) => void process.send?.({ tell: 'serving', words } satisfies FromWorker),
  };
}

/** @param options.envOf what a worker's environment has besides this process's, by its number from 1 on */
export function startWorkers(options: {
  count: number;
  /** The program and its arguments. */
  program: string;
  args: readonly string[];
  envOf: (number: number) => Readonly<Record<string, string>>;
  clock: Clock;
  log: Log;
}): Workers {
  const { count, clock, log } = options;
  const living = new Map<number, Worker>();
  const served = new Map<number, string>();
  let isStopping = false;
  let allServe: (words: string) => void = () => {};
  let fail: () => void = () => {};
  let allEnded: () => void = () => {};
  const serving = new Promise<string>((resolve) => (allServe = resolve));
  const failed = new Promise<void>((resolve) => (fail = resolve));
  const ended = new Promise<void>((resolve) => (allEnded = resolve));
  cluster.setupPrimary({ exec: options.program, args: [...options.args] });

  function start(number: number): void {
    if (isStopping) return;
    const worker = cluster.fork({ ...process.env, ...options.envOf(number) });
    living.set(number, worker);
    worker.on('message', ({ tell, words }: FromWorker) => {
      if (tell !== 'serving') return;
      served.set(number, words);
      if (served.size === count) allServe(served.get(1) ?? words);
    });
    worker.on('exit', (code, signal) => {
      living.delete(number);
      if (living.size === 0 && isStopping) allEnded();
      if (isStopping) return;
      if (!served.has(number)) return fail();
      log.warn('a worker ended; another takes its place', { worker: number, code, signal });
      clock.after(restartMs, () => start(number));
    });
  }

  for (let number = 1; number <= count; number += 1) start(number);
  return {
    serving,
    failed,
    async stop() {
      isStopping = true;
      for (const worker of living.values()) worker.send({ tell: 'stop' } satisfies ToWorker);
      if (living.size > 0) await ended;
    },
  };
}
