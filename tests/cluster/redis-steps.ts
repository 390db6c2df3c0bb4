import { step } from '../conversations/steps.ts';
import type { World } from '../conversations/world.ts';
import type { TestRedis } from '../support/redis.ts';

/** What a script may say of the Redis by which the nodes hear each other. */
export const redisSteps = [
  step('the redis is killed', ({ cluster }) => redisOf(cluster).kill()),
  step('the redis comes back', ({ cluster }) => redisOf(cluster).start()),
  step('the nodes hear each other by (?<kind>\\w+)', (world, { kind = '' }) =>
    world.until(`the bus of every node is ${kind}`, () => {
      const others = world.cluster.busKinds().filter((found) => found.split(',')[0] !== kind);
      return others.length === 0 ? null : others.join('; ');
    }),
  ),
];

function redisOf({ redis }: World['cluster']): TestRedis {
  if (redis === null) throw new Error('these nodes have no Redis');
  return redis;
}
