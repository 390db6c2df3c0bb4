import type { EventLog } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Images } from '../platform/images/index.ts';
import type { Objects } from '../platform/objects/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';
import type { Scanner } from '../platform/scanner/index.ts';
import type { Tools } from '../platform/tools/index.ts';

export interface FileDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly objects: Objects;
  readonly images: Images;
  /** Left out: only pictures are looked at. */
  readonly tools?: Tools;
  /** Left out: nothing is looked through. */
  readonly scanner?: Scanner;
  readonly log: Pick<EventLog, 'write'>;
  readonly fileMegabytesMax: number;
  /** 0: as much as they like. */
  readonly fileMegabytesPerPerson: number;
}
