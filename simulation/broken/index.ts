/**
 * Builds that are broken on purpose, each in one part. The simulation must find every one of them: the tester is
 * tested. Each says which promise it breaks, so that it counts only when it is found for its own fault.
 */
import type { Build } from '../cluster/build.ts';
import { acknowledgesTooEarly, forgetsClientIds, readsTornSnapshots } from './database.ts';
import { dropsBadges, forwardsHints, letsEverybodyIn, neverCutsOff } from './delivery.ts';
import { hidesQueues, keepsLostName, neverSweeps } from './node.ts';
import { forgetsOutbox, ignoresGaps } from './client.ts';

export const builds: readonly Build[] = [
  acknowledgesTooEarly,
  forgetsClientIds,
  readsTornSnapshots,
  dropsBadges,
  forwardsHints,
  letsEverybodyIn,
  neverCutsOff,
  hidesQueues,
  neverSweeps,
  keepsLostName,
  forgetsOutbox,
  ignoresGaps,
];
