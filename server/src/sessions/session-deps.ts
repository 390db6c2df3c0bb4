import type { EventLog } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Passwords } from '../platform/passwords/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';
import type { Throttle } from './throttle.ts';

export interface SessionSettings {
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly logbook: Log;
  readonly random: Random;
  readonly passwords: Passwords;
  /** Where people reach the program, without a slash at its end; null: links are given as paths. */
  readonly publicUrl: string | null;
  /** Whether links can go by mail. */
  readonly sendsMail: boolean;
}

/** What the commands of this domain share. */
export type SessionDeps = SessionSettings & { readonly throttle: Throttle };
