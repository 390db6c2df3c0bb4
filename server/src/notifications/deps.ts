import type { Presence } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Push } from '../platform/push/index.ts';
import type { Random } from '../platform/random/index.ts';

/** `without-content`: push services, which see nothing but sizes and times, carry only that there is something new. */
export type PushMode = 'off' | 'on' | 'without-content';

/** By what people are notified in this workspace. */
export interface Channels {
  readonly push: boolean;
  readonly mail: boolean;
}

export function channelsOf({
  pushMode,
  summaryMode,
}: Pick<NotificationDeps, 'pushMode' | 'summaryMode'>): Channels {
  return { push: pushMode !== 'off', mail: summaryMode !== 'off' };
}

export interface NotificationDeps {
  readonly database: Database;
  readonly log: EventLog;
  readonly random: Random;
  readonly clock: Clock;
  readonly logbook: Log;
  readonly push: Push;
  readonly pushMode: PushMode;
  /** Mail of what was missed; off also where no mail server is set. */
  readonly summaryMode: PushMode;
  /** Where links in mails lead, and whom push services turn to; null: wherever people found it. */
  readonly publicUrl: string | null;
  /** Of which addresses are made at which letters can be answered; null: they cannot. */
  readonly replyAddress: string | null;
  readonly presences: (userIds: readonly string[]) => Record<string, Presence>;
}
