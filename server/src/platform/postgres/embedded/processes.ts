import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { systemCode } from '../../problem.ts';

/**
 * When a process began, in whatever unit the system keeps; null when there is none. Together with the number it names
 * one process for ever, since numbers are used again.
 */
export function processStart(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // The name, in brackets, may hold spaces and brackets; after it come state and 18 more fields.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    } catch {
      return null;
    }
  }
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return answer.stdout?.trim() || null;
}

/** Whether process `pid` is a Postgres that works in `folder`. Postgres makes its data folder its current one. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') {
    const answer = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
    return /postgres/.test(answer.stdout ?? '');
  }
  try {
    const its = statSync(`/proc/${pid}/cwd`);
    const ours = statSync(folder);
    return its.dev === ours.dev && its.ino === ours.ino;
  } catch {
    return false;
  }
}

/** Sends a signal; a process that is gone already is no trouble. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}
