/** Two whole nodes on one database, which hear each other by a real Redis that is killed and comes back. */
import { join } from 'node:path';
import { createFallbackBus, createPostgresBus, createRedisBus } from '@confab/server/platform/bus/index';
import { systemClock } from '@confab/server/platform/clock/index';
import { readRedisUrl } from '@confab/server/platform/redis-address';
import { expect, test } from 'vitest';
import { playScript } from '../conversations/play.ts';
import { createWorld } from '../conversations/world.ts';
import { startCluster } from '../support/cluster.ts';
import { startRedis } from '../support/redis.ts';
import { redisSteps } from './redis-steps.ts';

test('a conversation while redis is killed and comes back', { timeout: 60_000 }, async () => {
  const redis = await startRedis();
  const where = readRedisUrl(redis.url());
  expect(where).not.toBeNull();
  const cluster = await startCluster({
    nodes: 2,
    redis,
    openBus: (address, log) =>
      createFallbackBus({
        openPreferred: (watcher) =>
          where === null
            ? createPostgresBus({ address, log })
            : createRedisBus({ address: where, space: 'talk', log, watcher }),
        next: createPostgresBus({ address, log }),
        clock: systemClock,
        log,
      }),
  });
  const world = createWorld(cluster);
  try {
    await playScript(world, join(import.meta.dirname, 'redis.talk'), redisSteps);
  } finally {
    await world.close();
    await cluster.close();
    await redis.close();
  }
});
