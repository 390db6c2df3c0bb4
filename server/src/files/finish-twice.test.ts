/** Two calls finish one file at once, as when the first hangs and its uploader asks again: what was finished stays. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';
import type { Caller } from '../kit/caller.ts';
import { createMemoryObjects, type Objects } from '../platform/objects/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { finishFile } from './finish-file.ts';
import { removeDue } from './index.ts';

let db: TestDatabase;
let app: App;
let origin: string;
let uploader: SeededPerson;
let roomId: string;
let made = 0;
const objects = createMemoryObjects();

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createApp({ ...testPlatform(db.database), objects }, testSettings);
  origin = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  [uploader] = (await seedPeople(db.database, 1)) as [SeededPerson];
  roomId = await seedRoom(db.database, [uploader], { kind: 'private' });
}, 60_000);

afterAll(async () => {
  await app.close();
  await db.close();
});

async function ask(method: string, path: string, body?: object | string): Promise<Response> {
  const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
  return fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${uploader.token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function uploadPieces(bytes: string): Promise<string> {
  const input = { clientId: `finish-twice-${(made += 1)}`, name: 'a.txt', size: bytes.length };
  const { fileId } = (await (await ask('POST', `/rooms/${roomId}/files`, input)).json()) as {
    fileId: string;
  };
  await ask('PATCH', `/files/${fileId}/content?offset=0`, bytes);
  return fileId;
}

/** Lets the first so many through, and holds the next one up until it is let go. */
function holdUp(after: number) {
  let count = 0;
  let letGo = (): void => {};
  let reached = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const isHeld = new Promise<void>((resolve) => (reached = resolve));
  const pass = async (): Promise<void> => {
    count += 1;
    if (count !== after + 1) return;
    reached();
    await held;
  };
  return { pass, isHeld, letGo };
}

const slowDatabase = (pass: () => Promise<void>): Database => ({
  ...db.database,
  rows: async (...all) => {
    await pass();
    return db.database.rows(...all);
  },
});

const slowObjects = (pass: () => Promise<void>): Objects => ({
  ...objects,
  read: async (...all) => {
    await pass();
    return objects.read(...all);
  },
});

function finish(fileId: string, slow: { database?: Database; objects?: Objects }) {
  const deps = {
    ...testPlatform(db.database),
    objects,
    log: { write: () => Promise.reject(new Error('nothing is told')) },
    ...testSettings,
    ...slow,
  };
  return finishFile(deps, { userId: uploader.userId } as Caller, fileId);
}

const aDayLater = (): Promise<void> =>
  removeDue({
    database: db.database,
    objects,
    clock: { ...testPlatform(db.database).clock, now: () => Date.now() + 25 * 3_600_000 },
  });

it.each([1, 2, 3])('one stands still after %i statements, and the other ends meanwhile', async (after) => {
  const bytes = `as it was, ${after}`;
  const fileId = await uploadPieces(bytes);
  const { pass, isHeld, letGo } = holdUp(after);
  const slow = finish(fileId, { database: slowDatabase(pass) });
  await isHeld;
  const quick = await (await ask('POST', `/files/${fileId}/finish`, {})).json();
  letGo();
  expect(await slow).toEqual(quick);
  await ask('POST', `/rooms/${roomId}/messages`, {
    clientId: `message-${after}`,
    text: '',
    fileIds: [fileId],
  });
  await aDayLater();
  expect(await (await ask('GET', `/files/${fileId}/content/a.txt`)).text()).toBe(bytes);
});

it('one loses the pieces that it reads, and the other ends meanwhile', async () => {
  const fileId = await uploadPieces('in the middle');
  const { pass, isHeld, letGo } = holdUp(1);
  const slow = finish(fileId, { objects: slowObjects(pass) });
  await isHeld;
  const quick = await (await ask('POST', `/files/${fileId}/finish`, {})).json();
  await ask('POST', `/rooms/${roomId}/messages`, { clientId: 'message-pieces', text: '', fileIds: [fileId] });
  await aDayLater();
  letGo();
  expect(await slow).toEqual(quick);
  expect(await (await ask('GET', `/files/${fileId}/content/a.txt`)).text()).toBe('in the middle');
});
