/** Files that came before a program was there, or before we could read them, get their picture and text later. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { callerFor } from '../../../tests/support/small-world.ts';
import { smallPdf } from '../../../tests/support/small-pdf.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { uploadFile } from '../../../tests/support/upload-file.ts';
import { createNode, type Node } from '../app.ts';
import { sql } from '../kit/sql.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { Fault } from '../platform/fault.ts';
import { createMemoryObjects, type Objects } from '../platform/objects/index.ts';
import type { Tools } from '../platform/tools/index.ts';
import { lookAgain } from './look-again.ts';

let db: TestDatabase;
let node: Node;
let [alice, bob] = [] as unknown as [SeededPerson, SeededPerson];
let roomId: string;
const clock = createManualClock();
const kept = createMemoryObjects();
let isAway = false;
const objects: Objects = {
  ...kept,
  read: (...all) =>
    isAway ? Promise.reject(new Fault('gone', { part: 'files', retryable: true })) : kept.read(...all),
};
/** Kinds whose programs have been installed by now. */
let installed: readonly string[] = [];
let drawn: string[] = [];
const tools: Tools = {
  types: () => installed,
  async pictureOf({ type }) {
    if (!installed.includes(type)) return null;
    drawn.push(type);
    return sharp({ create: { width: 60, height: 80, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
  },
  textOf: ({ type }) =>
    Promise.resolve(installed.includes(type) && type === 'application/pdf' ? 'a zebrafish swims' : null),
};
const deps = () => ({
  database: db.database,
  clock,
  objects,
  images: testPlatform(db.database).images,
  random: testPlatform(db.database).random,
  tools,
});

beforeAll(async () => {
  db = await createTestDatabase();
  [alice, bob] = (await seedPeople(db.database, 2)) as [SeededPerson, SeededPerson];
  roomId = await seedRoom(db.database, [alice, bob], { kind: 'private' });
  node = await createNode({ ...testPlatform(db.database), clock, objects, tools }, testSettings);
}, 60_000);

afterAll(async () => {
  await node.close();
  await db.close();
});

let made = 0;
async function sent(name: string, bytes: Uint8Array): Promise<{ messageId: string; fileId: string }> {
  const caller = callerFor(alice.userId);
  const { id: fileId } = await uploadFile(node, caller, { roomId, name, bytes });
  const message = { roomId, clientId: `look-again-${(made += 1)}`, text: '', fileIds: [fileId] };
  return { messageId: (await node.handlers['message.send'](caller, message)).messageId, fileId };
}

const fileOf = async (messageId: string) =>
  (await node.handlers['message.get'](callerFor(bob.userId), { messageId })).message.files?.[0];

const soon = <Result>(look: () => Promise<Result>): Promise<Result> =>
  vi.waitFor(
    () => {
      clock.elapse(5_000);
      return look();
    },
    { timeout: 60_000, interval: 50 },
  );

const find = async (query: string) =>
  (await node.handlers['search.messages'](callerFor(bob.userId), { query })).results;

it(
  'draws and reads once the program is there, tells the message, and search finds it',
  { timeout: 120_000 },
  async () => {
    const { messageId, fileId } = await sent('report.pdf', smallPdf(['Quarterly report']));
    expect(await fileOf(messageId)).toMatchObject({ type: 'application/pdf', hasThumbnail: false });
    clock.elapse(120_000);
    expect(await lookAgain(deps())).toBe(false);
    installed = ['application/pdf'];
    await soon(async () =>
      expect(await fileOf(messageId)).toMatchObject({ hasThumbnail: true, width: 60, height: 80 }),
    );
    const opened = await node.files.openThumbnail(callerFor(bob.userId), fileId);
    for await (const bytes of await opened.read()) expect(bytes.length).toBeGreaterThan(0);
    await soon(async () => {
      const told = await db.database.rows(sql`
      select data from events where name = 'file.changed' and data->>'messageId' = ${messageId}`);
      expect(told).toContainEqual({
        data: { messageId, file: { id: fileId, width: 60, height: 80, hasThumbnail: true } },
      });
      expect(await find('zebrafish')).toHaveLength(1);
    });
    // The picture is referred to now, and stays.
    expect(
      await db.database.rows(sql`select 1 from doomed_objects where key like 'thumbnails/again-%'`),
    ).toEqual([]);
    expect(await lookAgain(deps())).toBe(false);
  },
);

it('looks at none twice that has nothing to show, and tells nobody', { timeout: 120_000 }, async () => {
  installed = [];
  const { messageId } = await sent('blank.pdf', smallPdf(['Blank']));
  const blind: Tools = {
    types: () => ['application/pdf'],
    pictureOf: () => Promise.resolve(null),
    textOf: () => Promise.resolve(null),
  };
  clock.elapse(1_000);
  expect(await lookAgain({ ...deps(), tools: blind })).toBe(true);
  expect(await lookAgain({ ...deps(), tools: blind })).toBe(false);
  expect(await fileOf(messageId)).toMatchObject({ hasThumbnail: false });
  expect(
    await db.database.rows(sql`
      select 1 from events where name = 'file.changed' and data->>'messageId' = ${messageId}`),
  ).toEqual([]);
});

it('reads texts from before there was a place for them', { timeout: 120_000 }, async () => {
  const { messageId } = await sent('letter.txt', Buffer.from('the ocelot sleeps'));
  await soon(async () => expect(await find('ocelot')).toHaveLength(1));
  // As an earlier version left it.
  await db.database.rows(sql`delete from content_texts where text like '%ocelot%'`);
  await db.database.rows(sql`
    update contents set look_due_at = 'epoch' where hash = (
      select content_hash from files f join attachments a on a.file_id = f.id where a.message_id = ${messageId})`);
  await soon(async () =>
    expect(await db.database.rows(sql`select 1 from content_texts where text like '%ocelot%'`)).toHaveLength(
      1,
    ),
  );
});

it('waits for a store that is away, and for a node that died over it', { timeout: 120_000 }, async () => {
  installed = [];
  const { messageId } = await sent('later.pdf', smallPdf(['Later']));
  clock.elapse(1_000);
  const by = { ...deps(), tools: { ...tools, types: () => ['application/pdf'] } };
  isAway = true;
  const reading: Tools = {
    ...by.tools,
    async pictureOf({ read }) {
      for await (const _ of read()) break;
      return null;
    },
  };
  await expect(lookAgain({ ...by, tools: reading })).rejects.toMatchObject({ part: 'files' });
  isAway = false;
  expect(await lookAgain(by)).toBe(false);
  await db.database.rows(sql`
    update contents set look_due_at = ${new Date(clock.now() + 600_000)} where look_due_at > 'epoch'`);
  installed = ['application/pdf'];
  clock.elapse(601_000);
  await soon(async () => expect(await fileOf(messageId)).toMatchObject({ hasThumbnail: true }));
});

it('is done by one of many nodes, one file at a time', { timeout: 120_000 }, async () => {
  installed = [];
  await Promise.all([1, 2, 3].map((n) => sent(`film ${n}.pdf`, smallPdf([`Film ${n}`]))));
  clock.elapse(1_000);
  installed = ['application/pdf'];
  drawn = [];
  const done = await Promise.all([1, 2, 3, 4].map(() => lookAgain(deps())));
  expect(done.filter(Boolean)).toHaveLength(3);
  expect(drawn).toHaveLength(3);
});
