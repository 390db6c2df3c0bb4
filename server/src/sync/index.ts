/**
 * From the start and onwards: snapshots of all one person's state, and events after a number.
 * Promises that a snapshot is of one moment and that events after its positions lead on from it without a gap.
 * Owns no tables; asks each domain through its door.
 */
import type { Watch } from '@confab/protocol';
import type { EventLog, Feeds } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import { haste, inHaste } from '../platform/postgres/index.ts';
import { readFollows, readWatches, type FollowInput, type FollowState, type WatchState } from './follow.ts';
import { readEvents } from './read-events.ts';
import { takeSnapshot, type SnapshotDeps } from './snapshot.ts';
import { createEventWait } from './wait-for-events.ts';

export function createSync(deps: Omit<SnapshotDeps, 'epoch'> & { log: EventLog; feeds: Feeds }): {
  handlers: Handlers<'sync.snapshot' | 'sync.events'>;
  /** For many at once, each in their order. */
  readFollows: (inputs: readonly FollowInput[]) => Promise<FollowState[]>;
  /** Null for a room that somebody may not read. */
  readWatches: (inputs: readonly { userId: string; watch: Watch }[]) => Promise<(WatchState | null)[]>;
} {
  const { database, log } = deps;
  const wait = createEventWait(deps);
  return {
    handlers: {
      'sync.snapshot': (caller) => takeSnapshot({ ...deps, epoch: log.epoch }, caller),
      'sync.events': (caller, input) => readEvents({ database, log, wait }, caller, input),
    },
    readFollows: (inputs) => database.read((tx) => readFollows(tx, log, inputs), haste),
    readWatches: (inputs) => readWatches(inHaste(database), inputs),
  };
}

export type { FollowState, WatchState } from './follow.ts';
