/** The cookie lives as long as the session: whoever comes back in time stays signed in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const credentials = { email: 'ann@example.org', password: 'correct horse battery' };

let db: TestDatabase;
let app: App;
let url = '';
let aheadMs = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  const platform = testPlatform(db.database);
  const clock = { ...platform.clock, now: () => platform.clock.now() + aheadMs };
  app = await createApp({ ...platform, clock }, testSettings);
  url = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
});
afterAll(async () => {
  await app.close();
  await db.close();
});

interface Cookie {
  secret: string;
  attributes: string[];
  /** From now on. */
  livesMs: number;
}

function readCookie(response: Response): Cookie | null {
  const lines = response.headers.getSetCookie();
  expect(lines.length).toBeLessThan(2);
  const [pair = '', ...attributes] = (lines[0] ?? '').split('; ');
  if (pair === '') return null;
  const expires = attributes.find((one) => one.startsWith('Expires='))?.slice('Expires='.length) ?? '';
  return {
    secret: pair.split('=')[1] ?? '',
    attributes: attributes.filter((one) => !one.startsWith('Expires=')).sort(),
    livesMs: Date.parse(expires) - (Date.now() + aheadMs),
  };
}

async function ask(method: string, path: string, options: { secret?: string; body?: object } = {}) {
  const { secret, body } = options;
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(secret ? { cookie: `confab_session=${secret}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, cookie: readCookie(response) };
}

test('the cookie is renewed when the session was prolonged, and only then', async () => {
  const setUp = { ...credentials, workspaceName: 'Acme', name: 'Ann' };
  const first = (await ask('POST', '/set-up', { body: setUp })).cookie;
  const secret = first?.secret ?? '';
  expect(first?.livesMs).toBeGreaterThan(29 * dayMs);
  expect(await ask('GET', '/rooms', { secret })).toMatchObject({ status: 200, cookie: null });

  aheadMs = 20 * dayMs;
  const { cookie } = await ask('GET', '/rooms', { secret });
  expect(cookie).toMatchObject({ secret, attributes: first?.attributes });
  expect(cookie?.livesMs).toBeGreaterThan(29 * dayMs);
  expect((await ask('GET', '/rooms', { secret })).cookie).toBeNull();

  aheadMs += hourMs;
  expect((await ask('GET', '/images/abcdefghijklmnopqrstuvwxyz', { secret })).cookie).toMatchObject({
    secret,
  });

  // The browser's first cookie would be gone by now.
  aheadMs = 45 * dayMs;
  expect(await ask('GET', '/rooms', { secret })).toMatchObject({ status: 200, cookie: { secret } });
});

test('what a page asks first renews the cookie, though the session was prolonged elsewhere', async () => {
  const { cookie } = await ask('POST', '/session', { body: credentials });
  const secret = cookie?.secret ?? '';
  aheadMs += dayMs;
  // As by a socket's hello: this answer never reaches the browser.
  await ask('GET', '/rooms', { secret });
  const about = await ask('GET', '/about', { secret });
  expect(about.cookie).toMatchObject({ secret });
  expect(about.cookie?.livesMs).toBeGreaterThan(29 * dayMs);
});

test('signing out takes the cookie back, whatever was prolonged before', async () => {
  const { cookie } = await ask('POST', '/session', { body: credentials });
  aheadMs += hourMs;
  const out = await ask('DELETE', '/session', { secret: cookie?.secret ?? '' });
  expect(out).toMatchObject({ status: 200, cookie: { secret: '' } });
  expect(out.cookie?.livesMs).toBeLessThan(0);
});

test('a stranger gets no cookie', async () => {
  aheadMs += hourMs;
  expect(await ask('GET', '/rooms', { secret: 'forged' })).toMatchObject({ status: 401, cookie: null });
});
