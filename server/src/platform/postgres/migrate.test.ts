import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { sql } from '../../kit/sql.ts';
import { createMemoryLog } from '../log/index.ts';
import { Problem } from '../problem.ts';
import { createPool, migrate, pendingMigrations, type Database } from './index.ts';
import type { SharedUse } from './migrate.ts';

const { database, address, close } = await createTestDatabase();
afterAll(close);

let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'confab-migrate-'));
  await database.rows({ text: 'drop schema public cascade; create schema public', values: [] });
});
afterEach(() => rmSync(folder, { recursive: true }));

const add = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const run = (on: Database = database): Promise<number> => migrate(on, { folder, log: createMemoryLog() });
const names = () => database.rows(sql`select number, name from migrations order by number`);

it('applies what is missing, in order, once', async () => {
  expect(await run()).toBe(0);
  add('0001-first.sql', '-- compatible\ncreate table a (id int);\ninsert into a values (1);\n');
  add(
    '0002-second.sql',
    '-- breaking, since a gets a column\nalter table a add column b int not null default 2;',
  );
  expect(await pendingMigrations(database, folder)).toBe(2);
  expect(await run()).toBe(2);
  expect(await run()).toBe(0);
  expect(await pendingMigrations(database, folder)).toBe(0);
  expect(await database.rows(sql`select * from a`)).toEqual([{ id: 1, b: 2 }]);
  add('0003-third.sql', '-- compatible\ndrop table a;\n');
  expect(await run()).toBe(1);
  expect(await names()).toEqual([
    { number: 1, name: '0001-first.sql' },
    { number: 2, name: '0002-second.sql' },
    { number: 3, name: '0003-third.sql' },
  ]);
});

it('lets several nodes start at once', async () => {
  for (const number of [1, 2, 3]) {
    add(`000${number}-step.sql`, `-- compatible\ncreate table step_${number} (id int);\n`);
  }
  const pools = [1, 2, 3, 4].map(() => createPool({ address, log: createMemoryLog(), connectionsMax: 1 }));
  const counts = await Promise.all(pools.map((pool) => run(pool)));
  expect(counts.reduce((sum, count) => sum + count)).toBe(3);
  expect(await names()).toHaveLength(3);
  await Promise.all(pools.map((pool) => pool.close()));
});

it('keeps nothing of a file that fails in the middle', async () => {
  add('0001-first.sql', '-- compatible\ncreate table a (id int);');
  add('0002-second.sql', '-- compatible\ncreate table b (id int);\ncreate table a (id int);\n');
  await expect(run()).rejects.toThrow('relation "a" already exists');
  expect(await names()).toEqual([{ number: 1, name: '0001-first.sql' }]);
  expect(await database.rows(sql`select to_regclass('b') as b`)).toEqual([{ b: null }]);
});

it('refuses a database that a newer program migrated', async () => {
  add('0001-first.sql', '-- compatible\n');
  add('0002-second.sql', '-- compatible\n');
  await run();
  rmSync(join(folder, '0002-second.sql'));
  const refused = run();
  await expect(refused).rejects.toThrow(Problem);
  await expect(refused).rejects.toThrow(
    'The database was migrated by a newer Confab (to 0002-second.sql, this one knows 1 migrations): start the newer one.',
  );
  await expect(pendingMigrations(database, folder)).rejects.toThrow(Problem);
});

it('refuses a file that was changed after it was applied, line ends apart', async () => {
  add('0001-first.sql', '-- compatible\ncreate table a (id int);\n');
  await run();
  add('0001-first.sql', '-- compatible\r\ncreate table a (id int);\r\n');
  expect(await run()).toBe(0);
  add('0001-first.sql', '-- compatible\ncreate table a (id bigint);\n');
  await expect(run()).rejects.toThrow(
    /^The migration 0001-first\.sql is not the one this database was made with/,
  );
});

it('refuses files that are misnumbered or do not say whether they are compatible', async () => {
  add('0002-second.sql', '-- compatible\n');
  await expect(run()).rejects.toThrow('0002-second.sql should be number 1');
  rmSync(join(folder, '0002-second.sql'));
  add('0001-first.sql', 'create table a (id int);\n');
  await expect(run()).rejects.toThrow('0001-first.sql does not begin with');
});

describe('beside nodes of another version', () => {
  const shared = (version: string, fits: string[] = [], busy = false): SharedUse => ({
    version,
    fits: (other) => fits.includes(other),
    mayBreak: (_tx, file) => (busy ? Promise.reject(new Problem(`${file} breaks`)) : Promise.resolve()),
  });
  const runAs = (use: SharedUse): Promise<number> =>
    migrate(database, { folder, log: createMemoryLog(), shared: use });

  it('an older program serves on a schema that a fitting version made compatibly', async () => {
    add('0001-first.sql', '-- compatible\n');
    add('0002-second.sql', '-- compatible\ncreate table b (id int);');
    expect(await runAs(shared('1.2.0'))).toBe(2);
    rmSync(join(folder, '0002-second.sql'));
    expect(await runAs(shared('1.1.0', ['1.2.0']))).toBe(0);
    expect(await pendingMigrations(database, folder, shared('1.1.0', ['1.2.0']))).toBe(0);
    await expect(runAs(shared('1.0.0', ['1.1.0']))).rejects.toThrow('migrated by a newer Confab');
    await expect(run()).rejects.toThrow('migrated by a newer Confab');
  });

  it('no older program serves after a migration that breaks, which waits until nobody does', async () => {
    add('0001-first.sql', '-- compatible\n');
    await runAs(shared('1.1.0'));
    add('0002-second.sql', '-- breaking\ncreate table b (id int);');
    await expect(runAs(shared('1.2.0', [], true))).rejects.toThrow('0002-second.sql breaks');
    expect(await names()).toEqual([{ number: 1, name: '0001-first.sql' }]);
    expect(await runAs(shared('1.2.0'))).toBe(1);
    rmSync(join(folder, '0002-second.sql'));
    await expect(runAs(shared('1.1.0', ['1.2.0']))).rejects.toThrow('migrated by a newer Confab');
  });

  it('a table of migrations from before it had all its columns is read and completed', async () => {
    add('0001-first.sql', '-- compatible\n');
    await run();
    await database.rows({
      text: 'alter table migrations drop column version, drop column breaking',
      values: [],
    });
    expect(await pendingMigrations(database, folder)).toBe(0);
    add('0002-second.sql', '-- compatible\n');
    expect(await runAs(shared('1.2.0'))).toBe(1);
    expect(await database.rows(sql`select version, breaking from migrations order by number`)).toEqual([
      { version: null, breaking: false },
      { version: '1.2.0', breaking: false },
    ]);
  });
});
