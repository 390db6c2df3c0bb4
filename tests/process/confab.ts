import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';

/** A Confab in a process of its own, as an operator runs it. */
export interface Confab {
  readonly child: ChildProcess;
  /** So far; the address once it is ready. */
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves with the exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Waits for the address. */
  url(): Promise<string>;
}

const root = join(import.meta.dirname, '../..');
const program = join(root, 'server/bin/confab.js');
const unprivileged = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

export interface RunOptions {
  env?: Record<string, string>;
  /** As an ordinary user, where this process is root's. */
  asNobody?: boolean;
}

function words(args: readonly string[], { asNobody = false }: RunOptions): [string, string[]] {
  const all = [...(asNobody ? unprivileged : []), process.execPath, program, ...args];
  return [all[0] ?? '', all.slice(1)];
}

function environment(extra: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', CONFAB_LOG_FORMAT: 'json', ...extra };
}

export function runConfab(args: readonly string[], options: RunOptions = {}): Confab {
  const [first, rest] = words(args, options);
  const child = spawn(first, rest, {
    cwd: root,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes) => (out += String(bytes)));
  child.stderr.on('data', (bytes) => (err += String(bytes)));
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 0)),
  );
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    async url() {
      const early = ended.then((code) => {
        throw new Error(`it ended with ${code}: ${err}`);
      });
      early.catch(() => {});
      const found = vi.waitFor(() => {
        const [, url] = /ready at (http:\S+)/.exec(out) ?? [];
        expect(url, err).toBeDefined();
        return url ?? '';
      }, patience);
      return Promise.race([found, early]);
    },
  };
}

/** The machine may be busy with the other tests. */
export const patience = { timeout: 90_000, interval: 30 };

/** Builds what is stale before anything is measured against a clock; an ordinary user might not be allowed to. */
export function buildProgram(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/build.js')], {
    encoding: 'utf8',
    // This process' own says that it is a test: the page would be built for developers, and be heavier than it may.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  expect(status, stderr).toBe(0);
}

/** A command that ends by itself. */
export function confab(args: readonly string[], options: RunOptions = {}) {
  const [first, rest] = words(args, options);
  const { status, stdout, stderr } = spawnSync(first, rest, {
    cwd: root,
    env: environment(options.env),
    encoding: 'utf8',
    timeout: patience.timeout,
  });
  return { code: status, out: stdout, err: sentences(stderr) };
}

/** What was said to people: without the log, and without news of building. */
export function sentences(err: string): string[] {
  return err
    .split('\n')
    .filter(
      (line) =>
        line !== '' &&
        !line.startsWith('{') &&
        !/^(building|built|could not build|✗ Build failed) ?/.test(line),
    );
}

/** The processes of the Postgres that works for a data folder. */
export function postmasterOf(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}
