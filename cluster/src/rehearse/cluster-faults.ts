/** Everything that is done to a cluster that `confab cluster up` made. */
import type { Clock } from '@confab/client/platform/index';
import type { Cluster } from '../cluster.ts';
import type { PartName, Role } from '../topology.ts';
import type { Fault } from './faults.ts';
import { inTime } from './in-time.ts';

export interface ClusterFaultDeps {
  readonly cluster: Cluster;
  readonly clock: Clock;
}

/** What a fault needs to say; healing and settling are the same for most. */
interface Plan extends Pick<Fault, 'name' | 'title' | 'part' | 'aimMs' | 'holdMs'> {
  /** Does it, and answers with what mends it. */
  hurt(): Promise<() => Promise<void>>;
}

/** Of `--smoke`: each component once, in under five minutes. */
export const smokeNames = ['node-kill', 'node-drain', 'balancer-kill', 'postgres-kill', 'redis-kill'];

/** In the order in which a rehearsal does them. */
export function clusterFaults(deps: ClusterFaultDeps): Fault[] {
  const plans = [
    ...nodeFaults(deps),
    ...balancerFaults(deps),
    ...postgresFaults(deps),
    ...redisFaults(deps),
    ...networkFaults(deps),
  ];
  return plans.map((plan) => faultOf(deps.cluster, plan));
}

function faultOf(cluster: Cluster, { hurt, ...plan }: Plan): Fault {
  let mend: (() => Promise<void>) | null = null;
  return {
    ...plan,
    async inject() {
      mend = await hurt();
    },
    async heal() {
      await mend?.();
      mend = null;
    },
    settled: () => cluster.settled(),
  };
}

function nodeFaults({ cluster, clock }: ClusterFaultDeps): Plan[] {
  const node = cluster.host('node1');
  const stop = (signal: 'SIGKILL' | 'SIGTERM') => async () => {
    node.signal('node', signal);
    return () => node.start('node');
  };
  return [
    {
      name: 'node-kill',
      title: 'A node is killed',
      part: 'node',
      aimMs: 2_000,
      holdMs: 5_000,
      hurt: stop('SIGKILL'),
    },
    {
      name: 'node-drain',
      title: 'A node is drained',
      part: 'node',
      aimMs: 500,
      holdMs: 8_000,
      hurt: stop('SIGTERM'),
    },
    {
      name: 'node-crash',
      title: 'A node’s machine loses its power',
      part: 'node',
      aimMs: 5_000,
      holdMs: 8_000,
      async hurt() {
        await node.crash();
        return () => node.boot();
      },
    },
    {
      name: 'node-freeze',
      title: 'A node stands still',
      part: 'node',
      aimMs: 5_000,
      holdMs: 10_000,
      async hurt() {
        node.freeze();
        return async () => node.thaw();
      },
    },
    {
      name: 'rolling-restart',
      title: 'All nodes are restarted, one after the other',
      part: 'upgrade',
      aimMs: 500,
      holdMs: 0,
      async hurt() {
        for (const { name } of cluster.nodes) {
          cluster.host(name).signal('node', 'SIGTERM');
          await until(clock, async () => (await stateOf(cluster, name, 'node')) === 'down');
          await cluster.host(name).start('node');
          await cluster.settled();
        }
        return async () => {};
      },
    },
  ];
}

function balancerFaults({ cluster }: ClusterFaultDeps): Plan[] {
  const holder = async () => cluster.host(await the('holder', cluster));
  return [
    {
      name: 'balancer-kill',
      title: 'The balancer is killed and its address moves',
      part: 'balancer',
      aimMs: 3_000,
      holdMs: 5_000,
      async hurt() {
        const host = await holder();
        host.signal('haproxy', 'SIGKILL');
        return () => host.start('haproxy');
      },
    },
    {
      name: 'balancer-crash',
      title: 'The balancer’s machine loses its power',
      part: 'balancer',
      aimMs: 3_000,
      holdMs: 5_000,
      async hurt() {
        const host = await holder();
        await host.crash();
        return () => host.boot();
      },
    },
    {
      name: 'pgbouncer-kill',
      title: 'The pool before the database is killed',
      part: 'balancer',
      aimMs: 3_000,
      holdMs: 3_000,
      async hurt() {
        const host = await holder();
        host.signal('pgbouncer', 'SIGKILL');
        return () => host.start('pgbouncer');
      },
    },
  ];
}

function postgresFaults({ cluster }: ClusterFaultDeps): Plan[] {
  const primary = async () => cluster.host(await the('primary', cluster));
  const replica = async () => {
    const name = await the('primary', cluster);
    return cluster.host(namesOf(cluster, 'database').find((one) => one !== name) ?? name);
  };
  const postgres = { part: 'postgres', aimMs: 15_000 } as const;
  return [
    {
      ...postgres,
      name: 'postgres-kill',
      title: 'The primary database is killed',
      holdMs: 10_000,
      async hurt() {
        (await primary()).signal('postgres', 'SIGKILL');
        // Patroni starts it again by itself.
        return async () => {};
      },
    },
    {
      ...postgres,
      name: 'postgres-crash',
      title: 'The primary database’s machine loses its power',
      holdMs: 15_000,
      async hurt() {
        const host = await primary();
        await host.crash();
        return () => host.boot();
      },
    },
    {
      ...postgres,
      name: 'postgres-freeze',
      title: 'The primary database’s machine stands still',
      holdMs: 15_000,
      async hurt() {
        const host = await primary();
        host.freeze();
        return async () => host.thaw();
      },
    },
    {
      ...postgres,
      name: 'postgres-cut',
      title: 'The primary database is cut off',
      part: 'network',
      holdMs: 15_000,
      async hurt() {
        const host = await primary();
        await host.cut();
        return () => host.heal();
      },
    },
    {
      ...postgres,
      name: 'postgres-switchover',
      title: 'The primary database is switched over',
      aimMs: 3_000,
      holdMs: 5_000,
      async hurt() {
        await switchOver(cluster);
        return async () => {};
      },
    },
    {
      ...postgres,
      name: 'postgres-all',
      title: 'All databases are away for 20 s',
      aimMs: 35_000,
      holdMs: 20_000,
      async hurt() {
        const hosts = namesOf(cluster, 'database').map((name) => cluster.host(name));
        for (const host of hosts) await host.cut();
        return async () => {
          for (const host of hosts) await host.heal();
        };
      },
    },
    {
      ...postgres,
      name: 'replica-crash',
      title: 'A replica’s machine loses its power',
      holdMs: 10_000,
      async hurt() {
        const host = await replica();
        await host.crash();
        return () => host.boot();
      },
    },
    {
      ...postgres,
      name: 'etcd-kill',
      title: 'A member of etcd is killed',
      aimMs: 5_000,
      holdMs: 8_000,
      async hurt() {
        const host = await replica();
        host.signal('etcd', 'SIGKILL');
        return () => host.start('etcd');
      },
    },
  ];
}

function redisFaults({ cluster }: ClusterFaultDeps): Plan[] {
  const master = async () => cluster.host(await the('master', cluster));
  const redis = { part: 'redis', aimMs: 1_000 } as const;
  return [
    {
      ...redis,
      name: 'redis-kill',
      title: 'The Redis master is killed',
      holdMs: 8_000,
      async hurt() {
        const host = await master();
        host.signal('redis', 'SIGKILL');
        return () => host.start('redis');
      },
    },
    {
      ...redis,
      name: 'redis-crash',
      title: 'The Redis master’s machine loses its power',
      holdMs: 10_000,
      async hurt() {
        const host = await master();
        await host.crash();
        return () => host.boot();
      },
    },
    {
      ...redis,
      name: 'redis-all',
      title: 'All Redis are away for a minute and come back empty',
      holdMs: 60_000,
      async hurt() {
        const hosts = namesOf(cluster, 'redis').map((name) => cluster.host(name));
        for (const host of hosts) host.signal('redis', 'SIGKILL');
        return async () => {
          for (const host of hosts) await host.start('redis');
        };
      },
    },
  ];
}

function networkFaults({ cluster }: ClusterFaultDeps): Plan[] {
  const between = async (one: string[], other: string[]) => {
    await cluster.partition(one, other);
    return () => cluster.healAll();
  };
  return [
    {
      name: 'node-cut',
      title: 'A node is cut off from everything',
      part: 'network',
      aimMs: 5_000,
      holdMs: 10_000,
      async hurt() {
        await cluster.host('node1').cut();
        return () => cluster.host('node1').heal();
      },
    },
    {
      name: 'node-redis-cut',
      title: 'A node is cut off from Redis',
      part: 'network',
      aimMs: 1_000,
      holdMs: 10_000,
      hurt: () => between(['node1'], namesOf(cluster, 'redis')),
    },
    {
      name: 'nodes-apart',
      title: 'The nodes are cut off from each other',
      part: 'network',
      aimMs: 500,
      holdMs: 8_000,
      hurt: () => between(['node1'], ['node2', 'node3']),
    },
    {
      name: 'balancers-apart',
      title: 'The balancers do not hear each other',
      part: 'network',
      aimMs: 5_000,
      holdMs: 8_000,
      hurt: () => between(['lb1'], ['lb2']),
    },
  ];
}

function namesOf(cluster: Cluster, role: Role): string[] {
  return cluster.hosts.filter((host) => host.role === role).map(({ name }) => name);
}

async function the(task: 'primary' | 'master' | 'holder', cluster: Cluster): Promise<string> {
  const name = (await cluster.parts())[task];
  if (name === null) throw new Error(`nobody is the ${task} now`);
  return name;
}

async function stateOf(cluster: Cluster, host: string, part: PartName): Promise<string | undefined> {
  return (await cluster.status()).find((row) => row.host === host && row.part === part)?.state;
}

/** By Patroni's own API: https://patroni.readthedocs.io/en/latest/rest_api.html */
async function switchOver(cluster: Cluster): Promise<void> {
  const leader = await the('primary', cluster);
  const address = cluster.hosts.find(({ name }) => name === leader)?.address;
  const answer = await fetch(`http://${address}:8008/switchover`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ leader }),
    signal: inTime(),
  });
  if (!answer.ok) throw new Error(`Patroni refused: ${await answer.text()}`);
}

const waitingMs = 60_000;

async function until(clock: Clock, holds: () => Promise<boolean>): Promise<void> {
  const end = clock.now() + waitingMs;
  while (!(await holds())) {
    if (clock.now() > end) throw new Error('it did not come to be in a minute');
    await new Promise<void>((resolve) => clock.after(200, resolve));
  }
}
