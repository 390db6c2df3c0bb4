import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem, systemCode } from '../../problem.ts';
import { folderProblem } from './folder-problem.ts';
import { processStart } from './processes.ts';

/** Who uses a data folder, as it stands in `confab.lock`. */
export interface Holder {
  pid: number;
  /** See processStart. */
  start: string | null;
  host: string;
  /** The command: `confab start`, `confab user add` … */
  purpose: string;
  /** Where the embedded Postgres listens; null until it does. */
  socketFolder: string | null;
  /** What is to be cleaned away after a crash. */
  runFolder: string | null;
}

export interface FolderLock {
  /** Whoever died holding the lock before; null after an orderly end. */
  readonly previous: Holder | null;
  record(facts: Pick<Holder, 'socketFolder' | 'runFolder'>): void;
  release(): void;
}

/** A holder on another machine or in another container cannot be looked up; it touches its file this often. */
const usualTouchMs = 4_000;
/** So many touches may fail to be seen before it counts as dead. */
const touchesMissed = 3;

/** Takes the data folder, or throws a Problem naming the process that has it. */
export async function lockFolder(
  dataFolder: string,
  purpose: string,
  touchMs = usualTouchMs,
): Promise<FolderLock> {
  const path = join(dataFolder, 'confab.lock');
  const holder: Holder = {
    pid: process.pid,
    start: processStart(process.pid),
    host: hostname(),
    purpose,
    socketFolder: null,
    runFolder: null,
  };
  let previous: Holder | null = null;
  while (!create(path, holder, dataFolder)) {
    const found = await settled(path);
    if (found === 'gone') continue;
    if (found !== 'broken' && (await isAlive(found, path, touchMs))) throw inUse(dataFolder, found);
    if (remove(path, found)) previous = found === 'broken' ? null : found;
  }
  const touch = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // The folder was taken away under us; the database will say so.
    }
  }, touchMs);
  touch.unref();
  return {
    previous,
    record(facts) {
      writeFileSync(`${path}.new`, written({ ...holder, ...facts }));
      renameSync(`${path}.new`, path);
    },
    release() {
      clearInterval(touch);
      rmSync(path, { force: true });
    },
  };
}

/** The living process of this machine that holds the folder, or null. */
export function findHolder(dataFolder: string): Holder | null {
  const found = read(join(dataFolder, 'confab.lock'));
  if (found === 'gone' || found === 'broken' || found.host !== hostname()) return null;
  return sameProcess(found) ? found : null;
}

function inUse(dataFolder: string, { pid, purpose, host }: Holder): Problem {
  const where = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  return new Problem(
    `The data folder ${dataFolder} is in use by "${purpose}" (${where}): stop that first, or choose another folder with --data.`,
  );
}

function written(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`;
}

function create(path: string, holder: Holder, dataFolder: string): boolean {
  try {
    writeFileSync(path, written(holder), { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw folderProblem(dataFolder, error);
  }
}

function read(path: string): Holder | 'gone' | 'broken' {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'gone' : 'broken';
  }
}

/** A file that cannot be read may be in the middle of being written. */
async function settled(path: string): Promise<Holder | 'gone' | 'broken'> {
  let found = read(path);
  for (let tries = 0; tries < 5 && found === 'broken'; tries += 1) {
    await wait(100);
    found = read(path);
  }
  return found;
}

function sameProcess({ pid, start }: Holder): boolean {
  const now = processStart(pid);
  return now !== null && now === start;
}

async function isAlive(holder: Holder, path: string, touchMs: number): Promise<boolean> {
  if (holder.host === hostname()) return sameProcess(holder);
  const touchedAt = (): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const first = touchedAt();
  for (let looks = 0; looks < touchesMissed * 4; looks += 1) {
    await wait(touchMs / 4);
    const last = touchedAt();
    if (last === 0) return false;
    if (last !== first) return true;
  }
  return false;
}

/** Removes the lock of a dead holder. Of several who found it dead at once, one succeeds. */
function remove(path: string, dead: Holder | 'broken'): boolean {
  const aside = `${path}.dead-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return false;
  }
  const moved = read(aside);
  const same = JSON.stringify(moved) === JSON.stringify(dead);
  if (same) rmSync(aside, { force: true });
  else renameSync(aside, path);
  return same;
}
