import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../log/index.ts';
import { explain } from './cluster.ts';
import { finished, type Finished } from './finished.ts';
import { isReady } from './old-postmaster.ts';

export interface SupervisorOptions {
  launch: () => ChildProcess;
  /** Postgres' own folder. */
  folder: string;
  dataFolder: string;
  /** What remains of a crashed Postgres may keep the next one from starting for a moment. */
  attempts: number;
  log: Log;
}

/**
 * One running Postgres. States: starting -> ready -> ended, and from ended again to starting when it died by itself,
 * until that happened too often; `stop` leads from any of them to the end.
 */
export interface Supervisor {
  /** Resolves with a sentence when Postgres died and could not be started again; never after `stop`. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

const restartsMax = 3;
const restartMs = 1_000;
const attemptsAgain = 5;
/** A Postgres that ran so long had no trouble starting. */
const steadyMs = 60_000;
const pollMs = 10;
const patience: [NodeJS.Signals, ms: number][] = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
];

/** Resolves once it takes connections; throws a Problem when it does not come to that. */
export async function supervise(options: SupervisorOptions): Promise<Supervisor> {
  const { log, dataFolder } = options;
  const run: Run = { child: null, stopping: false };
  let life = await startOnce(run, options, options.attempts);

  /** Null after `stop`. */
  const untilOver = async (): Promise<string | null> => {
    for (let restarts = 0; ; restarts += 1) {
      const startedMs = performance.now();
      const { said } = await life.end;
      if (run.stopping) return null;
      if (performance.now() - startedMs > steadyMs) restarts = 0;
      const problem = explain(said, dataFolder, 'The database ended').message;
      if (restarts >= restartsMax) return problem;
      log.error('the database ended by itself and is started again', { problem });
      await wait(restartMs);
      if (run.stopping) return null;
      try {
        life = await startOnce(run, options, attemptsAgain);
      } catch (error) {
        if (run.stopping) return null;
        return error instanceof Error ? error.message : String(error);
      }
    }
  };
  const over = untilOver();

  return {
    lost: over.then((problem) => problem ?? new Promise<string>(() => {})),
    async stop() {
      run.stopping = true;
      for (const [name, ms] of patience) {
        run.child?.kill(name);
        const ended = await Promise.race([over.then(() => true), wait(ms, false, { ref: false })]);
        if (ended) return;
        log.warn('the database takes long to stop', { sent: name });
      }
    },
  };
}

interface Run {
  /** The latest, running or not. */
  child: ChildProcess | null;
  stopping: boolean;
}

interface Life {
  end: Promise<Finished>;
}

/** Starts Postgres and waits without a limit while it lives: after a crash it may have hours of work to redo. */
async function startOnce(run: Run, options: SupervisorOptions, attempts: number): Promise<Life> {
  const { launch, folder, dataFolder, log } = options;
  const child = launch();
  run.child = child;
  const end = finished(child, (line) => report(line, log, run.stopping));
  let alive = true;
  while (alive) {
    if (child.pid !== undefined && isReady(folder, child.pid)) return { end };
    alive = await Promise.race([end.then(() => false), wait(pollMs, true)]);
  }
  const { said } = await end;
  if (attempts > 1) await wait(restartMs);
  if (attempts > 1 && !run.stopping) {
    log.debug('the database did not start', { said });
    return startOnce(run, options, attempts - 1);
  }
  throw explain(said, dataFolder, 'The database did not start');
}

/** Postgres' own lines: everyday news for those who look closely, trouble for everyone. */
function report(line: string, log: Log, stopping: boolean): void {
  const [, level, text] = /^(\w+): +(.*)$/.exec(line) ?? [null, 'LOG', line];
  const trouble = level === 'PANIC' || level === 'FATAL' || level === 'WARNING';
  if (trouble && !stopping) log.warn('database', { severity: level, said: text });
  else log.debug('database', { severity: level, said: text });
}
