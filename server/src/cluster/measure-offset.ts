import type { Clock } from '../platform/clock/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { databaseTime } from './store.ts';

/**
 * How far this node's clock is ahead of the database's, in milliseconds; negative when it is behind. What the way there
 * and back may account for is not counted, so that a slow network is not taken for a wrong clock.
 */
export async function measureOffset(tx: Tx, clock: Clock): Promise<number> {
  const askedAt = clock.now();
  const there = await databaseTime(tx);
  const answeredAt = clock.now();
  if (there < askedAt) return askedAt - there;
  return there > answeredAt ? answeredAt - there : 0;
}
