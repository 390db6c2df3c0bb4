import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryLog } from '@confab/server/platform/log/index';
import {
  createPool,
  inDatabase,
  migrate,
  startEmbeddedPostgres,
  type Database,
  type PostgresAddress,
} from '@confab/server/platform/postgres/index';

/** A Postgres for tests: real, forgetful, gone afterwards. Its database `confab` is migrated and is the template. */
export interface TestPostgres {
  readonly address: PostgresAddress;
  stop(): Promise<void>;
}

/** A migrated, empty database of one's own. */
export interface TestDatabase {
  readonly database: Database;
  /** For tests that open connections of their own. */
  readonly address: PostgresAddress;
  /** Drops it, whoever is still connected. */
  close(): Promise<void>;
}

const leftOverMs = 5 * 60_000;
const migrations = join(import.meta.dirname, '../../server/migrations');

/** Starts one; about a second. In Vitest it runs already, see createTestDatabase. */
export async function startTestPostgres(): Promise<TestPostgres> {
  removeLeftOvers();
  const dataFolder = mkdtempSync(join(tmpdir(), 'confab-tests-'));
  // For root another user runs it, who has to get there.
  chmodSync(dataFolder, 0o711);
  const log = createMemoryLog();
  try {
    const postgres = await startEmbeddedPostgres({
      dataFolder,
      purpose: 'tests',
      log,
      durable: false,
      connectionsMax: 200,
    });
    const template = createPool({ address: postgres.address, log, connectionsMax: 1 });
    await migrate(template, { folder: migrations, log });
    await template.close();
    return {
      address: postgres.address,
      stop: async () => {
        await postgres.stop();
        rmSync(dataFolder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dataFolder, { recursive: true, force: true });
    throw error;
  }
}

/** A run that was killed could not clean up after itself; whoever lives touches its lock every few seconds. */
function removeLeftOvers(): void {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith('confab-tests-'));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const touchedAt = [folder, join(folder, 'confab.lock')].map(
      (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    );
    if (Date.now() - Math.max(...touchedAt) > leftOverMs)
      rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  }
}

/**
 * A copy of the template, 20 to 40 ms.
 * @param address of the test Postgres; its database is the template.
 */
export async function cloneTestDatabase(
  address: PostgresAddress,
  connectionsMax = 10,
): Promise<TestDatabase> {
  const log = createMemoryLog();
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const command = async (text: string): Promise<void> => {
    const postgres = createPool({ address: inDatabase(address, 'postgres'), log, connectionsMax: 1 });
    await postgres.rows({ text, values: [] });
    await postgres.close();
  };
  await command(`create database ${name} template confab strategy file_copy`);
  const own = inDatabase(address, name);
  // A machine that runs everything at once is slow; a test that waits for its turn is not wrong.
  const database = createPool({ address: own, log, connectionsMax, connectTimeoutMs: 30_000 });
  return {
    database,
    address: own,
    close: async () => {
      await database.close();
      await command(`drop database ${name} with (force)`);
    },
  };
}
