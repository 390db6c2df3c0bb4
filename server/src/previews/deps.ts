import type { EventLog } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Images } from '../platform/images/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Objects } from '../platform/objects/index.ts';
import type { Outbound } from '../platform/outbound/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';

export interface PreviewDeps {
  /** Whether people wait: then the reader of the streams does. */
  readonly givesWay?: () => boolean;
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly logbook: Log;
  readonly objects: Objects;
  readonly images: Images;
  readonly outbound: Outbound;
  /** Where people reach the program: its own pages get no cards. Null when it is not known. */
  readonly publicUrl: string | null;
}
