import { spawn } from 'node:child_process';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';

/** Where a program finds its file: it is open already, and has no name any more. */
export const inputPath = '/dev/fd/3';

export interface GuardedRun {
  /** Absolute paths: nothing is looked for, and no shell is asked. */
  readonly guards: { readonly prlimit: string; readonly setpriv: string };
  readonly program: string;
  readonly args: readonly string[];
  readonly input: AsyncIterable<Uint8Array>;
  readonly clock: Clock;
  readonly msMax: number;
  readonly memoryBytesMax: number;
  readonly outputBytesMax: number;
  /** Of too much output the beginning is wanted. */
  readonly keepsBeginning?: boolean;
}

/**
 * Runs a program that may be led to do anything by what it reads: it may write no file and little output, has so much
 * memory and time, gains no rights, knows no variable of ours, and ends with this process however that ends.
 * @returns null when it failed or was stopped
 * @throws whatever `input` throws
 */
export async function runGuarded(run: GuardedRun): Promise<Buffer | null> {
  const file = await namelessFile();
  if (file === null) return null;
  try {
    for await (const bytes of run.input) if (!(await isWritten(file, bytes))) return null;
    return await outputOf(run, file.fd);
  } finally {
    await file.close();
  }
}

/** Nothing of it is left, whatever ends this process. Null where the disk does not want it. */
async function namelessFile(): Promise<FileHandle | null> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'confab-'));
    try {
      return await open(join(folder, 'file'), 'wx+', 0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  } catch {
    return null;
  }
}

async function isWritten(file: FileHandle, bytes: Uint8Array): Promise<boolean> {
  try {
    await file.writeFile(bytes);
    return true;
  } catch {
    return false;
  }
}

function outputOf(run: GuardedRun, fd: number): Promise<Buffer | null> {
  const { guards, program, args, clock, msMax, memoryBytesMax, outputBytesMax } = run;
  const limits = [
    `--as=${memoryBytesMax}`,
    `--cpu=${Math.ceil(msMax / 1_000)}`,
    '--fsize=0',
    '--core=0',
    '--nofile=64',
  ];
  const guard = [guards.setpriv, '--pdeathsig', 'KILL', '--no-new-privs', '--'];
  return new Promise((resolve) => {
    const child = spawn(guards.prlimit, [...limits, '--', ...guard, program, ...args], {
      cwd: '/',
      // Arenas of threads would count as memory on machines with many cores.
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: '/nonexistent', MALLOC_ARENA_MAX: '1' },
      stdio: ['ignore', 'pipe', 'ignore', fd],
    });
    const pieces: Buffer[] = [];
    let length = 0;
    const isBeginning = (): boolean => run.keepsBeginning === true && length > outputBytesMax;
    const timer = clock.after(msMax, () => child.kill('SIGKILL'));
    child.stdout?.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length - piece.length <= outputBytesMax) pieces.push(piece);
      if (length > outputBytesMax) child.kill('SIGKILL');
    });
    child.on('error', () => {
      timer.cancel();
      resolve(null);
    });
    child.on('close', (code) => {
      timer.cancel();
      resolve(code === 0 || isBeginning() ? Buffer.concat(pieces).subarray(0, outputBytesMax) : null);
    });
  });
}
