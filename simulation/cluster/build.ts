/** Where a deliberately broken build puts its broken parts. The real build leaves everything as it is. */
import type { Sockets, Storage } from '@confab/client/platform/index';
import type { createConnections } from '@confab/server/gateway/connections';
import type { Transport } from '@confab/server/gateway/connection';
import type { Bus } from '@confab/server/platform/bus/index';
import type { Clock } from '@confab/server/platform/clock/index';
import type { Database } from '@confab/server/platform/postgres/index';
import type { PromiseName } from '../checks/promises.ts';
import type { Choices } from '../choices.ts';
import type { WorldName } from '../worlds.ts';

export interface Build {
  readonly name: string;
  /** What is broken, in one sentence. */
  readonly what: string;
  /** One of these promises is broken by it. */
  readonly breaks: readonly PromiseName[];
  /** Where that shows soon, if not in the small one. */
  readonly world?: WorldName;
  readonly database?: (database: Database, choices: Choices) => Database;
  readonly clock?: (clock: Clock) => Clock;
  readonly transport?: (transport: Transport) => Transport;
  readonly connections?: (deps: ConnectionsDeps, around: { choices: Choices; bus: Bus }) => ConnectionsDeps;
  readonly sockets?: (sockets: Sockets, choices: Choices) => Sockets;
  /** Goes on when another process has its name. */
  readonly keepsLostName?: true;
  readonly storage?: (storage: Storage) => Storage;
}

export type ConnectionsDeps = Parameters<typeof createConnections>[0];

export const realBuild: Build = { name: 'real', what: 'Nothing.', breaks: [] };
