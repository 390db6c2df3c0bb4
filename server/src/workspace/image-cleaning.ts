import { sql } from '../kit/sql.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { removeUnusedImages } from '../users/index.ts';

const hourMs = 3_600_000;
/** Somebody who has just looked may still show a picture that was replaced. */
const keptMs = 24 * hourMs;
const batchMax = 500;

/** Once an hour, however often it is woken: pictures that neither a person nor an emoji shows any more. Any number of nodes may do it at once. */
export function createImageCleaning(deps: { database: Tx; clock: Clock; logbook: Log }): Chore {
  const work = (): Promise<void> => removeOldImages(deps.database, deps.clock.now());
  return createChore({ name: 'removing unused pictures', ...deps, periodMs: hourMs, restMs: hourMs, work });
}

export async function removeOldImages(database: Tx, now: number): Promise<void> {
  const range = {
    before: new Date(now - keptMs),
    shown: sql`select picture from custom_emoji`,
    limit: batchMax,
  };
  while ((await removeUnusedImages(database, range)) === batchMax);
}
