/** An app with an access token and a push server of its own (UnifiedPush), over real HTTP, from subscribing to the end. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { limits, type Output, type PushPayload } from '@confab/protocol';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { createPushBrowser, type PushBrowser } from '../../../tests/support/push-browser.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';
import { sql } from '../kit/sql.ts';
import { systemClock } from '../platform/clock/index.ts';
import { createUndiciOutbound } from '../platform/outbound/index.ts';

let db: TestDatabase;
let app: App;
let origin: string;
let [alice, bob] = [] as unknown as [SeededPerson, SeededPerson];
let roomId: string;
let phone: PushBrowser;
let arrived: { payload: PushPayload; topic: unknown }[] = [];
let paths: string[] = [];
let answer: { status: number; headers?: Record<string, string> } = { status: 200 };
/** As a distributor's server would, with more words than anybody needs. */
const distributor = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    paths.push(request.url ?? '');
    const { status, headers = {} } = answer;
    if (status === 200)
      arrived.push({ payload: phone.read(Buffer.concat(parts)), topic: request.headers['topic'] });
    response.writeHead(status, headers).end('x'.repeat(1_000_000));
  });
});
const outbound = createUndiciOutbound({
  clock: systemClock,
  allow: ['127.0.0.1'],
  proxies: { http: null, https: null, except: [] },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => distributor.listen(0, '127.0.0.1', resolve));
  phone = createPushBrowser(`http://127.0.0.1:${(distributor.address() as AddressInfo).port}/UP?token=abc`);
  db = await createTestDatabase();
  app = await createApp({ ...testPlatform(db.database), outbound }, { ...testSettings, pushMode: 'on' });
  origin = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  [alice, bob] = (await seedPeople(db.database, 2, { handles: ['alice', 'bob'] })) as [
    SeededPerson,
    SeededPerson,
  ];
  roomId = await seedRoom(db.database, [alice, bob], { kind: 'private', name: 'team' });
}, 60_000);

afterAll(async () => {
  await app.close();
  await outbound.close();
  distributor.closeAllConnections();
  await new Promise((resolve) => distributor.close(resolve));
  await db.close();
});

async function ask(who: SeededPerson, method: string, path: string, body?: object) {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const subscribe = (more: object = {}) =>
  ask(alice, 'POST', '/me/push-devices', { endpoint: phone.endpoint, keys: phone.keys, ...more });
const devices = async () =>
  ((await ask(alice, 'GET', '/me/push-devices')).body as unknown as Output<'push.list'>).devices;
let said = 0;
const call = (text: string) =>
  ask(bob, 'POST', `/rooms/${roomId}/messages`, { clientId: `apps-test-${(said += 1)}`, text });

const patience = { timeout: 60_000, interval: 100 };
const limit = { timeout: 180_000 };

it(
  'gets what its person is told, readable for it alone, and stands in the list by its name',
  limit,
  async () => {
    expect((await ask(alice, 'GET', '/push-key')).body).toMatchObject({ withContent: true });
    expect(await subscribe({ name: ' Confab\nfor Android ' })).toMatchObject({ status: 200 });
    await call('look here, @alice');
    await vi.waitFor(() => expect(arrived).toHaveLength(1), patience);
    expect(arrived[0]).toMatchObject({
      payload: { kind: 'mention', content: { room: '#team', text: 'look here, @alice' } },
      topic: expect.stringMatching(/^n\d+$/) as unknown,
    });
    expect(paths).toEqual(['/UP?token=abc']);
    await vi.waitFor(
      async () =>
        expect(await devices()).toMatchObject([
          { device: 'Confab for Android', isCurrent: true, last: { outcome: 'sent' } },
        ]),
      patience,
    );
  },
);

it('is followed to no other place, and the list says what its server answered', limit, async () => {
  arrived = [];
  paths = [];
  answer = { status: 307, headers: { location: '/elsewhere' } };
  await call('again, @alice');
  await vi.waitFor(
    async () => expect(await devices()).toMatchObject([{ last: { outcome: 'failed' } }]),
    patience,
  );
  expect(paths).toEqual(['/UP?token=abc']);
});

it('is forgotten when its server knows it no more', limit, async () => {
  answer = { status: 410 };
  await call('once more, @alice');
  await vi.waitFor(async () => expect(await devices()).toEqual([]), patience);
});

it('is refused with an address, keys or a name that are none, and too long ones', async () => {
  const wrong: readonly object[] = [
    { endpoint: '' },
    { endpoint: 'mailto:alice@example.org' },
    { endpoint: `https://push.example.org/${'x'.repeat(limits.pushEndpointCharsMax)}` },
    { endpoint: 'https://user:password@push.example.org/1' },
    { keys: { ...phone.keys, p256dh: 'A'.repeat(87) } },
    { keys: { p256dh: phone.keys.p256dh } },
    { name: 'x'.repeat(limits.pushNameCharsMax + 1) },
    { name: 7 },
    { replaces: 'x'.repeat(limits.pushEndpointCharsMax + 1) },
    { owner: bob.userId },
  ];
  for (const more of wrong)
    expect(await subscribe(more), JSON.stringify(more)).toMatchObject({
      status: 400,
      body: { code: 'invalid' },
    });
  expect(await devices()).toEqual([]);
});

it('takes the place of an endpoint of its person, with what it hides, and of no other', async () => {
  const [mine, theirs] = ['https://push.example.org/mine', 'https://push.example.org/theirs'];
  const { keys } = phone;
  await subscribe({ endpoint: mine, hidesContent: true });
  const other = await ask(bob, 'POST', '/me/push-devices', { endpoint: theirs, keys });
  expect(other.status).toBe(200);
  for (const more of [{ replaces: theirs }, { replaces: mine }])
    expect((await subscribe({ ...more, endpoint: `${phone.endpoint}&more=${more.replaces}` })).status).toBe(
      200,
    );
  expect((await devices()).map(({ hidesContent }) => hidesContent)).toEqual([true, false]);
  const kept = await db.database.rows(sql`select 1 from push_subscriptions where endpoint = ${theirs}`);
  expect(kept).toHaveLength(1);
  await db.database.rows(sql`delete from push_subscriptions`);
});

it('needs a token that may read, and ends with it', limit, async () => {
  answer = { status: 200 };
  await db.database.rows(sql`update tokens set scopes = '{write}' where user_id = ${alice.userId}`);
  expect(await subscribe()).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  await db.database.rows(sql`update tokens set scopes = '{read,write}' where user_id = ${alice.userId}`);
  expect((await subscribe({ name: '\u202e' })).status).toBe(200);
  // Where an app has no name, its token has one.
  expect(await devices()).toMatchObject([{ device: 'seeded' }]);
  await db.database.rows(sql`delete from tokens where user_id = ${alice.userId}`);
  expect(await db.database.rows(sql`select 1 from push_subscriptions`)).toEqual([]);
});
