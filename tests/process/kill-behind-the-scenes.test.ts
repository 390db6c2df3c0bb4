/**
 * What a node does behind the scenes when it is killed in the middle: a push that nobody has acknowledged, a page that is
 * being read, a file that is being looked through, messages that search has not taken in. Another node goes on with each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output, PushPayload } from '@confab/protocol';
import { sql } from '@confab/server/kit/sql';
import { urlOf } from '@confab/server/platform/postgres/index';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { silence, startClamd, type ClamdForTests } from '../support/clamd.ts';
import { createPushBrowser, type PushBrowser } from '../support/push-browser.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../support/seed.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { buildProgram, patience, runConfab, type Confab } from './confab.ts';

const folder = mkdtempSync(join(tmpdir(), 'confab-kill-behind-'));
const messages = 200;
let db: TestDatabase;
let running: Confab | null = null;
let [alice, bob] = [] as unknown as [SeededPerson, SeededPerson];
let roomId = '';
let phone: PushBrowser;
let clamd: ClamdForTests;
/** Who asks is kept waiting until the first node is dead. */
let isHeld = true;
const held: string[] = [];
const pushed: { payload: PushPayload; topic: unknown }[] = [];

const outside = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const path = request.url ?? '';
    const body = Buffer.concat(parts);
    if (path === '/push') pushed.push({ payload: phone.read(body), topic: request.headers['topic'] });
    if (isHeld) held.push(path);
    else answer(path, response);
  });
});

function answer(path: string, response: ServerResponse): void {
  if (path === '/push') response.writeHead(201).end();
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>The tide today</title>');
}

beforeAll(async () => {
  buildProgram();
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  phone = createPushBrowser(`${origin()}/push`);
  clamd = await startClamd({ answer: () => (isHeld ? silence : 'stream: OK') });
  db = await createTestDatabase();
  [alice, bob] = (await seedPeople(db.database, 2, { handles: ['alice', 'bob'] })) as [
    SeededPerson,
    SeededPerson,
  ];
  roomId = await seedRoom(db.database, [alice, bob], { kind: 'private' });
}, 300_000);

afterAll(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  await clamd.close();
  outside.closeAllConnections();
  await new Promise((resolve) => outside.close(resolve));
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const origin = (): string => `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;

type Ask = (
  who: SeededPerson,
  method: string,
  path: string,
  body?: object | string,
) => Promise<Record<string, unknown>>;

/** A node on the one database. @returns how it is asked */
async function start(nodeName: string): Promise<Ask> {
  if (!('port' in clamd.address)) throw new Error('a port was asked for');
  const args = ['start', '--port', '0', '--data', folder, '--node-name', nodeName];
  const env = {
    DATABASE_URL: urlOf(db.address),
    CONFAB_PUSH: 'on',
    CONFAB_PREVIEWS: 'on',
    CONFAB_OUTBOUND_ALLOW: new URL(origin()).host,
    CONFAB_CLAMD: `127.0.0.1:${clamd.address.port}`,
    CONFAB_SENDS_PER_MINUTE: '1000000',
  };
  running = runConfab(args, { env });
  const url = await running.url();
  return async (who, method, path, body) => {
    const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${who.token}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    expect(response.status, path).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  };
}

it('is gone on with by another node, and nothing is forgotten', { timeout: 400_000 }, async () => {
  const first = await start('first');
  await first(alice, 'POST', '/me/push-devices', { endpoint: phone.endpoint, keys: phone.keys });
  const clientId = 'kill-behind-file';
  const { fileId } = await first(bob, 'POST', `/rooms/${roomId}/files`, { clientId, name: 'a.txt', size: 5 });
  await first(bob, 'PATCH', `/files/${String(fileId)}/content?offset=0`, 'hello');
  await first(bob, 'POST', `/files/${String(fileId)}/finish`, {});
  const path = `/rooms/${roomId}/messages`;
  const withFile = { clientId: 'kill-behind-first', text: 'look here, @alice', fileIds: [fileId] };
  const { messageId: told } = await first(bob, 'POST', path, withFile);
  await vi.waitFor(() => {
    expect(held).toContain('/push');
    expect(clamd.looked).toHaveLength(1);
  }, patience);
  const zebrafish = (n: number) => ({ clientId: `kill-behind-${n}`, text: `zebrafish ${n}` });
  const sends = Array.from({ length: messages }, (_, n) => first(bob, 'POST', path, zebrafish(n)));
  const withLink = { clientId: 'kill-behind-second', text: `${origin()}/page` };
  const { messageId: linked } = await first(bob, 'POST', path, withLink);
  // A page that nobody answers for is given up after ten seconds.
  await vi.waitFor(() => expect(held).toContain('/page'), patience);
  running?.child.kill('SIGKILL');
  expect(await running?.ended).toBe('SIGKILL');
  await Promise.allSettled(sends);

  isHeld = false;
  // The time of whoever claimed them is over: a minute, two, and half an hour.
  await db.database.rows(sql`update notifications set due_at = now() where due_at is not null`);
  await db.database.rows(sql`update link_pages set due_at = now() where due_at is not null`);
  await db.database.rows(sql`update contents set scan_due_at = now() where scan = 'waiting'`);
  const second = await start('second');
  // Whoever got no answer sends again.
  for (let n = 0; n < messages; n += 1) await second(bob, 'POST', path, zebrafish(n));
  await vi.waitFor(async () => {
    const ended = await db.database.rows<{ attempts: number }>(
      sql`select kind, outcome, attempts from notifications order by id`,
    );
    expect(ended).toMatchObject([{ kind: 'mention', outcome: 'sent' }]);
    expect(ended[0]?.attempts).toBeGreaterThan(1);
    const read = (id: unknown) =>
      second(alice, 'GET', `/messages/${String(id)}`) as Promise<unknown> as Promise<Output<'message.get'>>;
    const [{ message }, { message: page }] = [await read(told), await read(linked)];
    expect(page.previews).toMatchObject([{ title: 'The tide today' }]);
    expect(message.files).toMatchObject([{ name: 'a.txt' }]);
    expect(message.files?.[0]).not.toHaveProperty('check');
  }, patience);
  // Handed over again as the same: the push service keeps one.
  expect(pushed.length).toBeGreaterThan(1);
  for (const again of pushed) expect(again).toEqual(pushed[0]);

  await vi.waitFor(async () => {
    const found = new Set<string>();
    for (let cursor = ''; ;) {
      const page = (await second(
        alice,
        'GET',
        `/search/messages?query=zebrafish&limit=100${cursor}`,
      )) as Output<'search.messages'>;
      for (const { message } of page.results) found.add(message.text);
      if (page.next === null) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
    expect(found.size).toBe(messages);
  }, patience);
});
