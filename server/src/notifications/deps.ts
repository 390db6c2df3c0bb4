import type { Presence } from '@confab/protocol';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Push } from '../platform/push/index.ts';

/** `without-content`: push services, which see nothing but sizes and times, carry only that there is something new. */
export type PushMode = 'off' | 'on' | 'without-content';

export interface NotificationDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logbook: Log;
  readonly push: Push;
  readonly pushMode: PushMode;
  /** Tells push services whom to turn to; null: wherever people found it. */
  readonly publicUrl: string | null;
  readonly presences: (userIds: readonly string[]) => Record<string, Presence>;
}
