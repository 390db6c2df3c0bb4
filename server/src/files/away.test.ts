/** A file store that is away takes uploads and downloads with it, and nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, seedRoom } from '../../../tests/support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';
import { Fault } from '../platform/fault.ts';
import { createMemoryObjects, type Objects } from '../platform/objects/index.ts';

let db: TestDatabase;
let app: App;
let origin: string;
let token: string;
let roomId: string;
let isAway = false;

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createApp({ ...testPlatform(db.database), objects: sometimesAway() }, testSettings);
  origin = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  const [alice] = await seedPeople(db.database, 1);
  if (!alice) throw new Error('nobody');
  ({ token } = alice);
  roomId = await seedRoom(db.database, [alice], { kind: 'private' });
}, 60_000);

afterAll(async () => {
  await app.close();
  await db.close();
});

function sometimesAway(): Objects {
  const kept = createMemoryObjects();
  const orFail = <Result>(work: () => Promise<Result>): Promise<Result> =>
    isAway ? Promise.reject(new Fault('gone', { part: 'files', retryable: true })) : work();
  return {
    put: (...all) => orFail(() => kept.put(...all)),
    read: (...all) => orFail(() => kept.read(...all)),
    delete: (key) => orFail(() => kept.delete(key)),
  };
}

async function ask(method: string, path: string, body?: object | string): Promise<Record<string, unknown>> {
  const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

it('refuses for the time being, and goes on where it stopped', { timeout: 60_000 }, async () => {
  const input = { clientId: 'away-file-1', name: 'a.txt', size: 10 };
  const fileId = String((await ask('POST', `/rooms/${roomId}/files`, input))['fileId']);
  expect(await ask('PATCH', `/files/${fileId}/content?offset=0`, 'hello')).toEqual({ offset: 5 });
  isAway = true;
  const refused = { code: 'unavailable', data: { part: 'files' } };
  expect(await ask('PATCH', `/files/${fileId}/content?offset=5`, 'world')).toMatchObject(refused);
  const message = { clientId: 'away-message-1', text: 'still here' };
  expect(await ask('POST', `/rooms/${roomId}/messages`, message)).toHaveProperty('messageId');
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  isAway = false;
  expect(await ask('PATCH', `/files/${fileId}/content?offset=5`, 'world')).toEqual({ offset: 10 });
  isAway = true;
  expect(await ask('POST', `/files/${fileId}/finish`, {})).toMatchObject(refused);
  isAway = false;
  expect(await ask('POST', `/files/${fileId}/finish`, {})).toMatchObject({ file: { id: fileId, size: 10 } });
  isAway = true;
  expect(await ask('GET', `/files/${fileId}/content/a.txt`)).toMatchObject(refused);
});
