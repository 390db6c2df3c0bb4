/** Files over real HTTP: uploaded in pieces, sent, read back by who may, under hostile input, and removed. */
import { connect } from 'node:net';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryObjects } from '../platform/objects/index.ts';
import type { Tools } from '../platform/tools/index.ts';
import { removeDue } from './index.ts';

let db: TestDatabase;
let app: App;
let other: App;
let origin: string;
let elsewhere: string;
let [alice, bob, carol] = [] as unknown as [SeededPerson, SeededPerson, SeededPerson];
let team: string;
let closed: string;
const objects = createMemoryObjects();
/** A machine that can draw PDFs. */
const tools: Tools = {
  types: () => ['application/pdf'],
  pictureOf: ({ type }) =>
    type === 'application/pdf'
      ? sharp({ create: { width: 60, height: 80, channels: 3, background: '#fff' } })
          .png()
          .toBuffer()
      : Promise.resolve(null),
  textOf: () => Promise.resolve(null),
};
let made = 0;
const fresh = (): string => `files-test-${(made += 1)}`;

beforeAll(async () => {
  db = await createTestDatabase();
  const platform = { ...testPlatform(db.database), objects, tools };
  app = await createApp(platform, testSettings);
  other = await createApp(platform, { ...testSettings, fileMegabytesPerPerson: 1, fileMegabytesMax: 1 });
  origin = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  elsewhere = `http://127.0.0.1:${await other.listen({ host: '127.0.0.1', port: 0 })}`;
  [alice, bob, carol] = (await seedPeople(db.database, 3, { handles: ['alice', 'bob', 'carol'] })) as [
    SeededPerson,
    SeededPerson,
    SeededPerson,
  ];
  team = await seedRoom(db.database, [alice, bob], { kind: 'private' });
  closed = await seedRoom(db.database, [alice, carol], { kind: 'private' });
}, 60_000);

afterAll(async () => {
  await app.close();
  await other.close();
  await db.close();
});

type Body = Record<string, unknown> & { code?: string; data?: Record<string, unknown> };

async function call(who: SeededPerson, method: string, path: string, body?: object, at = origin) {
  const response = await fetch(`${at}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${who.token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

async function begin(who: SeededPerson, size: number, more: object = {}, at = origin): Promise<string> {
  const input = { clientId: fresh(), name: 'notes.txt', size, ...more };
  const { body } = await call(who, 'POST', `/rooms/${team}/files`, input, at);
  return typeof body['fileId'] === 'string' ? body['fileId'] : `refused: ${body.code}`;
}

async function piece(who: SeededPerson, fileId: string, offset: number, bytes: Uint8Array, at = origin) {
  const response = await fetch(`${at}/api/v1/files/${fileId}/content?offset=${offset}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/octet-stream' },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  return { status: response.status, body: (await response.json()) as Body };
}

async function upload(who: SeededPerson, bytes: Uint8Array, name = 'notes.txt') {
  const fileId = await begin(who, bytes.length, { name });
  if (bytes.length > 0) await piece(who, fileId, 0, bytes);
  const { body } = await call(who, 'POST', `/files/${fileId}/finish`, {});
  return { fileId, file: body['file'] as Record<string, unknown> };
}

function send(who: SeededPerson, fileIds: string[], more: object = {}) {
  const input = { clientId: fresh(), text: '', fileIds, ...more };
  return call(who, 'POST', `/rooms/${team}/messages`, input);
}

function get(who: SeededPerson, fileId: string, headers: Record<string, string> = {}, what = 'content/x') {
  return fetch(`${origin}/api/v1/files/${fileId}/${what}`, {
    headers: { authorization: `Bearer ${who.token}`, ...headers },
  });
}

const text = (content: string): Buffer => Buffer.from(content);
const later = (): Parameters<typeof removeDue>[0] => ({
  database: db.database,
  objects,
  clock: { ...testPlatform(db.database).clock, now: () => Date.now() + 25 * 3_600_000 },
});

describe('a file', { timeout: 60_000 }, () => {
  it('comes in pieces over two nodes, is sent, listed and read back, whole and in ranges', async () => {
    const fileId = await begin(alice, 10);
    expect((await piece(alice, fileId, 0, text('hello '))).body).toEqual({ offset: 6 });
    expect((await call(alice, 'GET', `/files/${fileId}`)).body).toMatchObject({ offset: 6, file: null });
    expect((await call(alice, 'POST', `/files/${fileId}/finish`, {})).body).toMatchObject({
      code: 'conflict',
      data: { offset: 6 },
    });
    expect((await piece(alice, fileId, 6, text('tÜm'), elsewhere)).body).toEqual({ offset: 10 });
    const finished = await call(alice, 'POST', `/files/${fileId}/finish`, {}, elsewhere);
    const file = { id: fileId, roomId: team, name: 'notes.txt', type: 'text/plain', size: 10 };
    expect(finished.body['file']).toMatchObject({ ...file, hasThumbnail: false });
    expect((await call(alice, 'POST', `/files/${fileId}/finish`, {})).body).toEqual(finished.body);

    expect((await get(bob, fileId)).status).toBe(404);
    const { body: sent } = await send(alice, [fileId]);
    const { body: page } = await call(bob, 'GET', `/rooms/${team}/messages`);
    const messages = page['messages'] as { id: string; files?: object[] }[];
    expect(messages.at(-1)).toMatchObject({
      id: sent['messageId'],
      text: '',
      files: [finished.body['file']],
    });
    const listed = await call(bob, 'GET', `/rooms/${team}/files?limit=1`);
    expect(listed.body['files']).toMatchObject([
      { file, messageId: sent['messageId'], authorId: alice.userId },
    ]);

    const whole = await get(bob, fileId);
    expect(await whole.text()).toBe('hello tÜm');
    expect(whole.headers.get('content-disposition')).toMatch(/^inline/);
    expect(whole.headers.get('cache-control')).toBe('private, no-cache');
    const part = await get(bob, fileId, { range: 'bytes=1-4' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      'ello',
      'bytes 1-4/10',
    ]);
    expect((await get(bob, fileId, { range: 'bytes=10-' })).status).toBe(416);
    const tag = whole.headers.get('etag') ?? '';
    expect((await get(bob, fileId, { 'if-none-match': tag })).status).toBe(304);
    expect((await get(carol, fileId, { 'if-none-match': tag })).status).toBe(404);
  });

  it('goes on after the line was cut in the middle of a piece', async () => {
    const fileId = await begin(alice, 12);
    await piece(alice, fileId, 0, text('hello '));
    const { port } = new URL(origin);
    const line = connect(Number(port), '127.0.0.1');
    line.write(
      `PATCH /api/v1/files/${fileId}/content?offset=6 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${alice.token}\r\n` +
        'content-type: application/octet-stream\r\ncontent-length: 6\r\n\r\nwor',
    );
    // The server is in the middle of the piece as soon as its key is entered.
    await expect.poll(() => dooms(fileId), { timeout: 20_000 }).toBe(1);
    line.destroy();
    expect((await call(alice, 'GET', `/files/${fileId}`)).body['offset']).toBe(6);
    expect((await piece(alice, fileId, 6, text('world!'))).body).toEqual({ offset: 12 });
    const { body } = await call(alice, 'POST', `/files/${fileId}/finish`, {});
    expect(body['file']).toMatchObject({ size: 12 });
    expect(await (await get(alice, fileId)).text()).toBe('hello world!');
  });

  it('begun twice with one client id is one', async () => {
    const clientId = fresh();
    const first = await begin(alice, 5, { clientId });
    await piece(alice, first, 0, text('he'));
    const { body } = await call(alice, 'POST', `/rooms/${team}/files`, { clientId, name: 'x', size: 5 });
    expect(body).toMatchObject({ fileId: first, offset: 2 });
  });

  it('with the same bytes as another is kept once, and the bytes go when no message has them', async () => {
    const [one, two] = [
      await upload(alice, text('the same bytes')),
      await upload(bob, text('the same bytes')),
    ];
    const count = () =>
      db.database.rows(sql`
        select 1 from contents c join files f on f.content_hash = c.hash where f.id = ${one.fileId}`);
    const sentOnce = (await send(alice, [one.fileId])).body['messageId'];
    const sentTwice = (await send(bob, [two.fileId])).body['messageId'];
    const [key] = await db.database.rows<{ key: string }>(sql`
      select c.key from contents c join files f on f.content_hash = c.hash where f.id = ${two.fileId}`);
    expect(key?.key).toContain(`files/${one.fileId}-`);
    expect((await call(alice, 'DELETE', `/messages/${String(sentOnce)}`)).status).toBe(200);
    await removeDue(later());
    expect((await get(alice, one.fileId)).status).toBe(404);
    expect(await (await get(alice, two.fileId)).text()).toBe('the same bytes');
    const { body } = await call(bob, 'GET', `/messages/${String(sentOnce)}`);
    expect(body['message']).not.toHaveProperty('files');
    await call(bob, 'DELETE', `/messages/${String(sentTwice)}`);
    await removeDue(later());
    expect((await get(bob, two.fileId)).status).toBe(404);
    expect(objects.keys()).not.toContain(key?.key);
    expect(await count()).toEqual([]);
    const [event] = await db.database.rows<{ data: { message: object } }>(sql`
      select data from events where stream_id = ${team} and data::jsonb -> 'message' ->> 'id' = ${String(sentTwice)}`);
    expect(event?.data.message).not.toHaveProperty('files');
  });

  it('that nobody finished or sent goes after a day with all its pieces', async () => {
    const fileId = await begin(alice, 9);
    await piece(alice, fileId, 0, text('hello'));
    const { fileId: unsent } = await upload(alice, text('never sent'));
    expect((await call(alice, 'DELETE', `/files/${unsent}`)).status).toBe(200);
    await removeDue(later());
    for (const id of [fileId, unsent]) {
      expect((await call(alice, 'GET', `/files/${id}`)).status).toBe(404);
      expect(objects.keys().filter((key) => key.includes(`/${id}`))).toEqual([]);
    }
  });

  it('of a message that was sent and is sent again stays one message', async () => {
    const { fileId } = await upload(alice, text('once'));
    const clientId = fresh();
    const first = await send(alice, [fileId], { clientId });
    expect((await send(alice, [fileId], { clientId })).body['messageId']).toBe(first.body['messageId']);
    await call(alice, 'DELETE', `/messages/${String(first.body['messageId'])}`);
    await removeDue(later());
    expect((await send(alice, [fileId], { clientId })).body['messageId']).toBe(first.body['messageId']);
    expect((await send(alice, [fileId])).body.code).toBe('not_found');
  });
});

async function dooms(fileId: string): Promise<number> {
  const [row] = await db.database.rows<{ n: number }>(
    sql`select count(*)::int as n from doomed_objects where key like ${`pieces/${fileId}/%`}`,
  );
  return row?.n ?? 0;
}

describe('a picture', { timeout: 60_000 }, () => {
  it('is measured upright, made small, and forgets where it was taken', async () => {
    const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#a33' } })
      .withExif({ IFD0: { Artist: 'Ann Author' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { fileId, file } = await upload(alice, bytes, 'holiday.png');
    expect(file).toMatchObject({ type: 'image/jpeg', width: 200, height: 300, hasThumbnail: true });
    const served = Buffer.from(await (await get(alice, fileId)).arrayBuffer());
    expect(bytes.includes('Ann Author')).toBe(true);
    expect(served.includes('Ann Author')).toBe(false);
    expect(served.length).toBe(file['size']);
    expect(await sharp(served).metadata()).toMatchObject({ orientation: 6, width: 300, height: 200 });
    const thumbnail = await get(alice, fileId, {}, 'thumbnail');
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
    const small = Buffer.from(await thumbnail.arrayBuffer());
    expect(await sharp(small).metadata()).toMatchObject({ width: 200, height: 300 });
    expect((await get(bob, fileId, {}, 'thumbnail')).status).toBe(404);
  });

  it.each(['png', 'webp'] as const)('forgets it as %s, too', async (format) => {
    const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#a33' } })
      .withExif({ IFD0: { Artist: 'Ann Author' } })
      .toFormat(format)
      .toBuffer();
    const { fileId, file } = await upload(alice, bytes, 'holiday.jpg');
    const served = Buffer.from(await (await get(alice, fileId)).arrayBuffer());
    expect(bytes.includes('Ann Author')).toBe(true);
    expect(served.includes('Ann Author')).toBe(false);
    expect(served.length).toBe(file['size']);
    expect(await sharp(served).metadata()).toMatchObject({ width: 30, height: 20 });
  });

  it('of a document is made where the machine can, seen by whom the file is, and gone with it', async () => {
    const { fileId, file } = await upload(alice, text('%PDF-1.4\n1 0 obj\n'), 'report.pdf');
    expect(file).toMatchObject({ type: 'application/pdf', hasThumbnail: true, width: 60, height: 80 });
    const hasThumbnail = (): boolean => objects.keys().some((key) => key.startsWith(`thumbnails/${fileId}-`));
    expect(hasThumbnail()).toBe(true);
    expect((await get(alice, fileId, {}, 'thumbnail')).headers.get('content-type')).toBe('image/webp');
    expect((await get(alice, fileId)).headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await get(bob, fileId, {}, 'thumbnail')).status).toBe(404);
    const { body } = await send(alice, [fileId]);
    expect((await get(bob, fileId, {}, 'thumbnail')).status).toBe(200);
    expect((await get(carol, fileId, {}, 'thumbnail')).status).toBe(404);
    await call(alice, 'DELETE', `/messages/${String(body['messageId'])}`);
    await removeDue(later());
    expect(hasThumbnail()).toBe(false);
  });

  it('that unpacks to gigabytes is a file like any other, and only saved', async () => {
    const header = Buffer.alloc(25);
    header.write('\0\0\0\rIHDR', 'latin1');
    header.writeUInt32BE(60_000, 8);
    header.writeUInt32BE(60_000, 12);
    header.set([8, 6, 0, 0, 0], 16);
    const signature = Buffer.from('89504e470d0a1a0a', 'hex');
    const bomb = Buffer.concat([signature, header, deflateSync(Buffer.alloc(1_000_000))]);
    const { fileId, file } = await upload(alice, bomb, 'bomb.png');
    expect(file).toMatchObject({ hasThumbnail: false });
    expect(file).not.toHaveProperty('width');
    expect((await get(alice, fileId)).headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it.each([
    ['SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.png'],
    ['SVG behind a declaration', '<?xml version="1.0"?><svg onload="alert(1)"/>', 'a.jpg'],
    ['HTML', '<!DOCTYPE html><script>alert(1)</script>', 'a.txt'],
    ['PDF', '%PDF-1.4\n%\u00e2\u00e3', 'a.txt'],
    ['a picture of no picture', 'GIF89a/*<script>alert(1)</script>*/', 'a.html'],
  ])('%s is never shown where it stands', async (_, content, name) => {
    const { fileId } = await upload(alice, text(content), name);
    const served = await get(alice, fileId);
    expect(served.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(served.headers.get('content-security-policy')).toContain('sandbox');
    expect(served.headers.get('x-content-type-options')).toBe('nosniff');
    expect(served.headers.get('content-type')).toBe('application/octet-stream');
    await served.arrayBuffer();
  });
});

describe('is refused', { timeout: 60_000 }, () => {
  it('a piece at the wrong offset, beyond what was announced, too long, and of somebody else', async () => {
    const fileId = await begin(alice, 6);
    expect((await piece(alice, fileId, 3, text('lo'))).body).toMatchObject({
      code: 'conflict',
      data: { offset: 0 },
    });
    expect((await piece(alice, fileId, 0, text('hello world'))).body.code).toBe('too_large');
    expect((await piece(bob, fileId, 0, text('hello'))).body.code).toBe('not_found');
    expect((await piece(carol, fileId, 0, text('hello'))).body.code).toBe('not_found');
    expect((await piece(alice, '1', 0, text('hello'))).body.code).toBe('not_found');
    const large = await begin(alice, 5_000_000);
    expect((await piece(alice, large, 0, Buffer.alloc(2_100_000))).body.code).toBe('too_large');
    const json = await call(alice, 'PATCH', `/files/${fileId}/content?offset=0`, { a: 1 });
    expect(json.body.code).toBe('invalid');
    expect((await call(alice, 'GET', `/files/${fileId}`)).body['offset']).toBe(0);
  });

  it('what comes from another site, with a cookie', async () => {
    const response = await fetch(`${origin}/api/v1/files/1/content?offset=0`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/octet-stream', origin: 'https://evil.example' },
      body: 'x',
    });
    expect(((await response.json()) as Body).code).toBe('cross_site');
  });

  it('more than one file or all of a person may have', async () => {
    expect(await begin(carol, 1, {}, elsewhere)).toBe('refused: not_found');
    expect(await begin(bob, 1_000_001, {}, elsewhere)).toBe('refused: too_large');
    const first = await begin(bob, 900_000, {}, elsewhere);
    expect(await begin(bob, 200_000, {}, elsewhere)).toBe('refused: limit_reached');
    await call(bob, 'DELETE', `/files/${first}`);
    expect(await begin(bob, 200_000, {}, elsewhere)).toMatch(/^\d+$/);
  });

  it('a message with a file of another person, of another room, unfinished, or none', async () => {
    const { fileId } = await upload(alice, text('mine'));
    const unfinished = await begin(alice, 5);
    expect((await send(bob, [fileId])).body.code).toBe('not_found');
    expect((await send(alice, [fileId, unfinished])).body.code).toBe('not_found');
    expect((await send(alice, ['999999'])).body.code).toBe('not_found');
    const input = { clientId: fresh(), text: '', fileIds: [fileId] };
    expect((await call(alice, 'POST', `/rooms/${closed}/messages`, input)).body.code).toBe('not_found');
    expect((await send(alice, [])).body.code).toBe('invalid');
    expect((await send(alice, [fileId])).status).toBe(200);
  });

  it('everything to who has left the room', async () => {
    const room = await seedRoom(db.database, [alice, bob], { kind: 'private' });
    const input = { clientId: fresh(), name: 'a', size: 4 };
    const { body } = await call(bob, 'POST', `/rooms/${room}/files`, input);
    const fileId = String(body['fileId']);
    await piece(bob, fileId, 0, text('ab'));
    const own = { clientId: fresh(), name: 'b', size: 0 };
    const begun = await call(bob, 'POST', `/rooms/${room}/files`, own);
    const sentId = String(begun.body['fileId']);
    await call(bob, 'POST', `/files/${sentId}/finish`, {});
    const message = { clientId: fresh(), text: '', fileIds: [sentId] };
    expect((await call(bob, 'POST', `/rooms/${room}/messages`, message)).status).toBe(200);
    expect((await get(bob, sentId)).status).toBe(200);
    expect((await call(bob, 'POST', `/rooms/${room}/leave`, {})).status).toBe(200);
    expect((await get(bob, sentId)).status).toBe(404);
    expect((await get(alice, sentId)).status).toBe(200);
    expect((await piece(bob, fileId, 2, text('cd'))).body.code).toBe('not_found');
    expect((await get(bob, fileId)).status).toBe(404);
    expect((await call(bob, 'POST', `/files/${fileId}/finish`, {})).body.code).toBe('not_found');
  });
});
