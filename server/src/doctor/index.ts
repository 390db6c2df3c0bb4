/**
 * The doctor: looks at nodes, database, Redis, balancer, network and files, and says what is wrong and how to mend it. Owns
 * the list of checks by the requirements of the deployment guide. Promises to change nothing that stays. Refuses to
 * know where its settings come from, and how what it found is shown.
 */
import type { ExaminedArea } from '@confab/protocol';
import { BadStatement } from '../platform/postgres/index.ts';
import { Fault } from '../platform/fault.ts';
import { Problem } from '../platform/problem.ts';
import { RedisRefusal } from '../platform/redis-talk.ts';
import { balancerChecks } from './balancer.ts';
import { capacityChecks } from './capacity.ts';
import { warn, type Check, type DoctorDeps, type Finding } from './check.ts';
import { fileChecks } from './files.ts';
import { installationChecks } from './installation.ts';
import { networkChecks } from './network.ts';
import { nodeChecks } from './nodes.ts';
import { postgresChecks } from './postgres.ts';
import { keeperCheck } from './postgres-keeper.ts';
import { standbyChecks } from './postgres-standby.ts';
import { redisChecks } from './redis.ts';
import { replicaChecks } from './redis-replicas.ts';

export type { Check, DoctorDeps, EmbeddedState, Finding, Reach, Settings, Status } from './check.ts';
export { requirements, type Requirement } from './requirements.ts';
export { doctorDocument } from './document.ts';

/** By area, under the names that calls use. */
const areaOf: Readonly<Record<ExaminedArea, readonly Check[]>> = {
  machine: installationChecks,
  nodes: [...nodeChecks, ...capacityChecks],
  balancer: balancerChecks,
  postgres: [...postgresChecks, ...standbyChecks, keeperCheck],
  redis: [...redisChecks, ...replicaChecks],
  files: fileChecks,
  network: networkChecks,
};

/** As they are shown. */
export const areas: Readonly<Record<string, readonly Check[]>> = {
  'this machine': areaOf.machine,
  nodes: areaOf.nodes,
  balancer: areaOf.balancer,
  Postgres: areaOf.postgres,
  Redis: areaOf.redis,
  files: areaOf.files,
  network: areaOf.network,
};

export interface Row extends Finding {
  readonly ids: readonly string[];
  readonly title: string;
}

/** Looks at one thing after the other; at most some ten seconds for each that does not answer. */
export async function examine(
  deps: DoctorDeps,
  checks: readonly Check[] = Object.values(areas).flat(),
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { ids, title, run } of checks) rows.push({ ids, title, ...(await look(run, deps)) });
  return rows;
}

/** Looks at everything in an area at once: as long as its slowest check. */
export async function examineArea(deps: DoctorDeps, area: ExaminedArea): Promise<Row[]> {
  const found = areaOf[area].map(async ({ ids, title, run }) => ({ ids, title, ...(await look(run, deps)) }));
  return Promise.all(found);
}

async function look(run: Check['run'], deps: DoctorDeps): Promise<Finding> {
  try {
    return await run(deps);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    return warn(
      `cannot be found out: ${reason}`,
      'Look again; if it stays, give the role of Confab the right to look.',
    );
  }
}

/** Of the world's own trouble; null for a bug. */
function reasonOf(error: unknown): string | null {
  if (error instanceof BadStatement) return error.reason;
  return error instanceof Fault || error instanceof Problem || error instanceof RedisRefusal
    ? error.message
    : null;
}
