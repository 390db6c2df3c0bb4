import { afterAll, expect, it } from 'vitest';
import { sql } from '../../kit/sql.ts';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';

const { database, close } = await createTestDatabase();
afterAll(close);

it('works', async () => {
  expect(await database.rows(sql`select ${'x'}::text as x, 5::bigint as n`)).toEqual([{ x: 'x', n: '5' }]);
});
