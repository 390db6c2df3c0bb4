/** The server under load: which of its processes run here, and what they use; and one that is started for the bench. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDoor } from '@confab/cluster/rehearse/crowd/door';
import { BenchProblem } from './problem.ts';
import { commandOf, cpuSeconds, descendants, ownBytes } from './processes.ts';
import type { ProcessUse } from './result.ts';

export interface BenchServer {
  readonly url: string;
  /** An administrator's. */
  readonly token: string;
  /** Its processes on this machine; none when it is elsewhere. */
  pids(): number[];
  close(): Promise<void>;
}

const startsWithinMs = 60_000;

/**
 * A node with a database of its own in a temporary folder, which takes as many calls as there are.
 * @param program what `confab` is: started with `start`
 */
export async function startServer(program: string): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-bench-'));
  // For root another user runs the database, who has to get there.
  chmodSync(folder, 0o711);
  const child = spawn(process.execPath, [program, 'start', '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      CONFAB_SENDS_PER_MINUTE: '10000000',
      CONFAB_CALLS_PER_MINUTE: '10000000',
      CONFAB_LOG_LEVEL: 'error',
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const failed = (why: string): void => reject(new BenchProblem(`The server for the bench ${why}.`));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const said = /http:\/\/\S+?(?=[\s.,]*$|[\s,])/.exec(line)?.[0];
        if (said !== undefined) resolve(said);
      });
      child.once('exit', (code) => failed(`ended with ${code} before it was ready`));
      setTimeout(() => failed(`was not ready within ${startsWithinMs / 1_000} s`), startsWithinMs).unref();
    });
    const here = new URL(url);
    here.hostname = '127.0.0.1';
    const token = await setUp(here.origin);
    const pid = child.pid ?? 0;
    return { url: here.origin, token, pids: () => [pid, ...descendants(pid)], close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function setUp(url: string): Promise<string> {
  const { cookie } = await openDoor(url, null).enter('workspace.setUp', {
    workspaceName: 'Bench',
    name: 'Owner',
    handle: 'owner',
    email: 'owner@bench.example',
    password: randomBytes(18).toString('base64url'),
  });
  const { secret } = await openDoor(url, { cookie }).call('token.create', {
    name: 'bench',
    scopes: ['read', 'write', 'admin'],
  });
  return secret;
}

/** CPU seconds so far and memory now, by the program's name. Empty where the kernel does not tell (only Linux does). */
export function useOf(pids: readonly number[]): ProcessUse[] {
  const uses = new Map<string, { processes: number; cpuSeconds: number; bytes: number }>();
  if (process.platform !== 'linux') return [];
  for (const pid of pids) {
    try {
      const name = programOf(pid);
      const use = uses.get(name) ?? { processes: 0, cpuSeconds: 0, bytes: 0 };
      use.cpuSeconds += cpuSeconds(pid);
      use.bytes += ownBytes(pid);
      use.processes += 1;
      uses.set(name, use);
    } catch {
      // It ended.
    }
  }
  return [...uses].map(([name, use]) => ({ name, ...use }));
}

/** Threads of Node are called after what they do. */
function programOf(pid: number): string {
  const name = commandOf(pid);
  return name === 'MainThread' || name.startsWith('confab') ? 'node' : name;
}
