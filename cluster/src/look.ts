import { createMachine } from './platform/machine.ts';
import { openRecord } from './record.ts';
import { createSite } from './site.ts';
import { readStatus, type StatusRow } from './status.ts';

/** How every part is doing, also of a cluster that did not come up. Throws a ClusterProblem where none was made. */
export async function lookAtCluster(folder: string): Promise<StatusRow[]> {
  const site = createSite({ folder, record: openRecord(folder), machine: createMachine() });
  return readStatus(site);
}
