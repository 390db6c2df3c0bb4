/** Mail of what was missed, while the program is killed between its mail server and its database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDoor } from '@confab/cluster/rehearse/crowd/door';
import { sql } from '@confab/server/kit/sql';
import { urlOf } from '@confab/server/platform/postgres/index';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startMailServer, type MailServerForTests } from '../support/mail-server.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { buildProgram, patience, runConfab, type Confab } from './confab.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 300_000 });

const { database, address, close } = await createTestDatabase();
let folder = '';
let post: MailServerForTests;
let running: Confab | null = null;
/** Where the mail server stands still, and lets nobody go on. */
let heldAt: 'recipient' | 'answer' | null = null;
let held = 0;

async function start(): Promise<string> {
  running = runConfab(['start', '--port', '0', '--data', folder], {
    env: {
      DATABASE_URL: urlOf(address),
      CONFAB_URL: 'http://chat.example.org',
      CONFAB_SMTP_URL: `smtp://localhost:${post.port}`,
      CONFAB_MAIL_FROM: 'chat@example.org',
      // The mail server's certificate is its own.
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    },
  });
  return running.url();
}

async function kill(): Promise<void> {
  running?.child.kill('SIGKILL');
  await running?.ended;
  running = null;
}

/** As if so much time had passed as there has to. */
async function passAnHour(): Promise<void> {
  await vi.waitFor(async () => {
    const rows = await database.rows(sql`
      update notifications set at = at - interval '1 hour', mail_due_at = now() - interval '1 second'
      where mail_due_at is not null returning id`);
    expect(rows).toHaveLength(1);
  }, patience);
}
/** Whoever held it is taken for dead. */
const endClaims = () => database.rows(sql`update mails set due_at = now() where due_at is not null`);
const outcomes = () => database.rows<{ outcome: string | null }>(sql`select outcome from mails order by id`);

beforeAll(async () => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'confab-missed-'));
  post = await startMailServer({
    hold(at) {
      if (at !== heldAt) return Promise.resolve();
      held += 1;
      return new Promise(() => undefined);
    },
  });
});
afterAll(async () => {
  await kill();
  await post.close();
  await close();
  rmSync(folder, { recursive: true, force: true });
});

it('is forgotten by no death, and sent again only where nobody can know that it was taken', async () => {
  const url = await start();
  const { cookie } = await openDoor(url, null).enter('workspace.setUp', {
    workspaceName: 'Acme',
    name: 'Ann',
    email: 'ann@example.org',
    password: 'correct horse battery',
  });
  const ann = openDoor(url, { cookie });
  const bob = await ann.call('user.create', { email: 'bob@example.org', name: 'Bob' });
  const { room } = await ann.call('room.openDirect', { userIds: [bob.user.id] });
  const { secret: token } = await ann.call('token.create', { name: 'test', scopes: ['read', 'write'] });
  const say = (at: string, text: string, clientId: string) =>
    openDoor(at, { token }).call('message.send', { roomId: room.room.id, text, clientId });
  await say(url, 'before the first death', 'missed-0001');

  // It dies before the mail server has taken anything.
  heldAt = 'recipient';
  await passAnHour();
  await vi.waitFor(() => expect(held).toBe(1), patience);
  await kill();
  expect(post.arrived).toEqual([]);
  expect(await outcomes()).toEqual([{ outcome: null }]);
  heldAt = null;
  await endClaims();
  const second = await start();
  await vi.waitFor(async () => expect(await outcomes()).toEqual([{ outcome: 'sent' }]), patience);
  expect(post.arrived.map(({ to }) => to)).toEqual([['bob@example.org']]);
  expect(post.arrived[0]?.raw).toContain('before the first death');

  // It dies when the mail server has taken it and has not said so yet: the one case in which it comes twice, as one to mail programs.
  heldAt = 'answer';
  await say(second, 'before the second death', 'missed-0002');
  await passAnHour();
  await vi.waitFor(() => expect(held).toBe(2), patience);
  await kill();
  heldAt = null;
  await endClaims();
  await start();
  await vi.waitFor(
    async () => expect(await outcomes()).toEqual([{ outcome: 'sent' }, { outcome: 'sent' }]),
    patience,
  );
  expect(post.arrived).toHaveLength(3);
  const [first, taken, again] = post.arrived.map((mail) => mail.header('message-id'));
  expect(again).toBe(taken);
  expect(taken).not.toBe(first);
  const rows = await database.rows(
    sql`select 1 from notifications where outcome = 'mailed' and mail_id is not null`,
  );
  expect(rows).toHaveLength(2);
});
