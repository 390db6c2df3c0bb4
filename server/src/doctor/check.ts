import type { LivingNode } from '../cluster/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Machine } from '../platform/machine/index.ts';
import type { Mail, MailServer } from '../platform/mail/index.ts';
import type { Network, Place } from '../platform/network/index.ts';
import type { Objects, ObjectsPlace } from '../platform/objects/index.ts';
import type { PostgresWay } from '../platform/postgres-way.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { RedisAddress } from '../platform/redis-address.ts';
import type { RedisTalk } from '../platform/redis-talk.ts';
import type { Scanner } from '../platform/scanner/index.ts';

export type Status = 'pass' | 'warn' | 'fail' | 'skipped';

/** `mend` says what to do, where something is to be done: it is null exactly for what passed or was skipped. */
export interface Finding {
  readonly status: Status;
  readonly found: string;
  readonly mend: string | null;
}

/** One thing to look at. Changes nothing that stays. */
export interface Check {
  /** Requirements of the deployment guide; see requirements.ts. */
  readonly ids: readonly string[];
  /** Unlike all others. */
  readonly title: string;
  run(deps: DoctorDeps): Promise<Finding> | Finding;
}

/** A component: not asked for, not answering, or open. */
export type Reach<Part> =
  | { readonly state: 'unset' }
  | { readonly state: 'away'; readonly reason: string }
  | { readonly state: 'open'; readonly part: Part };

export type FilesBucket = Extract<ObjectsPlace, { kind: 's3' }>;

/** What the operator has set, and what the doctor was told besides. */
export interface Settings {
  readonly version: string;
  readonly nodeName: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  /** Where the balancer answers without TLS; 80 but in trials. */
  readonly plainPort: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  /** Past a pooler; null where DATABASE_URL goes there itself. */
  readonly databaseDirectUrl: string | null;
  readonly databaseConnections: number;
  readonly redis: RedisAddress | null;
  readonly trustedProxies: readonly string[];
  /** To compare the clock with; none: those that the machine is set to ask. */
  readonly timeServers: readonly string[];
  /** A folder that is meant to be the shared file store; null for none. */
  readonly filesFolder: string | null;
  /** The bucket that is the file store; null for none. */
  readonly filesBucket: FilesBucket | null;
  /** Where mail is handed over; null for none. */
  readonly mailServer: MailServer | null;
  /** Where this node takes answers by mail; null where they are off. */
  readonly repliesAt: Place | null;
  readonly unknownVariables: readonly string[];
}

export interface DoctorDeps {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly network: Network;
  readonly machine: Machine;
  /** Unset: the embedded database, which does not run now. */
  readonly postgres: Reach<Database>;
  /** Of each host of DATABASE_URL. */
  readonly findWays: (url: string) => Promise<readonly PostgresWay[]>;
  /** How many migrations the next start applies. Throws a Problem for a schema that this version cannot use. */
  readonly pendingMigrations: (database: Database) => Promise<number>;
  readonly redis: Reach<RedisTalk>;
  readonly openObjects: (place: ObjectsPlace) => Objects;
  /** Away: what it needs besides is not set. */
  readonly mail: Reach<Mail>;
  readonly scanner: Reach<Scanner>;
  readonly openRedis: (address: RedisAddress) => Promise<RedisTalk>;
  /** Those whose lease holds. */
  readonly nodes: readonly LivingNode[];
  readonly embedded: EmbeddedState;
  readonly page: 'built' | 'built at the next start' | 'missing';
}

/** The database of the data folder, where DATABASE_URL is not set. */
export type EmbeddedState =
  | { readonly state: 'not used' }
  | { readonly state: 'new' | 'stopped' }
  | { readonly state: 'running'; readonly purpose: string }
  | { readonly state: 'broken'; readonly reason: string };

export const pass = (found: string): Finding => ({ status: 'pass', found, mend: null });
export const skipped = (found: string): Finding => ({ status: 'skipped', found, mend: null });
export const warn = (found: string, mend: string): Finding => ({ status: 'warn', found, mend });
export const fail = (found: string, mend: string): Finding => ({ status: 'fail', found, mend });

/** What is asked of several nodes: without DATABASE_URL there is one, and nothing to ask. */
export const isCluster = ({ settings }: DoctorDeps): boolean => settings.databaseUrl !== null;

export const onlyForClusters = skipped('one process with a database of its own: asked of clusters only');

/** Wraps a check that is asked of clusters only. */
export function forClusters(run: Check['run']): Check['run'] {
  return (deps) => (isCluster(deps) ? run(deps) : onlyForClusters);
}

/** Wraps a check that asks the Postgres of DATABASE_URL. */
export function withPostgres(run: (database: Database, deps: DoctorDeps) => Promise<Finding>): Check['run'] {
  return forClusters((deps) => {
    if (deps.postgres.state === 'open') return run(deps.postgres.part, deps);
    return skipped('Postgres does not answer');
  });
}

/** Wraps a check that asks Redis. */
export function withRedis(
  run: (redis: RedisTalk, address: RedisAddress, deps: DoctorDeps) => Promise<Finding> | Finding,
): Check['run'] {
  return (deps) => {
    const { redis, settings } = deps;
    if (settings.redis === null || redis.state === 'unset') {
      return skipped('no REDIS_URL: Postgres carries what nodes tell each other');
    }
    if (redis.state === 'away') return skipped('Redis does not answer');
    return run(redis.part, settings.redis, deps);
  };
}

/** `1 node`, `3 nodes`. */
export function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

export function gibibytes(bytes: number): string {
  if (bytes < 1024 ** 3) return `${Math.round(bytes / 1024 ** 2)} MiB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

/** `host:port`, `[::1]:port`; null for what is none. */
export function readPlace(address: string): { host: string; port: number } | null {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(address) ?? [];
  return host === '' ? null : { host, port: Number(port) };
}
