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
}

interface Migration {
  number: number;
  name: string;
  checksum: string;
  text: string;
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

/** Chosen once; whoever migrates a Confab database holds this lock. */
const lockId = 6_802_663_014;

/**
 * Brings the database to this program's schema, each file in a transaction of its own. Any number of nodes may do so
 * at once. `database` should have no statement timeout. Throws a Problem when the database has been migrated by a
 * newer program, or by files that have been changed since.
 * @returns how many files were applied.
 */
export async function migrate(database: Database, options: MigrateOptions): Promise<number> {
  const migrations = readMigrations(options.folder);
  for (let count = 0; ; count += 1) {
    const done = await database.write((tx) => applyNext(tx, migrations));
    if (done === null) return count;
    options.log.info('migrated the database', { file: done.name });
  }
}

/** Whether the schema is this program's, for those who only look. Throws the same Problems as `migrate`. */
export async function pendingMigrations(database: Database, folder: string): Promise<number> {
  const migrations = readMigrations(folder);
  return database.read(async (tx) => {
    const [found] = await tx.rows<{ there: boolean }>(
      sql`select to_regclass('migrations') is not null as there`,
    );
    if (found?.there !== true) return migrations.length;
    return migrations.length - check(await applied(tx), migrations);
  });
}

async function applyNext(tx: Tx, migrations: readonly Migration[]): Promise<Migration | null> {
  await tx.rows(sql`select pg_advisory_xact_lock(${lockId})`);
  await tx.rows(sql`
    create table if not exists migrations (
      number int primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  const next = migrations[check(await applied(tx), migrations)];
  if (next === undefined) return null;
  await tx.rows({ text: next.text, values: [] });
  const { number, name, checksum } = next;
  await tx.rows(
    sql`insert into migrations (number, name, checksum) values (${number}, ${name}, ${checksum})`,
  );
  return next;
}

function applied(tx: Tx): Promise<Applied[]> {
  return tx.rows<Applied>(sql`select number, name, checksum from migrations order by number`);
}

/** How many of the migrations have been applied. */
function check(rows: readonly Applied[], migrations: readonly Migration[]): number {
  for (const [index, row] of rows.entries()) {
    const file = migrations[index];
    if (file === undefined) {
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
  return rows.length;
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
    if (!/^-- (compatible|breaking)\b/.test(text)) {
      throw new Error(`${name} does not begin with "-- compatible" or "-- breaking"`);
    }
    return { number, name, checksum: createHash('sha256').update(text).digest('hex'), text };
  });
}
