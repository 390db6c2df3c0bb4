/** What stands in a file, from its upload over HTTP to what a search finds. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createApp, type App } from '../app.ts';
import { removeDue } from '../files/index.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryObjects } from '../platform/objects/index.ts';

let db: TestDatabase;
let app: App;
let origin: string;
let people: SeededPerson[];
let roomId: string;
const objects = createMemoryObjects();

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createApp({ ...testPlatform(db.database), objects }, testSettings);
  origin = `http://127.0.0.1:${await app.listen({ host: '127.0.0.1', port: 0 })}`;
  people = await seedPeople(db.database, 3);
  roomId = await seedRoom(db.database, people.slice(0, 2), { kind: 'private' });
}, 60_000);

afterAll(async () => {
  await app.close();
  await db.close();
});

async function ask(who: SeededPerson | undefined, method: string, path: string, body?: object | string) {
  const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${who?.token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

const find = async (who: SeededPerson | undefined, query: string): Promise<unknown> =>
  (await ask(who, 'GET', `/search/messages?query=${encodeURIComponent(query)}`))['results'];

it(
  'is found by who may read the message, with its place in the text, and gone with it',
  { timeout: 120_000 },
  async () => {
    const [alice, bob, carol] = people;
    const text = `${'tea and milk '.repeat(100)}the zebrafish swims`;
    const input = { clientId: 'file-texts-1', name: 'aquarium.txt', size: text.length };
    const fileId = String((await ask(alice, 'POST', `/rooms/${roomId}/files`, input))['fileId']);
    await ask(alice, 'PATCH', `/files/${fileId}/content?offset=0`, text);
    await ask(alice, 'POST', `/files/${fileId}/finish`, {});
    const message = { clientId: 'file-texts-2', text: 'for you', fileIds: [fileId] };
    const { messageId } = await ask(alice, 'POST', `/rooms/${roomId}/messages`, message);
    await vi.waitFor(async () => expect(await find(bob, 'zebrafish has:file')).toHaveLength(1), {
      timeout: 60_000,
      interval: 100,
    });
    expect(await find(bob, 'zebrafish')).toMatchObject([
      {
        message: { id: messageId },
        snippet: {
          text: expect.stringContaining('the zebrafish swims'),
          marks: [[expect.any(Number), expect.any(Number)]],
        },
      },
    ]);
    expect(await find(carol, 'zebrafish')).toEqual([]);
    await ask(alice, 'DELETE', `/messages/${String(messageId)}`);
    expect(await find(bob, 'zebrafish')).toEqual([]);
    await removeDue({
      database: db.database,
      objects,
      clock: { ...testPlatform(db.database).clock, now: () => Date.now() + 25 * 3_600_000 },
    });
    expect(await db.database.rows(sql`select 1 from content_texts`)).toEqual([]);
  },
);
