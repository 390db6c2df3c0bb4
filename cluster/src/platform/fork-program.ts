import { fork, type ChildProcess } from 'node:child_process';

/** A Node program with a line to this one, in this one's surroundings and what `env` adds to them. */
export function forkProgram(
  file: string,
  { execArgv, env }: { execArgv: readonly string[]; env: Readonly<Record<string, string>> },
): ChildProcess {
  return fork(file, { execArgv: [...execArgv], env: { ...process.env, ...env } });
}
