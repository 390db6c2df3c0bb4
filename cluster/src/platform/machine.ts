import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClusterProblem } from '../problem.ts';
import { markOf, type ProcessMark } from './processes.ts';

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** What this machine can do for us. */
export interface Machine {
  /** Runs a program to its end and gives its standard output. Throws CommandFailed. */
  run(command: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts a program that outlives this process. What it writes goes to the end of `logFile`. */
  launch(command: readonly string[], options: LaunchOptions): Promise<ProcessMark>;
  /** Whether a program of this name can be run. */
  has(program: string): boolean;
  /** Milliseconds since 1970. */
  now(): number;
  wait(ms: number): Promise<void>;
  /** Letters and digits, so that no file or URL has to quote it. */
  secret(): string;
  readonly isRoot: boolean;
  readonly isLinux: boolean;
}

export interface LaunchOptions {
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
}

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /** The program's own words, shortened. */
  readonly said: string;

  constructor(command: readonly string[], said: string) {
    super(`${command.join(' ')}: ${said}`);
    this.said = said;
  }
}

/** Debian keeps some of the programs where only root looks, and Postgres' own where nobody does. */
const searchPath = `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
const outputBytesMax = 16 * 1024 * 1024;

export function createMachine(): Machine {
  // Only what programs need: a database or a port that the caller's shell names is not the cluster's.
  const environment = { PATH: searchPath, LANG: 'C.UTF-8', TZ: 'UTC' };

  const run = (command: readonly string[], { input, env, timeoutMs = 60_000 }: RunOptions = {}) =>
    new Promise<string>((resolve, reject) => {
      const [program = '', ...args] = command;
      const child = execFile(
        program,
        args,
        {
          env: { ...environment, ...env },
          timeout: timeoutMs,
          maxBuffer: outputBytesMax,
          killSignal: 'SIGKILL',
        },
        (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else
            reject(
              new CommandFailed(command, (stderr.trim() || stdout.trim() || error.message).slice(-2_000)),
            );
        },
      );
      // A program that ended without reading is told by its exit code.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input ?? '');
    });

  const launch = async (
    command: readonly string[],
    { logFile, env }: LaunchOptions,
  ): Promise<ProcessMark> => {
    const [program = '', ...args] = command;
    const log = openSync(logFile, 'a', 0o640);
    try {
      const child = spawn(program, args, {
        detached: true,
        env: { ...environment, ...env },
        stdio: ['ignore', log, log],
      });
      child.unref();
      const failed = new Promise<never>((_, reject) => child.once('error', reject));
      const started = new Promise<void>((resolve) => child.once('spawn', resolve));
      await Promise.race([started, failed]);
      const mark = child.pid === undefined ? null : markOf(child.pid);
      if (mark === null)
        throw new ClusterProblem(`${program} ended at once; its last words are in ${logFile}`);
      return mark;
    } finally {
      closeSync(log);
    }
  };

  return {
    run,
    launch,
    has: (program) => searchPath.split(delimiter).some((folder) => existsSync(join(folder, program))),
    now: () => Date.now(),
    async wait(ms) {
      await pause(ms);
    },
    secret: () => randomBytes(18).toString('base64url').replace(/[-_]/g, 'x'),
    isRoot: process.getuid?.() === 0,
    isLinux: process.platform === 'linux',
  };
}

/** Asks again until it holds. @returns false when it did not in time */
export async function until(
  machine: Pick<Machine, 'now' | 'wait'>,
  { timeoutMs, everyMs = 100 }: { timeoutMs: number; everyMs?: number },
  holds: () => Promise<boolean> | boolean,
): Promise<boolean> {
  const deadline = machine.now() + timeoutMs;
  for (;;) {
    if (await holds()) return true;
    if (machine.now() >= deadline) return false;
    await machine.wait(everyMs);
  }
}
