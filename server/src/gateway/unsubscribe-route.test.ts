/** What mail programs do with `List-Unsubscribe`, and what others might. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, type SeededPerson } from '../../../tests/support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';
import { sql } from '../kit/sql.ts';
import { forMailKey, seal } from '../mail/index.ts';
import { systemRandom } from '../platform/random/index.ts';
import { findPreferences } from '../users/index.ts';

let db: TestDatabase;
let app: App;
let origin = '';
let alice: SeededPerson;
let token = '';

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createApp(testPlatform(db.database), testSettings);
  origin = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  [alice] = (await seedPeople(db.database, 1, { handles: ['alice'] })) as [SeededPerson];
  const key = await forMailKey(db.database, { random: systemRandom, now: 0 });
  token = seal(key, { purpose: 'missed mail', words: alice.userId });
});
afterAll(async () => {
  await app.close();
  await db.close();
});
beforeEach(() => db.database.rows(sql`update users set preferences = '{}' where id = ${alice.userId}`));

const chosen = async () => (await findPreferences(db.database, alice.userId)).missedMail;
const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mail.example.org' };
const press = (of: string, init: RequestInit = {}) =>
  fetch(`${origin}/unsubscribe/${of}`, {
    method: 'POST',
    headers: form,
    body: 'List-Unsubscribe=One-Click',
    ...init,
  });

it('ends with one press, by whatever form and from anywhere', async () => {
  expect((await press(token)).status).toBe(200);
  expect(await chosen()).toBe('never');
  const parts = new FormData();
  parts.set('List-Unsubscribe', 'One-Click');
  expect((await press(token, { body: parts, headers: {} })).status).toBe(200);
  expect((await press(token, { body: null, headers: {} })).status).toBe(200);
});

it('changes nothing by being looked at', async () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
    await fetch(`${origin}/unsubscribe/${token}`, { method });
  }
  expect(await chosen()).toBe('hour');
});

it.each(['1.x', 'x'.repeat(300), '%00', '%E0%A4%A', '..%2F..', `%20`])('refuses the link %j', async (of) => {
  const answer = await press(of);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(await chosen()).toBe('hour');
});

it('takes no book, and gives other doors no forms', async () => {
  expect((await press(token, { body: 'x'.repeat(10_000) })).status).toBe(413);
  const elsewhere = await fetch(`${origin}/api/v1/missed-mail/unsubscribe`, {
    method: 'POST',
    headers: form,
    body: `token=${token}`,
  });
  expect(elsewhere.status).toBe(400);
  expect(await chosen()).toBe('hour');
});
