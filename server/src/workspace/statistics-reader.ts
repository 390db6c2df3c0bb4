import { createReader } from '../delivery/index.ts';
import type { Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { countMessages } from './statistics.ts';

/** Nobody watches statistics by the second, and a run costs as much for one message as for hundreds. */
const restMs = 3_000;

/** Counts messages and their authors by day, each message once. */
export function createStatisticsReader(deps: { database: Database; clock: Clock; logbook: Log }): Chore {
  return createReader({ ...deps, name: 'statistics', restMs, handle: countMessages });
}
