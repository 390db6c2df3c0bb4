import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../platform/machine.ts';
import { killOne, processesBelow } from '../platform/processes.ts';
import { ClusterProblem } from '../problem.ts';
import type { Topology } from '../topology.ts';
import type { Network } from './network.ts';

/**
 * Hosts that are nothing but addresses of this machine's loopback: there is no cable to cut. What runs on a host is told
 * by where it works: its folder, or below.
 */
export function createLoopback({ folder }: { folder: string }): Network {
  const refuse = (): Promise<never> =>
    Promise.reject(new ClusterProblem('a cluster that was made by --local has no network that could fail'));
  return {
    build: () => Promise.resolve(),
    cut: refuse,
    partition: refuse,
    lose: refuse,
    slow: refuse,
    heal: () => Promise.resolve(),
    healPartitions: () => Promise.resolve(),
    resetAddresses: () => Promise.resolve(),
    dropAddresses: () => Promise.resolve(),
    addressesOf: ({ address }) => Promise.resolve([address]),
    processesOn: ({ name }) => processesBelow(join(folder, 'hosts', name)),
  };
}

/** Throws a ClusterProblem where the addresses cannot be had, or something listens there. */
export async function checkLoopback({
  topology,
  machine,
}: {
  topology: Topology;
  machine: Machine;
}): Promise<void> {
  if (!machine.isLinux)
    throw new ClusterProblem('confab cluster needs Linux, whose loopback has more than one address');
  const listening = await machine.run(['ss', '-Hltn']);
  if (listening.includes(` ${topology.network}.`))
    throw new ClusterProblem(
      `something listens in ${topology.network}.0.0/16 already: take others by --network, such as --network 127.78`,
    );
}

/** Ends everything that works in the folder of a cluster on loopback. */
export async function endLoopback({ folder, machine }: { folder: string; machine: Machine }): Promise<void> {
  const running = (): number[] => processesBelow(join(folder, 'hosts'));
  const shared = sharedMemoryBelow(join(folder, 'hosts'));
  // Who was just forked by one that ended meanwhile is found in the next round.
  for (let round = 0; round < 100; round += 1) {
    const pids = running();
    if (pids.length === 0) {
      // A Postgres that is killed leaves it; of what is gone already there is nothing to say.
      for (const id of shared) await machine.run(['ipcrm', '-m', id]).catch(() => '');
      return;
    }
    for (const pid of pids) killOne(pid, 'SIGKILL');
    await machine.wait(20);
  }
  throw new ClusterProblem(`processes of the cluster do not end: ${running().join(', ')}`);
}

/** Numbers of what each Postgres holds of System V's shared memory, from the seventh line of its postmaster.pid. */
function sharedMemoryBelow(hosts: string): string[] {
  const linesOf = (host: string): string[] => {
    try {
      return readFileSync(join(hosts, host, 'patroni/data/postmaster.pid'), 'utf8').split('\n');
    } catch {
      return [];
    }
  };
  return hostsIn(hosts).flatMap((host) => /^ *\d+ +(\d+)$/.exec(linesOf(host)[6] ?? '')?.[1] ?? []);
}

function hostsIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
