/** From the database that came along to one of its own, as an operator does it. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDoor } from '@confab/cluster/rehearse/crowd/door';
import { sql } from '@confab/server/kit/sql';
import { urlOf } from '@confab/server/platform/postgres/index';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../support/test-database.ts';
import { buildProgram, confab, patience, runConfab, type Confab } from './confab.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

const { database, address, close } = await createTestDatabase();
const password = 'correct horse battery';
let folder = '';
let token = '';
let roomId = '';
let fileId = '';
let running: Confab | null = null;

async function start(env: Record<string, string> = {}, ...args: string[]): Promise<string> {
  running = runConfab(['start', '--port', '0', ...args], { env });
  return running.url();
}

async function stop(): Promise<void> {
  running?.child.kill('SIGTERM');
  await running?.ended;
  running = null;
}

async function say(url: string, text: string, clientId: string): Promise<void> {
  await openDoor(url, { token }).call('message.send', { roomId, text, clientId });
}

const texts = async (url: string): Promise<string[]> => {
  const { messages } = await openDoor(url, { token }).call('room.history', { roomId });
  return messages.map(({ text }) => text);
};

async function upload(url: string, text: string): Promise<string> {
  const door = openDoor(url, { token });
  const begun = await door.call('file.begin', {
    roomId,
    clientId: 'moved-file',
    name: 'a.txt',
    size: text.length,
  });
  await fetch(`${url}/api/v1/files/${begun.fileId}/content?offset=0`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: text,
  });
  await door.call('file.finish', { fileId: begun.fileId });
  return begun.fileId;
}

function moveFiles(to: string) {
  return confab(['move', '--files', '--data', folder, '--to', to, '--json']);
}

function move(to = urlOf(address)) {
  const file = join(folder, 'target');
  writeFileSync(file, `${to}\n`);
  return confab(['move', '--data', folder, '--to', file, '--json']);
}

beforeAll(async () => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'confab-move-'));
  chmodSync(folder, 0o711);
  const url = await start({}, '--data', folder);
  const { cookie } = await openDoor(url, null).enter('workspace.setUp', {
    workspaceName: 'Acme',
    name: 'Ann',
    email: 'ann@example.org',
    password,
  });
  const ann = openDoor(url, { cookie });
  token = (await ann.call('token.create', { name: 'mover', scopes: ['read', 'write'] })).secret;
  roomId = (await ann.call('room.create', { clientId: 'first-room', kind: 'public', name: 'lounge' })).room
    .room.id;
  for (const text of ['one', 'two \\N \t and a tab', 'drei ü 三'])
    await say(url, text, `client-${text.slice(0, 3)}-id`);
  fileId = await upload(url, 'bytes of a file');
});
afterAll(async () => {
  await stop();
  await close();
  rmSync(folder, { recursive: true, force: true });
});

it('refuses while the folder is in use, and what is no place to move to', async () => {
  expect(move()).toMatchObject({ code: 1, out: '' });
  await stop();
  expect(confab(['move', '--data', folder, '--to', join(folder, 'nothing')]).err.join()).toContain(
    'cannot be read',
  );
  expect(move('https://example.org').err.join()).toContain('should hold a URL like postgres://');
  expect(confab(['move', '--data', join(folder, 'no'), '--to', urlOf(address)]).err.join()).toContain(
    'There is no embedded database',
  );
});

it('copies files to another place, and again', () => {
  expect(moveFiles('postgres://localhost/x').err.join()).toContain('--to should be the path of a folder');
  expect(moveFiles(join(folder, 'files')).err.join()).toContain('are kept there already');
  const first = moveFiles(join(folder, 'elsewhere'));
  expect(first).toMatchObject({ code: 0 });
  expect(JSON.parse(first.out)).toMatchObject({ copied: 1, present: 0, bytes: 15, missing: [], damaged: [] });
  expect(JSON.parse(moveFiles(join(folder, 'elsewhere')).out)).toMatchObject({ copied: 0, present: 1 });
  rmSync(join(folder, 'files'), { recursive: true });
  const lost = moveFiles(join(folder, 'third'));
  expect(lost.code).toBe(1);
  expect(lost.err.join()).toContain(
    `1 objects are missing and 0 differ from what the database knows: files/${fileId}-`,
  );
});

it('moves nothing when what arrives is not the same', async () => {
  await database.rows(sql`
    create function spoil() returns trigger language plpgsql as $$
      begin new.text := new.text || '!'; return new; end $$`);
  await database.rows(
    sql`create trigger spoil before insert on messages for each row execute function spoil()`,
  );
  const { code, err } = move();
  expect(err.join()).toContain('are not the same: nothing was moved');
  expect(code).toBe(1);
  const [left] = await database.rows<{ count: number }>(sql`select count(*)::int as count from users`);
  expect(left).toEqual({ count: 0 });
  await database.rows(sql`drop trigger spoil on messages`);
});

it('brings everything, again when it is asked again, and the source is as it was', async () => {
  expect(move()).toMatchObject({ code: 0 });
  const again = move();
  expect(JSON.parse(again.out)).toMatchObject({
    tables: expect.arrayContaining([
      { table: 'users', rows: 1 },
      { table: 'messages', rows: 3 },
    ]),
  });
  const url = await start({}, '--data', folder);
  expect(await texts(url)).toEqual(['one', 'two \\N \t and a tab', 'drei ü 三']);
  await stop();
});

it('goes on in the new place: passwords, tokens, numbers and readers', async () => {
  const counted = async (): Promise<number> => {
    const [row] = await database.rows<{ sum: number }>(sql`
      select coalesce(sum(messages), 0)::int as sum from daily_messages`);
    return row?.sum ?? 0;
  };
  const url = await start({ DATABASE_URL: urlOf(address), CONFAB_FILES: join(folder, 'elsewhere') });
  const headers = { authorization: `Bearer ${token}` };
  const file = await fetch(`${url}/api/v1/files/${fileId}/content/a.txt`, { headers });
  expect(await file.text()).toBe('bytes of a file');
  const { output } = await openDoor(url, null).enter('session.signIn', {
    email: 'ann@example.org',
    password,
  });
  expect(output.user.name).toBe('Ann');
  await say(url, 'four', 'client-four-id');
  expect((await texts(url)).slice(-2)).toEqual(['drei ü 三', 'four']);
  // A reader counts each message once, wherever the database was when it did.
  await vi.waitFor(async () => expect(await counted()).toBe(4), patience);
  await vi.waitFor(async () => {
    const [lag] = await database.rows<{ behind: number }>(sql`
      select count(*)::int as behind from events e, readers r
      where (e.tx, e.stream_id, e.seq) > (r.tx, r.stream_id, r.seq)`);
    expect(lag).toEqual({ behind: 0 });
  }, patience);
  await stop();
});

it('refuses a database that people have used since', () => {
  const { code, err } = move();
  expect(code).toBe(1);
  expect(err.join()).toContain('has been used since');
});
