import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, untilListening } from './ports.ts';

/** A real Redis of one's own, on a port that it keeps when it is started again. */
export interface TestRedis {
  readonly port: number;
  url(password?: string | null): string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
  pause(): void;
  goOn(): void;
  close(): Promise<void>;
}

export interface TestRedisOptions {
  password?: string;
  /** A file of settings, which a Sentinel must have and writes to. */
  settings?: string;
  args?: readonly string[];
}

/** Throws, saying what is missing, where there is no redis-server. */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error('redis-server is missing. As root: apt-get install redis-server');
  }
  const { password = null, settings: file = null, args = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), 'confab-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;

  const redis: TestRedis = {
    port,
    url: (given = password) => `redis://${given === null ? '' : `:${given}@`}127.0.0.1:${port}`,
    async start() {
      const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
      const settings = file === null ? [...own, '--save', ''] : [file, ...own];
      const secret = password === null ? [] : ['--requirepass', password];
      child = spawn('redis-server', [...settings, ...secret, ...args], { stdio: 'ignore' });
      await untilListening(port);
    },
    async kill() {
      await end(child);
      child = null;
    },
    pause: () => void child?.kill('SIGSTOP'),
    goOn: () => void child?.kill('SIGCONT'),
    async close() {
      await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
