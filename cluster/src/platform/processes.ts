import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';

/** A process and when it began (in ticks since the machine's start), so that a number given to another is not mistaken. */
export interface ProcessMark {
  readonly pid: number;
  readonly began: string;
}

export type Signal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM' | 'SIGINT' | 'SIGQUIT';

/** @returns null for what is gone; what has ended and waits for its parent counts as gone */
export function markOf(pid: number): ProcessMark | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat === null ? null : readStat(pid, stat);
}

/** Reads a line of /proc/PID/stat; the name in parentheses may hold anything, spaces and parentheses too. */
export function readStat(pid: number, stat: string): ProcessMark | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const began = fields[19];
  if (state === undefined || began === undefined || state === 'Z' || state === 'X') return null;
  return { pid, began };
}

export function isAlive(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.began === mark.began;
}

/** Stopped by a signal, and so alive without doing anything. */
export function isStopped(mark: ProcessMark): boolean {
  const stat = readOrNull(`/proc/${mark.pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
}

/** Everything that runs in network namespaces with these names, by number. Those that have ended do not count. */
export function processesIn(namespaces: readonly string[]): number[] {
  const wanted = new Set(namespaces.map(inodeOf).filter((one) => one !== null));
  const isIn = (pid: string): boolean => wanted.has(networkOf(pid) ?? '');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isIn(name))
    .map(Number)
    .filter((pid) => markOf(pid) !== null);
}

/**
 * Everything whose working folder is this one or below it, by number. Who sits at a terminal does not count: that is
 * somebody who looks around there.
 */
export function processesBelow(folder: string): number[] {
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  const isBelow = (pid: string): boolean => `${workingFolderOf(pid) ?? ''}/`.startsWith(`${real}/`);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isBelow(name))
    .map(Number)
    .filter((pid) => markOf(pid) !== null && !hasTerminal(pid));
}

function workingFolderOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}

function hasTerminal(pid: number): boolean {
  const stat = readOrNull(`/proc/${pid}/stat`) ?? '';
  return (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[4] ?? '0') !== '0';
}

/** Such as `net:[4026532201]`. */
function inodeOf(namespace: string): string | null {
  try {
    return `net:[${statSync(`/run/netns/${namespace}`).ino}]`;
  } catch {
    return null;
  }
}

function networkOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return null;
  }
}

/** Nothing happens when it is gone, or when its number is another's now. */
export function sendSignal(mark: ProcessMark, signal: Signal): void {
  if (isAlive(mark)) killOne(mark.pid, signal);
}

/** For process groups (a negative number) and for numbers that were read just now. */
export function killOne(pid: number, signal: Signal): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
