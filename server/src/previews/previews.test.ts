/** Link cards from a real site over real HTTP: made, renewed, removed, served, and not made, under hostile pages. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Message, Preview } from '@confab/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';
import { createMemoryObjects } from '../platform/objects/index.ts';
import { createUndiciOutbound, type Outbound } from '../platform/outbound/index.ts';
import { removeDue } from '../files/index.ts';
import { forgetPages } from './forget-pages.ts';

let db: TestDatabase;
let apps: App[];
let origin: string;
let outbound: Outbound;
let [alice, bob, carol] = [] as unknown as [SeededPerson, SeededPerson, SeededPerson];
let team: string;
const objects = createMemoryObjects();
const asked: string[] = [];
let site = '';
let made = 0;

const head = (inside: string): string =>
  `<!doctype html><html><head>${inside}</head><body>the rest</body></html>`;
const picture = await sharp({ create: { width: 1_440, height: 720, channels: 3, background: '#3a6ea5' } })
  .png()
  .toBuffer();
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
const html =
  (text: string | Buffer, type = 'text/html; charset=utf-8'): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': type }).end(text);

const pages: Record<string, RequestListener> = {
  '/plain': html(
    head('<title> A  plain\npage </title><meta name=description content="Says &lt;little&gt;">'),
  ),
  '/graph': html(
    head(`<title>Not this</title><meta property="og:title" content="The graph">
      <meta property="og:description" content="${'long '.repeat(200)}"><meta property="og:site_name" content="Testing">
      <meta property="og:image" content="/picture.png">`),
  ),
  '/picture.png': html(picture, 'image/png'),
  '/svg': html(head('<title>With a drawing</title><meta property="og:image" content="/drawing.svg">')),
  '/drawing.svg': html(svg, 'image/svg+xml'),
  '/script': html(head('<title><script>alert(1)</script>\u202eevil</title>')),
  '/latin': html(
    Buffer.from(head('<title>Caf\u00e9 cr\u00e8me</title>'), 'latin1'),
    'text/html; charset=iso-8859-1',
  ),
  '/says-latin': html(
    Buffer.from(head('<meta charset="latin1"><title>D\u00e9j\u00e0 vu</title>'), 'latin1'),
    'text/html',
  ),
  '/japanese': html(
    Buffer.concat([Buffer.from('<title>'), Buffer.from([0x93, 0xfa, 0x96, 0x7b]), Buffer.from('</title>')]),
    'text/html; charset=Shift_JIS',
  ),
  '/unknown-charset': html(head('<title>As it is</title>'), 'text/html; charset=klingon'),
  '/huge': html(head('<title>Huge</title>') + 'x'.repeat(8_000_000)),
  '/huge-title': html(`<title>${'y'.repeat(3_000_000)}`),
  '/bomb': (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      .end(gzipSync(head('<title>Bomb</title>') + ' '.repeat(100_000_000))),
  '/loop': (_, response) => void response.writeHead(302, { location: '/loop' }).end(),
  '/inwards': (_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  '/moved': (_, response) => void response.writeHead(301, { location: '/plain' }).end(),
  '/inner-picture': html(
    head('<title>Curious</title><meta property="og:image" content="http://127.0.0.1:1/x.png">'),
  ),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': 1_000 }).write('<title>Cut');
    response.socket?.end();
  },
  '/json': html('{"title":"no page"}', 'application/json'),
  '/empty': html(''),
  '/nul': html(head('<title>nul\u0000 here \ud800</title>')),
};

beforeAll(async () => {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    response.on('error', () => {});
    const answer = pages[path.split('?')[0] ?? ''];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const { port } = server.address() as AddressInfo;
  site = `http://127.0.0.1:${port}`;
  db = await createTestDatabase();
  const platform = { ...testPlatform(db.database), objects };
  outbound = createUndiciOutbound({
    clock: platform.clock,
    allow: [`127.0.0.1:${port}`],
    proxies: { http: null, https: null, except: [] },
  });
  const settings = { ...testSettings, previews: true };
  apps = [
    await createApp({ ...platform, outbound }, settings),
    await createApp({ ...platform, outbound }, settings),
  ];
  origin = `http://127.0.0.1:${await apps[0]?.listen({ host: '127.0.0.1', port: 0 })}`;
  [alice, bob, carol] = (await seedPeople(db.database, 3, { handles: ['alice', 'bob', 'carol'] })) as [
    SeededPerson,
    SeededPerson,
    SeededPerson,
  ];
  team = await seedRoom(db.database, [alice, bob], { kind: 'private' });
}, 60_000);

afterAll(async () => {
  for (const app of apps) await app.close();
  await outbound.close();
  await db.close();
});

async function call(who: SeededPerson, method: string, path: string, body?: object) {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${who.token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function say(text: string, who = alice): Promise<string> {
  const clientId = `previews-test-${(made += 1)}`;
  const { body } = await call(who, 'POST', `/rooms/${team}/messages`, { clientId, text });
  return body['messageId'] as string;
}

async function read(messageId: string): Promise<Message> {
  return (await call(bob, 'GET', `/messages/${messageId}`)).body['message'] as Message;
}

const patience = { timeout: 90_000, interval: 50 };

/** Waits until the message has this many cards. */
async function cards(messageId: string, count: number): Promise<readonly Preview[]> {
  await vi.waitFor(async () => expect((await read(messageId)).previews ?? []).toHaveLength(count), patience);
  return (await read(messageId)).previews ?? [];
}

/** The card of a page, or null, once it has been fetched and the message been looked at again. */
async function cardOfPage(path: string): Promise<Preview | null> {
  const url = `${site}${path}?case=${made}`;
  const messageId = await say(url);
  await vi.waitFor(async () => {
    const [row] = await db.database.rows<{ done: boolean }>({
      text: `select fresh_until is not null and due_at is null
        and not exists (select 1 from preview_queue where message_id = $2) as done from link_pages where url = $1`,
      values: [url, messageId],
    });
    expect(row?.done).toBe(true);
  }, patience);
  return (await read(messageId)).previews?.[0] ?? null;
}

const pictureOf = (who: SeededPerson, messageId: string, previewId: string, headers = {}) =>
  fetch(`${origin}/api/v1/messages/${messageId}/previews/${previewId}/picture`, {
    headers: { authorization: `Bearer ${who.token}`, ...headers },
  });

describe('a card', { timeout: 120_000 }, () => {
  it('comes by an event, with title, text, site and a picture that only who may see the message gets', async () => {
    const messageId = await say(`see ${site}/graph#part`);
    const [card] = (await cards(messageId, 1)) as [Preview];
    expect(card).toMatchObject({
      url: `${site}/graph`,
      title: 'The graph',
      site: 'Testing',
      picture: { width: 720, height: 360 },
    });
    expect(card.text).toHaveLength(400);
    const [event] = await db.database.rows({
      text: `select data->>'messageId' as id from events where name = 'message.previewed'`,
      values: [],
    });
    expect(event).toEqual({ id: messageId });

    const got = await pictureOf(bob, messageId, card.id);
    expect([got.status, got.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const about = await sharp(Buffer.from(await got.arrayBuffer())).metadata();
    expect(about).toMatchObject({ format: 'webp', width: 720, height: 360 });
    const tag = got.headers.get('etag') ?? '';
    expect((await pictureOf(bob, messageId, card.id, { 'if-none-match': tag })).status).toBe(304);
    expect((await pictureOf(carol, messageId, card.id)).status).toBe(404);
    for (const [message, card] of [
      [messageId, '1'],
      ['0', '1'],
      ['1', '%2e%2e'],
      ['9'.repeat(30), '1'],
    ] as const) {
      expect((await pictureOf(bob, message, card)).status).toBe(404);
    }
  });

  it('is asked for once in the workspace', async () => {
    const url = `${site}/plain?once`;
    const first = await say(url);
    await cards(first, 1);
    await cards(await say(`again ${url}`, bob), 1);
    expect(asked.filter((path) => path === '/plain?once')).toHaveLength(1);
  });

  it('goes with its link and comes with a new one when the message is edited', async () => {
    const messageId = await say(`${site}/plain and ${site}/latin`);
    expect((await cards(messageId, 2)).map(({ title }) => title)).toEqual(['A plain page', 'Café crème']);
    await call(alice, 'PATCH', `/messages/${messageId}`, { text: `only ${site}/says-latin`, version: 1 });
    await vi.waitFor(
      async () => expect((await read(messageId)).previews).toMatchObject([{ title: 'Déjà vu' }]),
      patience,
    );
    await call(alice, 'PATCH', `/messages/${messageId}`, { text: 'none', version: 2 });
    expect(await cards(messageId, 0)).toEqual([]);
  });

  it('is removed by the author alone, for good, and by deleting at once', async () => {
    const messageId = await say(`${site}/plain and ${site}/graph`);
    const [first, second] = (await cards(messageId, 2)) as [Preview, Preview];
    const path = `/messages/${messageId}/previews/${first.id}`;
    expect((await call(bob, 'DELETE', path)).body).toMatchObject({ code: 'forbidden' });
    expect((await call(carol, 'DELETE', path)).body).toMatchObject({ code: 'not_found' });
    expect((await call(alice, 'DELETE', path)).status).toBe(200);
    expect((await call(alice, 'DELETE', path)).status).toBe(200);
    expect((await read(messageId)).previews).toEqual([second]);
    // It is looked at again, and the card has not come back when the new one is there.
    const text = `${site}/plain and ${site}/graph and ${site}/latin`;
    await call(alice, 'PATCH', `/messages/${messageId}`, { text, version: 1 });
    expect((await cards(messageId, 2)).map(({ title }) => title)).toEqual(['The graph', 'Café crème']);
    await call(alice, 'DELETE', `/messages/${messageId}`);
    expect((await read(messageId)).previews).toBeUndefined();
    expect((await pictureOf(bob, messageId, second.id)).status).toBe(404);
    const told = await db.database.rows<{ data: { previews: Preview[] } }>({
      text: `select data from events where name = 'message.previewed' and data->>'messageId' = $1`,
      values: [messageId],
    });
    expect(told.length).toBeGreaterThan(1);
    expect(told.flatMap(({ data }) => data.previews)).toEqual([]);
  });

  it('is forgotten with its picture when no message shows it', async () => {
    const messageId = await say(`${site}/graph?forgotten`);
    const before = new Set(objects.keys());
    await cards(messageId, 1);
    const [key] = objects.keys().filter((one) => !before.has(one) && one.startsWith('previews/'));
    expect(key).toBeDefined();
    await call(alice, 'PATCH', `/messages/${messageId}`, { text: 'none', version: 1 });
    await cards(messageId, 0);
    const { clock } = testPlatform(db.database);
    const later = { ...clock, now: () => clock.now() + 25 * 3_600_000 };
    await forgetPages({ database: db.database, clock: later });
    await removeDue({ database: db.database, clock: later, objects });
    expect(objects.keys()).not.toContain(key);
  });

  it('is for the first three links that are not code, quoted, or between angle brackets', async () => {
    const links = [1, 2, 3, 4].map((count) => `${site}/plain?n=${count}`);
    const text = `\`${site}/plain?code\` <${site}/plain?angle> mailto:ann@example.org ${links.join(' ')}

> ${site}/plain?quoted

- one
  > ${site}/plain?deep

\`\`\`
${site}/plain?block
\`\`\``;
    const found = await cards(await say(text), 3);
    expect(found.map(({ url }) => url)).toEqual(links.slice(0, 3));
    for (const word of ['code', 'angle', 'quoted', 'deep', 'block'])
      expect(asked).not.toContain(`/plain?${word}`);
  });
});

describe('a page', { timeout: 120_000 }, () => {
  it.each([
    ['/plain', { title: 'A plain page', text: 'Says <little>' }],
    ['/script', { title: '<script>alert(1)</script> evil', text: '' }],
    ['/japanese', { title: '日本' }],
    ['/unknown-charset', { title: 'As it is' }],
    ['/huge', { title: 'Huge' }],
    ['/bomb', { title: 'Bomb' }],
    ['/moved', { title: 'A plain page' }],
    ['/picture.png', { title: 'picture.png', picture: { width: 720, height: 360 } }],
  ])('%s is told', async (path, card) => {
    expect(await cardOfPage(path)).toMatchObject(card);
  });

  it('with a picture that is a drawing, or inside, is told without it', async () => {
    for (const path of ['/svg', '/inner-picture']) {
      const card = await cardOfPage(path);
      expect(card?.title).toBeTruthy();
      expect(card).not.toHaveProperty('picture');
    }
  });

  it('of a title without end is told with its beginning', async () => {
    expect((await cardOfPage('/huge-title'))?.title).toHaveLength(200);
  });

  it('with what cannot be stored is told without it', async () => {
    expect((await cardOfPage('/nul'))?.title).toMatch(/^nul.* here/);
  });

  it.each(['/loop', '/inwards', '/cut', '/json', '/empty', '/missing'])('%s has no card', async (path) => {
    expect(await cardOfPage(path)).toBeNull();
  });

  it('inside is never asked, by whatever name', async () => {
    const { port } = new URL(site);
    const before = asked.length;
    const messageId = await say(
      `http://localhost:${port}/plain http://2130706433:${port}/plain?x http://10.0.0.1/plain`,
    );
    await vi.waitFor(async () => {
      const rows = await db.database.rows({
        text: `select 1 from link_pages where (url like 'http://localhost%' or url like 'http://10.0.0.1%')
          and fresh_until is not null`,
        values: [],
      });
      expect(rows).toHaveLength(2);
    }, patience);
    const found = (await read(messageId)).previews ?? [];
    // The decimal spelling is the address that this test allows, and no other.
    expect(found.every(({ url }) => url.startsWith(site))).toBe(true);
    expect(asked.slice(before).every((path) => path === '/plain?x')).toBe(true);
  });
});
