/** Programs started for a measurement, and ports for them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** Waits for a line of a child's output. */
export function untilSaid(child: ChildProcess, word: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('the child has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (word.test(line)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** @param signal what makes it end in order */
export function stopChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** Runs a program to its end. @returns what it wrote; throws when it failed */
export function run(
  [program = '', ...args]: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let said = '';
    let complained = '';
    child.stdout.on('data', (bytes) => (said += String(bytes)));
    child.stderr.on('data', (bytes) => (complained += String(bytes)));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve(said)
        : reject(new Error(`${program} ended with ${code}: ${complained.slice(-1_000)}`)),
    );
  });
}
