import { join, resolve } from 'node:path';
import type { Log } from '../log/index.ts';
import type { PostgresAddress } from './address.ts';
import { chooseAccount } from './embedded/account.ts';
import { findBinaries } from './embedded/binaries.ts';
import { inspectCluster, makeDataFolder, prepareCluster } from './embedded/cluster.ts';
import { createLauncher, type Launcher } from './embedded/launch.ts';
import { findHolder, lockFolder } from './embedded/lock.ts';
import { awaitOldPostmaster } from './embedded/old-postmaster.ts';
import { makeRunFolder, removeRunFolder, type RunFolder } from './embedded/run-folder.ts';
import { supervise } from './embedded/supervisor.ts';

export interface EmbeddedOptions {
  /** Holds `confab.lock` and Postgres' own folder `postgres`. Made when missing. */
  dataFolder: string;
  /** The command, for whoever finds the folder in use. */
  purpose: string;
  log: Log;
  /** False only for tests: a power failure may then lose and damage everything. */
  durable?: boolean;
  connectionsMax?: number;
}

/** A real Postgres that lives and dies with this process. */
export interface EmbeddedPostgres {
  readonly address: PostgresAddress;
  /** Resolves with a sentence when it died and could not be started again. */
  readonly lost: Promise<string>;
  /** Ends it in order and gives the data folder back. */
  stop(): Promise<void>;
}

const superuser = 'confab';
const database = 'confab';

/**
 * Starts the Postgres from npm on a private Unix socket, as an ordinary user even when this process is root's.
 * Throws a Problem when the folder is in use, cannot be written, is full, or belongs to another version.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { purpose, log, durable = true } = options;
  const dataFolder = resolve(options.dataFolder);
  const binaries = findBinaries();
  makeDataFolder(dataFolder);
  const account = chooseAccount(join(dataFolder, 'postgres'));
  const lock = await lockFolder(dataFolder, purpose);
  if (lock.previous?.runFolder) removeRunFolder(lock.previous.runFolder);
  let runFolder: RunFolder | null = null;
  try {
    const run = (runFolder = makeRunFolder(account));
    lock.record({ socketFolder: null, runFolder: run.path });
    await awaitOldPostmaster(join(dataFolder, 'postgres'), lock.previous !== null, log);
    const launcher = createLauncher({ binaries: binaries.folder, account, runFolder: run.path });
    const folder = await prepareCluster({
      dataFolder,
      account,
      launcher,
      major: binaries.major,
      superuser,
      database,
      durable,
    });
    const launch = () => launchPostgres(launcher, folder, run.socketFolder, options);
    const attempts = lock.previous === null ? 1 : 10;
    const supervisor = await supervise({ launch, folder, dataFolder, attempts, log });
    lock.record({ socketFolder: run.socketFolder, runFolder: run.path });
    let stopped: Promise<void> | null = null;
    return {
      address: { socketFolder: run.socketFolder, user: superuser, database },
      lost: supervisor.lost,
      stop: () =>
        (stopped ??= supervisor.stop().finally(() => {
          removeRunFolder(run.path);
          lock.release();
        })),
    };
  } catch (error) {
    if (runFolder !== null) removeRunFolder(runFolder.path);
    lock.release();
    throw error;
  }
}

/** The embedded Postgres another process of this machine runs on the folder, or null. */
export function findEmbeddedPostgres(
  dataFolder: string,
): { address: PostgresAddress; purpose: string } | null {
  const holder = findHolder(resolve(dataFolder));
  if (holder === null || holder.socketFolder === null) return null;
  return {
    address: { socketFolder: holder.socketFolder, user: superuser, database },
    purpose: holder.purpose,
  };
}

/**
 * Looks without touching: whether the embedded Postgres could be started on the folder. Throws a Problem when not.
 * @returns whether there is a database already.
 */
export function inspectEmbeddedPostgres(dataFolder: string): 'present' | 'new' {
  const { major } = findBinaries();
  const folder = join(resolve(dataFolder), 'postgres');
  chooseAccount(folder);
  return inspectCluster(folder, { major });
}

function launchPostgres(launcher: Launcher, folder: string, socketFolder: string, options: EmbeddedOptions) {
  const { durable = true, connectionsMax = 60 } = options;
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: String(connectionsMax),
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Refused statements are ours to report; what people write must not get into the log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_line_prefix: '',
    // What is looked for is mostly in the system's cache, and gets from there faster than to another process and back.
    io_method: 'sync',
    logging_collector: 'off',
    ...(durable ? {} : carefree),
  };
  return launcher.start({
    program: 'postgres',
    folder,
    args: (seen) => [
      '-D',
      seen,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  });
}

const carefree = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  shared_buffers: '64MB',
};
