import { createReader, type ReaderDeps } from '../delivery/index.ts';
import type { Chore } from '../platform/chore.ts';
import { countMessages } from './statistics.ts';

/** Nobody watches statistics by the second, and a run costs as much for one message as for hundreds. */
const restMs = 3_000;

/** Counts messages and their authors by day, each message once. */
export function createStatisticsReader(
  deps: Pick<ReaderDeps, 'database' | 'clock' | 'logbook' | 'givesWay'>,
): Chore {
  return createReader({ ...deps, name: 'statistics', restMs, handle: countMessages });
}
