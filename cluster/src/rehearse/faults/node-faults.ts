import { busiestNode, stateOf, until, type ClusterFaultDeps, type Plan } from './plan.ts';

export function nodeFaults({ cluster, clock }: ClusterFaultDeps): Plan[] {
  const busiest = async () => cluster.host(await busiestNode(cluster));
  const stop = (signal: 'SIGKILL' | 'SIGTERM') => async () => {
    const node = await busiest();
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
        const node = await busiest();
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
        const node = await busiest();
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
