/** From one file store to another: everything once, compared, and again after whatever ended it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { sql } from '../kit/sql.ts';
import { systemClock } from '../platform/clock/index.ts';
import { Fault } from '../platform/fault.ts';
import { createFolderObjects, createMemoryObjects, type Objects } from '../platform/objects/index.ts';
import { moveFiles } from './index.ts';

let db: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'confab-move-files-'));
const source = createMemoryObjects();
const target = createFolderObjects({ folder: join(folder, 'new'), clock: systemClock });
const fileCount = 600;
const everything = fileCount + 3;

beforeAll(async () => {
  db = await createTestDatabase();
  for (let n = 0; n < fileCount; n += 1) {
    const bytes = Buffer.from(`file ${n}`);
    await put(source, `files/${n}`, bytes);
    await db.database.rows(sql`
      insert into contents (hash, key, size, type, thumbnail_key)
      values (${createHash('sha256').update(bytes).digest('base64url')}, ${`files/${n}`}, ${bytes.length}, 'text/plain',
        ${n === 0 ? 'thumbnails/0' : null})`);
  }
  await put(source, 'thumbnails/0', Buffer.from('small'));
  await put(source, 'pieces/9/abc', Buffer.from('a piece'));
  await db.database.rows(
    sql`insert into file_pieces (file_id, from_byte, size, key) values (9, 0, 7, 'pieces/9/abc')`,
  );
  await put(source, 'previews/1', Buffer.from('a card'));
  await db.database.rows(
    sql`insert into link_pages (id, url, url_hash, picture_key) values (1, 'x', 'x', 'previews/1')`,
  );
}, 60_000);
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const put = (objects: Objects, key: string, bytes: Buffer): Promise<void> =>
  objects.put(key, once(bytes), bytes.length);

async function textOf(objects: Objects, key: string): Promise<string | null> {
  const body = await objects.read(key);
  if (body === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const move = (to: Objects = target) =>
  moveFiles({ database: db.database, source, target: to, onObject: () => {} });

it(
  'ends where a store is away, and goes on from there; then nothing is left to do',
  { timeout: 120_000 },
  async () => {
    let left = 100;
    const failing: Objects = {
      ...target,
      put: (...all) =>
        (left -= 1) < 0
          ? Promise.reject(new Fault('away', { part: 'files', retryable: true }))
          : target.put(...all),
    };
    await expect(move(failing)).rejects.toThrow(Fault);
    const rest = { copied: everything - 100, present: 100, missing: [], damaged: [] };
    expect(await move()).toMatchObject(rest);
    expect(await move()).toEqual({ ...rest, copied: 0, present: everything, bytes: 0 });
    expect(await textOf(target, 'files/599')).toBe('file 599');
    expect(await textOf(target, 'pieces/9/abc')).toBe('a piece');
    expect(await textOf(target, 'previews/1')).toBe('a card');
  },
);

it(
  'replaces what is different there, and names what is missing or damaged here',
  { timeout: 120_000 },
  async () => {
    await put(target, 'files/1', Buffer.from('half'));
    await put(target, 'thumbnails/0', Buffer.from('other'));
    for (const [n, wrong] of [
      [2, null],
      [3, 'rotten'],
    ] as const) {
      await target.delete(`files/${n}`);
      await (wrong === null ? source.delete(`files/${n}`) : put(source, `files/${n}`, Buffer.from(wrong)));
    }
    expect(await move()).toEqual({
      ...{ copied: 2, present: everything - 4, bytes: 'file 1small'.length },
      ...{ missing: ['files/2'], damaged: ['files/3'] },
    });
    expect(await textOf(target, 'files/1')).toBe('file 1');
    expect(await textOf(target, 'files/3')).toBeNull();
  },
);
