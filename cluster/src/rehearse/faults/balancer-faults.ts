import { the, type ClusterFaultDeps, type Plan } from './plan.ts';

export function balancerFaults({ cluster }: ClusterFaultDeps): Plan[] {
  const holder = async () => cluster.host(await the('holder', cluster));
  return [
    {
      name: 'balancer-kill',
      needsNamespaces: true,
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
      needsNamespaces: true,
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
