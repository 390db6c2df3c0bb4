/** What no server at hand is like; the rest is seen on real ones in tests/cluster/postgres-start.test.ts. */
import { expect, it } from 'vitest';
import { checkServer, type Database } from './index.ts';

const good = {
  version: 15,
  encoding: 'UTF8',
  database: 'confab_team',
  role: 'confab',
  superuser: false,
  read_only: false,
  schema: 'public',
  may_create: true,
};

const check = (facts: Partial<Record<keyof typeof good, unknown>>): Promise<string[]> => {
  const rows = () => Promise.resolve([{ ...good, ...facts }]);
  return checkServer({ rows: rows as unknown as Database['rows'] });
};

it('takes what is as it should be', async () => {
  expect(await check({})).toEqual([]);
});

it('refuses a server that is too old', async () => {
  await expect(check({ version: 13 })).rejects.toThrow(
    'The database is Postgres 13, and Confab needs 14 or newer: upgrade it with pg_upgrade, or move it to a newer server.',
  );
});

it('refuses a role whose search_path leads nowhere', async () => {
  await expect(check({ schema: null, may_create: null })).rejects.toThrow(
    'In the database confab_team the search_path of confab leads to no schema: alter role confab reset search_path.',
  );
});
