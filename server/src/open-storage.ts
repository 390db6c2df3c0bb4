import { areAdjacent, checkNeighbours, checkNobodyServes } from './cluster/index.ts';
import type { Config } from './config.ts';
import { sql } from './kit/sql.ts';
import {
  checkRedis,
  createFallbackBus,
  createMemoryBus,
  createPostgresBus,
  createRedisBus,
  type Bus,
} from './platform/bus/index.ts';
import { systemClock } from './platform/clock/index.ts';
import { Fault } from './platform/fault.ts';
import type { Log } from './platform/log/index.ts';
import {
  checkServer,
  createPool,
  findEmbeddedPostgres,
  migrate,
  startEmbeddedPostgres,
  urlOf,
  whyUnusable,
  type Database,
  type EmbeddedPostgres,
  type PostgresAddress,
} from './platform/postgres/index.ts';
import { Problem } from './platform/problem.ts';
import { readRedisUrl } from './platform/redis-address.ts';
import { migrationsFolder, programVersion } from './program.ts';

/** Where everything is kept, and how nodes on the same database hear of each other. */
export interface Storage {
  readonly database: Database;
  readonly bus: Bus;
  /** How other processes on this machine reach the database. */
  readonly url: string;
  /** Resolves with a sentence when the embedded database is gone for good. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

export interface OpenStorageOptions {
  config: Config;
  log: Log;
  /** The command, for whoever finds the data folder in use. */
  purpose: string;
  /** Use the embedded database of a node that runs on the same folder. */
  beside: boolean;
  /** How long to wait for a database that is not there yet; usually half a minute. */
  patienceMs?: number;
}

/** Postgres' own needs, and other commands that look in. */
const connectionsBeside = 20;
const usualPatienceMs = 30_000;

/** Opens and migrates the database of DATABASE_URL, or the embedded one. Throws a Problem when that cannot be done. */
export async function openStorage(options: OpenStorageOptions): Promise<Storage> {
  const { config, log } = options;
  const home = await findHome(options);
  try {
    await prepareDatabase(home, options);
    const database = createPool({
      address: home.address,
      log,
      connectionsMax: config.databaseConnections,
      // Planning a page of a room takes as long as reading it.
      prepare: true,
    });
    const bus = await openBus(options, home.address, database).catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
    return {
      database,
      bus,
      url: urlOf(home.address),
      lost: home.embedded?.lost ?? new Promise<string>(() => {}),
      async close() {
        await bus.close();
        await database.close();
        await home.embedded?.stop();
      },
    };
  } catch (error) {
    await home.embedded?.stop();
    throw error;
  }
}

/** How nodes on one database hear of each other. Throws a Problem for a Redis that an operator has to mend. */
async function openBus(
  { config, log, beside }: OpenStorageOptions,
  address: PostgresAddress,
  database: Database,
): Promise<Bus> {
  const redis = config.redisUrl === null ? null : readRedisUrl(config.redisUrl);
  if (config.databaseUrl === null) {
    if (redis !== null && !beside) log.warn('REDIS_URL is of no use without DATABASE_URL');
    // The embedded database has one node; what a command beside it changes is found by the node's sweep.
    return createMemoryBus({ log });
  }
  const { databaseDirectUrl: direct } = config;
  const postgres = createPostgresBus({ address: direct === null ? address : { url: direct }, log });
  if (redis === null) return postgres;
  try {
    // That it is not there is said by the bus.
    await checkRedis(redis);
    const space = await findSpace(database);
    return createFallbackBus({
      openPreferred: (watcher) => createRedisBus({ address: redis, space, log, watcher }),
      next: postgres,
      clock: systemClock,
      log,
    });
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

/** What tells this database from all others, so that two of them may use one Redis. */
async function findSpace(database: Database): Promise<string> {
  const [row] = await database.rows<{ space: string }>(sql`
    select (select system_identifier from pg_control_system()) || '/' || oid as space
    from pg_database where datname = current_database()`);
  return row?.space ?? '';
}

interface Home {
  address: PostgresAddress;
  /** Null when it is not ours to stop. */
  embedded: EmbeddedPostgres | null;
}

async function findHome(options: OpenStorageOptions): Promise<Home> {
  const { config, log, purpose, beside, patienceMs = usualPatienceMs } = options;
  if (config.databaseUrl !== null) {
    const address = { url: config.databaseUrl };
    await awaitDatabase(address, { log, patienceMs });
    return { address, embedded: null };
  }
  const { dataFolder, databaseConnections } = config;
  const running = beside ? findEmbeddedPostgres(dataFolder) : null;
  if (running !== null) return { address: running.address, embedded: null };
  const connectionsMax = databaseConnections + connectionsBeside;
  const embedded = await startEmbeddedPostgres({ dataFolder, purpose, log, connectionsMax });
  return { address: embedded.address, embedded };
}

/** Says why a database that cannot be used is none. */
async function awaitDatabase(
  address: { url: string },
  { log, patienceMs }: { log: Log; patienceMs: number },
): Promise<void> {
  const database = createPool({ address, log, connectionsMax: 1 });
  try {
    await patiently(() => database.rows(sql`select 1`), { log, patienceMs });
  } catch (error) {
    throw new Problem(`The database of DATABASE_URL cannot be used: ${whyUnusable(error, address)}.`, error);
  } finally {
    await database.close();
  }
}

/** A database in a container of its own may start later than we do, and one that is there may move while we start. */
async function patiently<Result>(
  work: () => Promise<Result>,
  { log, patienceMs }: { log: Log; patienceMs: number },
): Promise<Result> {
  const untilMs = systemClock.now() + patienceMs;
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isPassing = error instanceof Fault && error.retryable;
      if (!isPassing || systemClock.now() > untilMs) throw error;
      if (tries === 0) log.warn('waiting for the database', { reason: error.message });
      await new Promise<void>((resolve) => systemClock.after(500, resolve));
    }
  }
}

async function prepareDatabase({ address }: Home, options: OpenStorageOptions): Promise<void> {
  const { log, beside, patienceMs = usualPatienceMs } = options;
  // Building an index over years of messages takes its time.
  const patient = createPool({
    address,
    log,
    connectionsMax: 1,
    statementTimeoutMs: 0,
    idleInTransactionTimeoutMs: 0,
  });
  const isShared = 'url' in address;
  try {
    const warnings = await patiently(() => checkServer(patient), { log, patienceMs });
    // The embedded one is as we made it.
    if (isShared && !beside) for (const warning of warnings) log.warn(warning);
    const version = programVersion();
    if (isShared) await patiently(() => checkNeighbours(patient, version), { log, patienceMs });
    const shared = {
      version,
      fits: (other: string) => areAdjacent(version, other),
      mayBreak: checkNobodyServes,
    };
    const migration = { folder: migrationsFolder, log, ...(isShared ? { shared } : {}) };
    await patiently(() => migrate(patient, migration), { log, patienceMs });
  } finally {
    await patient.close();
  }
}
