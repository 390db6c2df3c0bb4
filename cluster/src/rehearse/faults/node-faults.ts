import type { ClusterHost } from '../../cluster.ts';
import { busiestNode, stateOf, until, type ClusterFaultDeps, type Plan } from './plan.ts';

export function nodeFaults({ cluster, clock }: ClusterFaultDeps): Plan[] {
  const busiest = async () => cluster.host(await busiestNode(cluster));
  const stop = (signal: 'SIGKILL' | 'SIGTERM') => async () => {
    const node = await busiest();
    node.signal('node', signal);
    return () => node.start('node');
  };
  const restart = async (node: ClusterHost) => {
    node.signal('node', 'SIGTERM');
    await until(clock, async () => (await stateOf(cluster, node.name, 'node')) === 'down');
    await node.start('node');
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
      needsNamespaces: true,
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
      name: 'node-clock',
      title: 'A node’s clock is five minutes ahead',
      part: 'clock',
      aimMs: 1_000,
      holdMs: 15_000,
      async hurt() {
        const node = await busiest();
        // A node does not start with a clock that is so wrong; it goes wrong on the way.
        node.setClock(0);
        await restart(node);
        await cluster.settled();
        node.setClock(300);
        return async () => {
          node.setClock(null);
          await restart(node);
        };
      },
    },
    diskFull(busiest),
    {
      name: 'rolling-restart',
      title: 'All nodes are restarted, one after the other',
      part: 'upgrade',
      aimMs: 500,
      holdMs: 0,
      async hurt() {
        for (const { name } of cluster.nodes) {
          await restart(cluster.host(name));
          await cluster.settled();
        }
        return async () => {};
      },
    },
  ];
}

function diskFull(busiest: () => Promise<ClusterHost>): Plan {
  return {
    name: 'node-disk-full',
    needsNamespaces: true,
    title: 'A node’s disk is full',
    part: 'node',
    aimMs: 500,
    holdMs: 15_000,
    async hurt() {
      const node = await busiest();
      node.fillDisk();
      return async () => node.emptyDisk();
    },
  };
}
