import type { EventLog } from '../delivery/index.ts';
import type { Passwords } from '../platform/passwords/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';

/** What the commands of this domain share. */
export interface AccountDeps {
  readonly database: Database;
  readonly log: EventLog;
  readonly random: Random;
  readonly passwords: Passwords;
}
