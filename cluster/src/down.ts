import { existsSync, readdirSync, rmSync } from 'node:fs';
import { unmountDisks } from './hosts/disks.ts';
import { endLoopback } from './hosts/loopback.ts';
import { removeNetwork } from './hosts/network.ts';
import { createMachine } from './platform/machine.ts';
import { ClusterProblem } from './problem.ts';
import { hasRecord, openRecord } from './record.ts';
import { isClusterName } from './topology.ts';

export interface DownResult {
  /** False when there was nothing to take away. */
  readonly removed: boolean;
}

/**
 * Ends a cluster and takes all of it away: processes, namespaces, names, and everything in its folder. Works on what is
 * left of one that did not come up, or whose folder is lost.
 * @param given `name` is for a cluster whose folder is lost
 */
export async function takeDown(given: { folder: string; name: string }): Promise<DownResult> {
  const machine = createMachine();
  if (!machine.isLinux) return { removed: false };
  const { folder } = given;
  const known = hasRecord(folder);
  const record = known ? openRecord(folder).read() : null;
  if (record?.ground === 'loopback') {
    await endLoopback({ folder, machine });
    removeContents(folder);
    return { removed: true };
  }
  if (!machine.isRoot) throw new ClusterProblem('confab cluster down needs root: use sudo');
  const name = record?.name ?? given.name;
  if (!isClusterName(name)) throw new ClusterProblem(`${name} cannot be the name of a cluster`);
  const namespaces = machine.has('ip') ? await removeNetwork({ name, machine }) : 0;
  await unmountDisks({ name, machine });
  if (known) removeContents(folder);
  return { removed: known || namespaces > 0 };
}

/** What `up` put there; the record last, so that an interrupted `down` can be done again. */
function removeContents(folder: string): void {
  for (const entry of ['hosts', 'logs', 'tls', 'cluster.json.new', 'cluster.json']) {
    rmSync(`${folder}/${entry}`, { recursive: true, force: true });
  }
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
