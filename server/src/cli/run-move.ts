import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { openLog } from '../main.ts';
import { openStorage } from '../open-storage.ts';
import type { Log } from '../platform/log/index.ts';
import {
  createPool,
  openCopier,
  pendingMigrations,
  startEmbeddedPostgres,
  type PostgresAddress,
} from '../platform/postgres/index.ts';
import { Problem } from '../platform/problem.ts';
import { migrationsFolder } from '../program.ts';
import { moveDatabase } from '../transfer/index.ts';
import type { Surroundings } from './flags.ts';

const purpose = 'confab move';

/** @param to a URL, a file that holds one, or `-` */
export async function runMove({ flags, output }: Surroundings, to: string): Promise<void> {
  const config = readConfig(flags);
  const target = readTarget(to);
  const log = openLog({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel });
  if (!existsSync(join(config.dataFolder, 'postgres')))
    throw new Problem(`There is no embedded database in ${config.dataFolder}: name its folder with --data.`);
  const embedded = await startEmbeddedPostgres({
    dataFolder: config.dataFolder,
    purpose,
    log,
    connectionsMax: 10,
  });
  try {
    await mustBeOfThisProgram(embedded.address, log);
    await prepare({ ...config, databaseUrl: target, redisUrl: null }, log);
    const moved = await move(embedded.address, { url: target });
    const rows = moved.reduce((sum, table) => sum + table.rows, 0);
    output.record(
      { tables: moved, rows },
      `Moved and compared ${rows} rows of ${moved.length} tables. Start the nodes with DATABASE_URL; ${config.dataFolder} is as it was.`,
    );
  } finally {
    await embedded.stop();
  }
}

async function move(from: PostgresAddress, to: PostgresAddress) {
  const source = await openCopier(from, 'read');
  try {
    const target = await openCopier(to, 'write');
    try {
      const onTable = ({ table, rows }: { table: string; rows: number }): void =>
        void process.stderr.write(`${table}: ${rows}\n`);
      return await moveDatabase({ source, target, onTable });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The source is not changed, so that it must have been brought to this program's schema before. */
async function mustBeOfThisProgram(address: PostgresAddress, log: Log): Promise<void> {
  const database = createPool({ address, log, connectionsMax: 1 });
  try {
    if ((await pendingMigrations(database, migrationsFolder)) === 0) return;
  } finally {
    await database.close();
  }
  throw new Problem(
    'The embedded database is from an older Confab: start this one on it once, stop it, and move then.',
  );
}

/** Waits for the database, checks it, and makes the tables. */
async function prepare(config: Config, log: Log): Promise<void> {
  const storage = await openStorage({ config, log, purpose, beside: false });
  await storage.close();
}

function readTarget(to: string): string {
  const url = isUrl(to) ? to : readText(to).trim();
  if (isUrl(url)) return url;
  throw new Problem(
    `${to === '-' ? 'Standard input' : to} should hold a URL like postgres://user:password@host:5432/database.`,
  );
}

const isUrl = (text: string): boolean => /^postgres(ql)?:\/\/\S+$/.test(text);

function readText(to: string): string {
  try {
    return readFileSync(to === '-' ? 0 : to, 'utf8');
  } catch (error) {
    throw new Problem(`${to} cannot be read: ${(error as Error).message}`);
  }
}
