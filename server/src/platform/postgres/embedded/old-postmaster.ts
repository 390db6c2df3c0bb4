import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../log/index.ts';
import { Problem, systemCode } from '../../problem.ts';
import { processStart, signal, worksIn } from './processes.ts';

/** No system counts its processes so far. */
const nobody = '999999999';
const stepMs = 50;

/**
 * What a crash leaves behind: `postmaster.pid`, and perhaps a Postgres that is still ending.
 * @param orphaned whoever started it is known to be dead, so it may be ended.
 */
export async function awaitOldPostmaster(folder: string, orphaned: boolean, log: Log): Promise<void> {
  const path = join(folder, 'postmaster.pid');
  const pid = recordedPid(path);
  if (pid === null || processStart(pid) === null) return;
  if (!worksIn(pid, folder)) {
    // The number belongs to somebody else by now, as is usual in containers; Postgres would refuse to start. The rest
    // of the file stays, since Postgres finds by it what else of the old one may still be running.
    const [, ...rest] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [nobody, ...rest].join('\n'));
    return;
  }
  if (!orphaned) {
    throw new Problem(`Another Postgres (process ${pid}) works in ${folder}: stop it first.`);
  }
  log.info('waiting for the database of the last run to end', { pid });
  const escalation: [afterMs: number, name: NodeJS.Signals][] = [
    [1_000, 'SIGINT'],
    [30_000, 'SIGQUIT'],
  ];
  for (let waitedMs = 0; waitedMs < 45_000; waitedMs += stepMs) {
    if (processStart(pid) === null || !worksIn(pid, folder)) return;
    const due = escalation[0];
    if (due !== undefined && waitedMs >= due[0]) {
      signal(pid, due[1]);
      escalation.shift();
    }
    await wait(stepMs);
  }
  throw new Problem(
    `The Postgres of the last run (process ${pid}) does not end: end it by hand and start again.`,
  );
}

function recordedPid(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').split('\n', 1)[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Whether the Postgres with this number has said in `postmaster.pid` that it takes connections. */
export function isReady(folder: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
