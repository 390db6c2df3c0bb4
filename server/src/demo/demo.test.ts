import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { createNode } from '../app.ts';
import { sql } from '../kit/sql.ts';
import { startDemo } from '../start-demo.ts';
import { asideTalk } from './aside-talk.ts';
import { demoConversations } from './conversations.ts';
import { demoPeople, demoRooms } from './people.ts';
import { readLine } from './story-lines.ts';
import { workTalk } from './work-talk.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

function membersOf(room: string): readonly string[] {
  if (room.startsWith('@')) return room.slice(1).split(',');
  return demoRooms.find(({ name }) => name === room)?.people ?? [];
}

test('whoever speaks or reacts in a room is in it, and may', () => {
  const exchanges = Object.entries({ ...workTalk, ...asideTalk }).flatMap(([room, texts]) =>
    texts.map((text) => ({ room, lines: text.split('\n') })),
  );
  const handles = demoPeople.map(({ handle }) => handle);
  for (const { room, lines } of [...demoConversations, ...exchanges]) {
    const { posting, moderators = [] } = demoRooms.find(({ name }) => name === room) ?? {};
    for (const text of lines) {
      const line = readLine(text);
      const concerned = line.kind === 'react' ? line.handles : [line.handle];
      for (const handle of concerned) expect(membersOf(room), `${room}: ${text}`).toContain(handle);
      for (const handle of concerned) expect(handles).toContain(handle);
      if (line.kind === 'say' && posting === 'moderators')
        expect(['ada', ...moderators], text).toContain(line.handle);
    }
  }
});

async function countMessages(): Promise<number> {
  const [row] = await db.database.rows<{ n: number }>(sql`select count(*)::int as n from messages`);
  return row?.n ?? 0;
}

test(
  'the demo fills an empty workspace once; its people talk on after every start',
  { timeout: 120_000 },
  async () => {
    const platform = testPlatform(db.database);
    const demo = await startDemo(platform, testSettings);
    demo.stop();
    const messages = await countMessages();
    expect(messages).toBeGreaterThan(500);
    expect(demo.hint).toContain('ada@');

    // Everything that they wait for happens at once.
    const clock: typeof platform.clock = {
      ...platform.clock,
      after: (_, callback) => platform.clock.after(0, callback),
    };
    const again = await startDemo({ ...platform, clock }, testSettings);
    expect(again.hint).toContain('ada@');
    expect(await countMessages()).toBe(messages);
    const node = await createNode(platform, testSettings);
    again.talkOn(node.handlers);
    await vi.waitFor(async () => expect(await countMessages()).toBeGreaterThan(messages + 3), {
      timeout: 30_000,
    });
    again.stop();
    await node.close();
  },
);

test('a workspace of somebody else is left alone', { timeout: 60_000 }, async () => {
  const other = await createTestDatabase();
  try {
    const node = await createNode(testPlatform(other.database), testSettings);
    const nobody = { address: '127.0.0.1', userAgent: 'test', startSession() {}, endSession() {} };
    await node.handlers['workspace.setUp'](nobody, {
      workspaceName: 'Acme',
      name: 'Ann',
      email: 'ann@example.org',
      password: 'correct horse battery',
    });
    const demo = await startDemo(testPlatform(other.database), testSettings);
    expect(demo.hint).toBeNull();
    demo.talkOn(node.handlers);
    demo.stop();
    await node.close();
  } finally {
    await other.close();
  }
});
