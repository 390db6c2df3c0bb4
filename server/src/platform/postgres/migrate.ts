import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '../../kit/sql.ts';
import type { Log } from '../log/index.ts';
import { Problem } from '../problem.ts';
import type { Database, Tx } from './index.ts';

export interface MigrateOptions {
  /** Holds `0001-what-it-does.sql` and so on, without gaps. */
  folder: string;
  log: Log;
  /** Where nodes of other versions may use the database at the same time. */
  shared?: SharedUse;
}

export interface SharedUse {
  /** Of this program; written beside what it applies. */
  version: string;
  /** Whether this program may use what that version added, as long as nothing in it was breaking. */
  fits: (version: string) => boolean;
  /** Throws a Problem while somebody runs who would be broken. In the transaction that migrates. */
  mayBreak: (tx: Tx, file: string) => Promise<void>;
}

interface Migration {
  number: number;
  name: string;
  breaking: boolean;
  checksum: string;
  text: string;
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
  breaking: boolean;
  /** Of the program that applied it; null when it did not say. */
  version: string | null;
}

/** Chosen once; whoever migrates a Confab database holds this lock. */
const lockId = 6_802_663_014;

/**
 * Brings the database to this program's schema, each file in a transaction of its own. Any number of nodes may do so
 * at once. `database` should have no statement timeout. Throws a Problem when the database has been migrated by a
 * newer program that this one does not fit to, or by files that have been changed since.
 * @returns how many files were applied.
 */
export async function migrate(database: Database, options: MigrateOptions): Promise<number> {
  const migrations = readMigrations(options.folder);
  for (let count = 0; ; count += 1) {
    const done = await database.write((tx) => applyNext(tx, migrations, options));
    if (done === null) return count;
    options.log.info('migrated the database', { file: done.name });
  }
}

/** Whether the schema is this program's, for those who only look. Throws the same Problems as `migrate`. */
export async function pendingMigrations(
  database: Database,
  folder: string,
  shared?: Pick<SharedUse, 'fits'>,
): Promise<number> {
  const migrations = readMigrations(folder);
  return database.read(async (tx) => {
    const [found] = await tx.rows<{ there: boolean }>(
      sql`select to_regclass('migrations') is not null as there`,
    );
    if (found?.there !== true) return migrations.length;
    return migrations.length - check(await applied(tx), migrations, shared);
  });
}

async function applyNext(
  tx: Tx,
  migrations: readonly Migration[],
  { shared, log }: MigrateOptions,
): Promise<Migration | null> {
  await tx.rows(sql`select pg_advisory_xact_lock(${lockId})`);
  await tx.rows({ text: table, values: [] });
  const rows = await applied(tx);
  const next = migrations[check(rows, migrations, shared)];
  const newest = rows.at(-1);
  if (rows.length > migrations.length && newest !== undefined) {
    const { name: file, version } = newest;
    log.warn('a newer Confab has migrated the database; this one serves beside it', { file, version });
  }
  if (next === undefined) return null;
  const { number, name, checksum, breaking } = next;
  if (breaking) await shared?.mayBreak(tx, name);
  await tx.rows({ text: next.text, values: [] });
  await tx.rows(sql`
    insert into migrations (number, name, checksum, breaking, version)
    values (${number}, ${name}, ${checksum}, ${breaking}, ${shared?.version ?? null})`);
  return next;
}

/** Later columns are added here and not by a migration, which would have to be there before it could be read. */
const table = `
  create table if not exists migrations (
    number int primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
  alter table migrations add column if not exists breaking boolean not null default false;
  alter table migrations add column if not exists version text`;

/** By way of json, since whoever only looks may look at a table that has not got all columns yet. */
function applied(tx: Tx): Promise<Applied[]> {
  return tx.rows<Applied>(sql`
    select number, name, checksum, coalesce((to_jsonb(m) ->> 'breaking')::boolean, false) as breaking,
      to_jsonb(m) ->> 'version' as version
    from migrations m order by number`);
}

/** How many of the migrations have been applied. */
function check(
  rows: readonly Applied[],
  migrations: readonly Migration[],
  shared?: Pick<SharedUse, 'fits'>,
): number {
  for (const [index, row] of rows.entries()) {
    const file = migrations[index];
    if (file === undefined) {
      if (mayBeUnknown(row, shared)) continue;
      throw new Problem(
        `The database was migrated by a newer Confab (to ${row.name}, this one knows ${migrations.length} migrations): start the newer one.`,
      );
    }
    if (file.number !== row.number || file.checksum !== row.checksum) {
      throw new Problem(
        `The migration ${file.name} is not the one this database was made with (${row.name}): migrations are never changed, so restore the file or use the Confab that fits the database.`,
      );
    }
  }
  return Math.min(rows.length, migrations.length);
}

/** Compatible is what the version before it may run beside: also when that one is started again in the middle of it. */
function mayBeUnknown({ breaking, version }: Applied, shared?: Pick<SharedUse, 'fits'>): boolean {
  return !breaking && version !== null && shared?.fits(version) === true;
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    const number = Number(/^(\d{4})-/.exec(name)?.[1]);
    if (number !== index + 1) throw new Error(`${name} should be number ${index + 1}`);
    // A checkout on Windows may have changed the line ends.
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    const [, kind] = /^-- (compatible|breaking)\b/.exec(text) ?? [];
    if (kind === undefined) throw new Error(`${name} does not begin with "-- compatible" or "-- breaking"`);
    const checksum = createHash('sha256').update(text).digest('hex');
    return { number, name, breaking: kind === 'breaking', checksum, text };
  });
}
