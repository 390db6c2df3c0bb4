/**
 * From the start and onwards: snapshots of all one person's state, and events after a number.
 * Promises that a snapshot is of one moment and that events after its positions lead on from it without a gap.
 * Owns no tables; asks each domain through its door.
 */
import type { Follow } from '@confab/protocol';
import type { EventLog, Feeds } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { readFollow, readWatch, type FollowState } from './follow.ts';
import { readEvents } from './read-events.ts';
import { takeSnapshot, type SnapshotDeps } from './snapshot.ts';
import { createEventWait } from './wait-for-events.ts';

export function createSync(deps: Omit<SnapshotDeps, 'epoch'> & { log: EventLog; feeds: Feeds }): {
  handlers: Handlers<'sync.snapshot' | 'sync.events'>;
  readFollow: (tx: Tx, input: { userId: string; follow: Follow }) => Promise<FollowState>;
  readWatch: typeof readWatch;
} {
  const { database, log } = deps;
  const wait = createEventWait(deps);
  return {
    handlers: {
      'sync.snapshot': (caller) => takeSnapshot({ ...deps, epoch: log.epoch }, caller),
      'sync.events': (caller, input) => readEvents({ database, log, wait }, caller, input),
    },
    readFollow: (tx, input) => readFollow(tx, log, input),
    readWatch,
  };
}

export type { FollowState, WatchState } from './follow.ts';
