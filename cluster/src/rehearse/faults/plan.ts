import type { Clock } from '@confab/client/platform/index';
import type { Cluster } from '../../cluster.ts';
import type { PartName, Role } from '../../topology.ts';
import type { Fault } from './fault.ts';
import { inTime } from '../crowd/in-time.ts';

export interface ClusterFaultDeps {
  readonly cluster: Cluster;
  readonly clock: Clock;
}

/** What a fault needs to say; healing and settling are the same for most. */
export interface Plan extends Pick<Fault, 'name' | 'title' | 'part' | 'aimMs' | 'holdMs'> {
  /** It takes a cable to pull, an address that moves, or a disk of a machine’s own. */
  readonly needsNamespaces?: true;
  /** Does it, and answers with what mends it. */
  hurt(): Promise<() => Promise<void>>;
}

export function namesOf(cluster: Cluster, role: Role): string[] {
  return cluster.hosts.filter((host) => host.role === role).map(({ name }) => name);
}

export async function the(task: 'primary' | 'master' | 'holder', cluster: Cluster): Promise<string> {
  const name = (await cluster.parts())[task];
  if (name === null) throw new Error(`nobody is the ${task} now`);
  return name;
}

/** The one that most people are connected to: hurting another one proves little. */
export async function busiestNode({ nodes }: Cluster): Promise<string> {
  const counts = await Promise.all(
    nodes.map(async ({ name, url }) => {
      const figures = await fetch(new URL('/metrics', url), { signal: inTime() }).then((answer) =>
        answer.text(),
      );
      return {
        name,
        connections: Number(/^confab_connections(?:\{[^}]*\})? (\d+)/m.exec(figures)?.[1] ?? 0),
      };
    }),
  );
  const [first] = counts.toSorted((a, b) => b.connections - a.connections);
  if (!first) throw new Error('the cluster has no node');
  return first.name;
}

export async function stateOf(cluster: Cluster, host: string, part: PartName): Promise<string | undefined> {
  return (await cluster.status()).find((row) => row.host === host && row.part === part)?.state;
}

const waitingMs = 60_000;

export async function until(clock: Clock, holds: () => Promise<boolean>): Promise<void> {
  const end = clock.now() + waitingMs;
  while (!(await holds())) {
    if (clock.now() > end) throw new Error('it did not come to be in a minute');
    await new Promise<void>((resolve) => clock.after(200, resolve));
  }
}
