import { namesOf, the, type ClusterFaultDeps, type Plan } from './plan.ts';

export function redisFaults({ cluster }: ClusterFaultDeps): Plan[] {
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
      needsNamespaces: true,
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
      name: 'redis-failover',
      title: 'Sentinel makes another Redis the master',
      holdMs: 6_000,
      async hurt() {
        await cluster.failRedisOver();
        return async () => {};
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
