import type { LivingNode } from '../cluster/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import { Unreached } from '../platform/network/index.ts';
import { count, fail, forClusters, pass, skipped, warn, type Check } from './check.ts';
import type { DoctorDeps, Finding } from './check.ts';

export const capacityChecks: readonly Check[] = [
  { ids: ['TOP-3', 'LIFE-3'], title: 'capacity with one node less', run: forClusters(capacity) },
];

/** The guide's own words: what is left over must carry all, and not at its very end. */
const fullShare = 0.7;
/** Most of a node's work is done by one core. */
const coresUsable = 1;
/** What a node keeps open besides sockets: database, files, the doors. */
const filesBeside = 200;
const watchMs = 2_000;

async function capacity(deps: DoctorDeps): Promise<Finding> {
  const serving = deps.nodes.filter(({ state }) => state === 'serving');
  if (serving.length === 0) return skipped('no node serves now');
  if (serving.length === 1)
    return warn('one node: nobody carries its load when it ends', 'Start more nodes.');
  const left = serving.length - 1;
  const sockets = serving.reduce((sum, { connections }) => sum + connections, 0);
  const socketsMax = Math.max((deps.machine.openFilesMax ?? 65_536) - filesBeside, 1);
  const cores = await coresInUse(deps, serving);
  const socketShare = sockets / left / socketsMax;
  const coreShare = cores === null ? 0 : cores / left / coresUsable;
  const found = [
    `${count(left, 'node')} would have ${count(Math.ceil(sockets / left), 'connection')} each of at most ${socketsMax}`,
    cores === null
      ? 'their load is not to be seen from here'
      : `and use ${Math.round(coreShare * 100)} % of a core each`,
  ].join(', ');
  if (Math.max(socketShare, coreShare) >= 1) {
    return fail(found, 'Add nodes now: when one ends, the others cannot carry what it did.');
  }
  if (Math.max(socketShare, coreShare) > fullShare) {
    return warn(found, 'Add a node, or raise the limit of open files (LimitNOFILE).');
  }
  return pass(found);
}

/** Of all nodes together, over a moment; null when one of them does not show it. */
async function coresInUse(deps: DoctorDeps, nodes: readonly LivingNode[]): Promise<number | null> {
  const before = await secondsUsed(deps, nodes);
  if (before === null) return null;
  const startedAt = deps.clock.now();
  await elapse(deps.clock, watchMs);
  const after = await secondsUsed(deps, nodes);
  const seconds = (deps.clock.now() - startedAt) / 1_000;
  return after === null || seconds <= 0 ? null : Math.max(after - before, 0) / seconds;
}

async function secondsUsed({ network }: DoctorDeps, nodes: readonly LivingNode[]): Promise<number | null> {
  const each = await Promise.all(
    nodes.map(async ({ address }) => {
      try {
        const { body } = await network.get(`http://${address}/metrics`);
        const [, seconds] = /^process_cpu_seconds_total (\S+)/m.exec(body) ?? [];
        return seconds === undefined ? null : Number(seconds);
      } catch (error) {
        if (error instanceof Unreached) return null;
        throw error;
      }
    }),
  );
  return each.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function elapse(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
