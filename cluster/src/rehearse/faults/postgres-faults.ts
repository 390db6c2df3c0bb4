import type { Cluster } from '../../cluster.ts';
import { inTime } from '../crowd/in-time.ts';
import { namesOf, the, type ClusterFaultDeps, type Plan } from './plan.ts';

const postgres = { part: 'postgres', aimMs: 15_000 } as const;

export function postgresFaults(deps: ClusterFaultDeps): Plan[] {
  return [...withoutPrimary(deps), ...withPrimary(deps)];
}

/** The primary goes, in one way or another. */
function withoutPrimary({ cluster }: ClusterFaultDeps): Plan[] {
  const primary = async () => cluster.host(await the('primary', cluster));
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
      needsNamespaces: true,
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
        // The worst case: an etcd that led takes leases away when it goes on.
        await cluster.leadEtcd(host.name);
        host.freeze();
        return async () => host.thaw();
      },
    },
    {
      ...postgres,
      name: 'postgres-cut',
      needsNamespaces: true,
      title: 'The primary database is cut off',
      part: 'network',
      holdMs: 15_000,
      async hurt() {
        const host = await primary();
        await host.cut();
        return () => host.heal();
      },
    },
  ];
}

/** It hands over, or what is around it goes. */
function withPrimary({ cluster }: ClusterFaultDeps): Plan[] {
  const replica = async () => {
    const name = await the('primary', cluster);
    return cluster.host(namesOf(cluster, 'database').find((one) => one !== name) ?? name);
  };
  return [
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
      needsNamespaces: true,
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
      needsNamespaces: true,
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
