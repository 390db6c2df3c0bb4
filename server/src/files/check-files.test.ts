/** Files of a node with a virus scanner: nobody gets a byte before its answer, whatever that is, and whenever it comes. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Message, Output } from '@confab/protocol';
import { eicar } from '../../../tests/support/clamd.ts';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../../../tests/support/seed.ts';
import { callerFor } from '../../../tests/support/small-world.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { uploadFile } from '../../../tests/support/upload-file.ts';
import { createNode, type Node } from '../app.ts';
import { sql } from '../kit/sql.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryObjects } from '../platform/objects/index.ts';
import { createMemoryScanner, type Verdict } from '../platform/scanner/index.ts';

let db: TestDatabase;
let node: Node;
/** The same installation, after somebody has turned the scanner off. */
let unguarded: Node;
let [alice, bob] = [] as unknown as [SeededPerson, SeededPerson];
let roomId: string;
const clock = createManualClock();
const objects = createMemoryObjects();
const isKept = (fileId: string): boolean => objects.keys().some((key) => key.startsWith(`files/${fileId}-`));
let isAway = false;
let asked: string[] = [];
const largest = 100_000;

function answer(bytes: Buffer): Verdict | null {
  if (isAway) return null;
  asked.push(bytes.toString('latin1', 0, 40));
  if (bytes.length > largest) return { kind: 'too_large' };
  return bytes.includes(eicar) ? { kind: 'infected', finding: 'Eicar-Test-Signature' } : { kind: 'clean' };
}

beforeAll(async () => {
  db = await createTestDatabase();
  [alice, bob] = (await seedPeople(db.database, 2)) as [SeededPerson, SeededPerson];
  roomId = await seedRoom(db.database, [alice, bob], { kind: 'private' });
  const platform = { ...testPlatform(db.database), clock, objects };
  node = await createNode({ ...platform, scanner: createMemoryScanner(answer) }, testSettings);
}, 60_000);

afterAll(async () => {
  await node.close();
  await unguarded?.close();
  await db.close();
});

let made = 0;
const fresh = (): string => `check-test-${(made += 1)}`;
const as = (who: SeededPerson) => callerFor(who.userId);

const upload = (bytes: Uint8Array, on = node, name = 'notes.txt') =>
  uploadFile(on, as(alice), { roomId, name, bytes });

async function send(fileId: string): Promise<string> {
  const message = { roomId, clientId: fresh(), text: '', fileIds: [fileId] };
  return (await node.handlers['message.send'](as(alice), message)).messageId;
}

const read = async (messageId: string): Promise<NonNullable<Message['files']>[number] | undefined> =>
  (await node.handlers['message.get'](as(bob), { messageId })).message.files?.[0];

const info = async (fileId: string) => (await node.handlers['file.get'](as(alice), { fileId })).file;

async function bytesOf(fileId: string): Promise<Buffer> {
  const file = await node.files.open(as(alice), fileId);
  const pieces: Uint8Array[] = [];
  for await (const piece of await file.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What its chores do is done at once with nothing to wait for but the database. */
const soon = <Result>(look: () => Promise<Result>): Promise<Result> =>
  vi.waitFor(
    () => {
      clock.elapse(1_000);
      return look();
    },
    { timeout: 60_000, interval: 50 },
  );

async function eventsOf(name: string): Promise<Record<string, unknown>[]> {
  const rows = await db.database.rows<{ data: Record<string, unknown> }>(
    sql`select data from events where name = ${name} order by stream_id, seq`,
  );
  return rows.map(({ data }) => data);
}

describe('a file', { timeout: 120_000 }, () => {
  it('is not served before it was looked through, and its message is told when it was', async () => {
    isAway = true;
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const file = await upload(picture, node, 'red.png');
    expect(file).toMatchObject({ check: 'waiting', width: 40, height: 30, hasThumbnail: true });
    const messageId = await send(file.id);
    expect(await read(messageId)).toEqual(file);
    const withheld = { code: 'withheld', data: { check: 'waiting' } };
    await expect(node.files.open(as(bob), file.id)).rejects.toMatchObject(withheld);
    await expect(node.files.openThumbnail(as(bob), file.id)).rejects.toMatchObject(withheld);
    const list = await node.handlers['file.list'](as(bob), { roomId });
    expect(list.files[0]?.file).toEqual(file);
    expect(await chore('checking files')).toMatchObject({
      lastFailure: { message: 'the virus scanner does not answer' },
    });
    isAway = false;
    const { check: _, ...served } = file;
    await soon(async () => expect(await read(messageId)).toEqual(served));
    expect((await bytesOf(file.id)).equals(picture)).toBe(true);
    await node.files.openThumbnail(as(bob), file.id);
    const { roomId: _room, name: _name, type: _type, size: _size, ...change } = served;
    await soon(async () =>
      expect(await eventsOf('file.changed')).toContainEqual({ messageId, file: change }),
    );
  });

  it('in which something is found is gone: its author and its readers are told what it was', async () => {
    isAway = true;
    const file = await upload(Buffer.from(`zebrafish ${eicar}`));
    const messageId = await send(file.id);
    isAway = false;
    const found = { check: 'infected', finding: 'Eicar-Test-Signature', hasThumbnail: false };
    await soon(async () => expect(await read(messageId)).toMatchObject(found));
    await expect(node.files.open(as(alice), file.id)).rejects.toMatchObject({ code: 'withheld' });
    await soon(async () => {
      expect(await eventsOf('file.changed')).toContainEqual({ messageId, file: { id: file.id, ...found } });
      expect(await eventsOf('file.withheld')).toEqual([
        { fileId: file.id, roomId, name: 'notes.txt', check: 'infected', finding: 'Eicar-Test-Signature' },
      ]);
      // Its bytes, and what stands in them.
      expect(isKept(file.id)).toBe(false);
    });
    expect(await db.database.rows(sql`select 1 from content_texts where text like '%zebrafish%'`)).toEqual(
      [],
    );
  });

  it('that comes again after that is looked through anew: a scanner may have been wrong', async () => {
    const before = asked.length;
    const file = await upload(Buffer.from(`zebrafish ${eicar}`));
    expect(file).toMatchObject({ check: 'waiting' });
    await soon(async () => expect(await info(file.id)).toMatchObject({ check: 'infected' }));
    expect(asked.length).toBe(before + 1);
  });

  it('that is too large for the scanner is kept, not served, and asked of again much later', async () => {
    const file = await upload(Buffer.alloc(largest + 1, 'large '));
    await soon(async () => expect(await info(file.id)).toMatchObject({ check: 'too_large' }));
    await expect(bytesOf(file.id)).rejects.toMatchObject({
      code: 'withheld',
      data: { check: 'too_large' },
    });
    expect(isKept(file.id)).toBe(true);
    const before = asked.length;
    clock.elapse(6 * 3_600_000);
    await soon(async () => expect(asked.length).toBeGreaterThan(before));
  });

  it('is looked through by a node that comes after one that died over it', async () => {
    isAway = true;
    const file = await upload(Buffer.from('abandoned'));
    await db.database.rows(sql`
      update contents set scan_due_at = ${new Date(clock.now() + 30 * 60_000)}
      where hash = (select content_hash from files where id = ${file.id})`);
    isAway = false;
    clock.elapse(31 * 60_000);
    await soon(async () => expect(await info(file.id)).not.toHaveProperty('check'));
  });

  it('that was here before there was a scanner is looked through while it is served', async () => {
    const platform = { ...testPlatform(db.database), clock, objects };
    unguarded = await createNode(platform, testSettings);
    const [fine, bad] = [
      await upload(Buffer.from('from before'), unguarded),
      await upload(Buffer.from(`from before ${eicar}`), unguarded),
    ];
    expect(fine).not.toHaveProperty('check');
    expect(bad).not.toHaveProperty('check');
    const messageId = await send(bad.id);
    await soon(async () => expect(await read(messageId)).toMatchObject({ check: 'infected' }));
    await soon(async () => expect(asked).toContain('from before'));
    expect(String(await bytesOf(fine.id))).toBe('from before');
  });

  it('that waits is served once there is no scanner any more', async () => {
    isAway = true;
    const file = await upload(Buffer.from('let through'));
    expect(file).toMatchObject({ check: 'waiting' });
    clock.elapse(60_000);
    await soon(async () => expect(await info(file.id)).not.toHaveProperty('check'));
    expect(String(await bytesOf(file.id))).toBe('let through');
    isAway = false;
  });
});

async function chore(name: string): Promise<Output<'workspace.health'>['chores'][number] | undefined> {
  return soon(async () => {
    const { chores } = await node.handlers['workspace.health'](callerFor('1', 'admin'), {});
    const found = chores.find((one) => one.name === name);
    expect(found?.lastFailure).not.toBeNull();
    return found;
  });
}
