import { busiestNode, namesOf, type ClusterFaultDeps, type Plan } from './plan.ts';

export function networkFaults({ cluster }: ClusterFaultDeps): Plan[] {
  const between = async (one: string[], other: string[]) => {
    await cluster.partition(one, other);
    return () => cluster.healAll();
  };
  return [
    {
      name: 'node-cut',
      needsNamespaces: true,
      title: 'A node is cut off from everything',
      part: 'network',
      aimMs: 5_000,
      holdMs: 10_000,
      async hurt() {
        const node = cluster.host(await busiestNode(cluster));
        await node.cut();
        return () => node.heal();
      },
    },
    {
      name: 'node-redis-cut',
      needsNamespaces: true,
      title: 'A node is cut off from Redis',
      part: 'network',
      aimMs: 1_000,
      holdMs: 10_000,
      hurt: async () => between([await busiestNode(cluster)], namesOf(cluster, 'redis')),
    },
    {
      name: 'nodes-apart',
      needsNamespaces: true,
      title: 'The nodes are cut off from each other',
      part: 'network',
      aimMs: 500,
      holdMs: 8_000,
      async hurt() {
        const [first = '', ...others] = namesOf(cluster, 'node');
        return between([first], others);
      },
    },
    {
      name: 'node-lossy',
      needsNamespaces: true,
      title: 'Of a node’s link 5 % get lost',
      part: 'network',
      aimMs: 3_000,
      holdMs: 12_000,
      async hurt() {
        await cluster.lose(await busiestNode(cluster), 5);
        return () => cluster.healAll();
      },
    },
    {
      name: 'node-slow',
      needsNamespaces: true,
      title: 'A node’s link takes 200 ms longer, there and back',
      part: 'network',
      aimMs: 5_000,
      holdMs: 15_000,
      async hurt() {
        await cluster.slow(await busiestNode(cluster), 100);
        return () => cluster.healAll();
      },
    },
    {
      name: 'balancers-apart',
      needsNamespaces: true,
      title: 'The balancers do not hear each other',
      part: 'network',
      aimMs: 5_000,
      holdMs: 8_000,
      hurt: () => between(['lb1'], ['lb2']),
    },
  ];
}
