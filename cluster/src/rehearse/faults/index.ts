/** Everything that is done to a cluster that `confab cluster up` made. */
import type { Cluster } from '../../cluster.ts';
import type { Ground } from '../../topology.ts';
import type { Fault } from './fault.ts';
import { balancerFaults } from './balancer-faults.ts';
import { fileFaults } from './file-faults.ts';
import { networkFaults } from './network-faults.ts';
import { nodeFaults } from './node-faults.ts';
import type { ClusterFaultDeps, Plan } from './plan.ts';
import { postgresFaults } from './postgres-faults.ts';
import { redisFaults } from './redis-faults.ts';

/** Of `--smoke`: each component once, in under five minutes. */
export function smokeNames(ground: Ground): string[] {
  const balancer = ground === 'loopback' ? 'pgbouncer-kill' : 'balancer-kill';
  return ['node-kill', 'node-drain', balancer, 'postgres-kill', 'redis-kill'];
}

/** In the order in which a rehearsal does them. */
export function clusterFaults(deps: ClusterFaultDeps): Fault[] {
  const plans = [
    ...nodeFaults(deps),
    ...balancerFaults(deps),
    ...postgresFaults(deps),
    ...redisFaults(deps),
    ...fileFaults(deps),
    ...networkFaults(deps),
  ];
  return plans.map((plan) => faultOf(deps.cluster, plan));
}

const onLoopback =
  'a cluster that was made by --local has no cables to pull, no address that moves and no disk that could be full';

function faultOf(cluster: Cluster, { hurt, needsNamespaces, ...plan }: Plan): Fault {
  let mend: (() => Promise<void>) | null = null;
  return {
    ...plan,
    ...(needsNamespaces === true && cluster.ground === 'loopback' ? { impossible: onLoopback } : {}),
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
