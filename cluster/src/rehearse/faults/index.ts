/** Everything that is done to a cluster that `confab cluster up` made. */
import type { Cluster } from '../../cluster.ts';
import type { Fault } from './fault.ts';
import { balancerFaults } from './balancer-faults.ts';
import { fileFaults } from './file-faults.ts';
import { networkFaults } from './network-faults.ts';
import { nodeFaults } from './node-faults.ts';
import type { ClusterFaultDeps, Plan } from './plan.ts';
import { postgresFaults } from './postgres-faults.ts';
import { redisFaults } from './redis-faults.ts';

/** Of `--smoke`: each component once, in under five minutes. */
export const smokeNames = ['node-kill', 'node-drain', 'balancer-kill', 'postgres-kill', 'redis-kill'];

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
