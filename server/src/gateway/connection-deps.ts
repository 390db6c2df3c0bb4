import type { Presence } from '@confab/protocol';
import type { Badges, Feeds } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Random } from '../platform/random/index.ts';
import type { Admission } from './admission.ts';
import type { Connection } from './connection.ts';
import type { Dispatch } from './dispatch.ts';
import type { Validators } from './validators.ts';

/** What all connections of a node share. */
export interface ConnectionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly feeds: Feeds;
  readonly badges: Badges;
  readonly epoch: number;
  readonly nodeName: string;
  readonly version: string;
  readonly validators: Validators;
  readonly dispatch: Dispatch;
  readonly admission: Admission;
  readonly presence: {
    connected(connectionId: string, userId: string): void;
    disconnected(connectionId: string): void;
    /** Calls back at once and with every change; returns the way to stop. */
    watch(userIds: readonly string[], listener: (presences: Record<string, Presence>) => void): () => void;
  };
  /** Typing signals go to whoever watches a room. */
  readonly watchers: {
    add(roomId: string, connection: Connection): void;
    remove(roomId: string, connection: Connection): void;
  };
  onClosed(connection: Connection): void;
}
