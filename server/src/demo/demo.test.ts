import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { startDemo } from '../start-demo.ts';
import { sql } from '../kit/sql.ts';
import { demoConversations, demoRemarks } from './conversations.ts';
import { demoPeople, demoRooms } from './people.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

test('whoever speaks or reacts in a room is in it', () => {
  const handles = new Set(demoPeople.map(({ handle }) => handle));
  for (const { room, lines } of demoConversations) {
    const people = demoRooms.find(({ name }) => name === room)?.people ?? [];
    for (const line of lines) {
      const concerned = line.startsWith('+ ')
        ? line.split(' ').slice(2)
        : [line.replace(/^> /, '').split(': ')[0] ?? ''];
      for (const handle of concerned) expect(people, `${handle} in #${room}: ${line}`).toContain(handle);
      for (const handle of concerned) expect(handles).toContain(handle);
    }
  }
  for (const room of Object.keys(demoRemarks)) expect(demoRooms.map(({ name }) => name)).toContain(room);
});

test(
  'the demo fills an empty workspace once, and leaves a full one alone',
  { timeout: 120_000 },
  async () => {
    const count = async (): Promise<number> => {
      const [row] = await db.database.rows<{ n: number }>(sql`select count(*)::int as n from messages`);
      return row?.n ?? 0;
    };
    const demo = await startDemo(testPlatform(db.database), testSettings);
    demo.stop();
    const messages = await count();
    expect(messages).toBeGreaterThan(500);
    expect(demo.hint).toContain('ada@');
    await startDemo(testPlatform(db.database), testSettings);
    expect(await count()).toBe(messages);
  },
);
