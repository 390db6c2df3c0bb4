import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildProgram, confab, runConfab, type Confab } from './confab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

let dataFolder = '';
let node: Confab | null = null;
let url = '';

beforeAll(async () => {
  buildProgram();
  dataFolder = mkdtempSync(join(tmpdir(), 'confab-commands-'));
  chmodSync(dataFolder, 0o711);
  node = runConfab(['start', '--port', '0', '--data', dataFolder]);
  url = await node.url();
});
afterAll(async () => {
  node?.child.kill('SIGTERM');
  await node?.ended;
  rmSync(dataFolder, { recursive: true, force: true });
});

const run = (...args: string[]) => confab([...args, '--data', dataFolder]);
const json = (...args: string[]): unknown => JSON.parse(run(...args, '--json').out);

it('adds the first person as the owner, with a password that works', async () => {
  const made = json('user', 'add', 'ann@example.org', 'Ann Author', '--workspace', 'Acme') as Record<
    string,
    string
  >;
  expect(made).toMatchObject({ handle: 'ann.author', email: 'ann@example.org', role: 'owner', link: null });
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'ann@example.org', password: made['password'] }),
  });
  expect(response.status).toBe(200);
});

it('adds others with a link, and lists everyone', () => {
  const { out, code } = run('user', 'add', 'bob@example.org', 'Bob', '--role', 'admin', '--handle', 'bob');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^Added Bob \(@bob, admin\)\.\nLink to set the password: http:\/\/localhost:8080\/reset\/\S+\n$/,
  );
  const { out: table } = run('user', 'list');
  expect(table.split('\n')[0]).toMatch(/^ID +HANDLE +NAME +EMAIL +ROLE +DEACTIVATED +SEEN$/);
  expect(json('user', 'list')).toMatchObject([
    { handle: 'ann.author' },
    { handle: 'bob', deactivated: false },
  ]);
});

it('makes tokens that work until they are revoked', async () => {
  const made = json('token', 'add', '@bob', 'backup', '--scopes', 'read') as { id: string; secret: string };
  const ask = () => fetch(`${url}/api/v1/rooms`, { headers: { authorization: `Bearer ${made.secret}` } });
  expect((await ask()).status).toBe(200);
  expect(json('token', 'list', 'bob@example.org')).toMatchObject([
    { id: made.id, name: 'backup', scopes: 'read' },
  ]);
  expect(run('token', 'revoke', 'bob', made.id)).toMatchObject({
    code: 0,
    out: `Revoked token ${made.id}.\n`,
  });
  expect((await ask()).status).toBe(401);
  expect(run('token', 'revoke', 'bob', made.id)).toMatchObject({ code: 1, out: '' });
});

it('resets a password, and deactivates whoever is not the last owner', () => {
  expect(run('user', 'reset-password', 'bob').out).toMatch(
    /^Link for @bob to set a new password: http\S+\n$/,
  );
  expect(run('user', 'deactivate', 'bob')).toMatchObject({ code: 0, out: 'Deactivated @bob.\n' });
  expect(json('user', 'list')).toMatchObject([
    { handle: 'ann.author' },
    { handle: 'bob', deactivated: true },
  ]);
  const last = run('user', 'deactivate', 'ann@example.org');
  expect(last).toMatchObject({ code: 1, out: '' });
  expect(last.err).toHaveLength(1);
});

it('lists rooms', () => {
  expect(json('room', 'list')).toMatchObject([{ name: 'general' }, { name: 'random' }]);
});

it.each([
  [['user', 'deactivate', 'nobody'], 'Nobody here is called nobody: "confab user list" shows who there is.'],
  [['user', 'add', 'bob@example.org', 'Bob'], 'That is already taken (field email).'],
])('confab %s: one sentence', (args, sentence) => {
  expect(run(...args)).toEqual({ code: 1, out: '', err: [sentence] });
});

interface Row {
  ids: string[];
  title: string;
  status: string;
  found: string;
  mend: string | null;
}

it('examines what it runs on', () => {
  const rows = json('doctor', '--port', new URL(url).port) as Row[];
  const passed = [
    'settings',
    'data folder',
    'disk',
    'schema',
    'port',
    'address',
    'page',
    'clock and database',
  ];
  const statuses = Object.fromEntries(rows.map(({ title, status }) => [title, status]));
  expect(statuses).toMatchObject(Object.fromEntries(passed.map((title) => [title, 'pass'])));
  expect(rows.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(rows.find(({ title }) => title === 'port')?.found).toContain('taken by Confab');
  expect(rows.find(({ title }) => title === 'Postgres')?.found).toMatch(
    /embedded, run by "confab start", \d+/,
  );
});

it('finds what is wrong', () => {
  const args = ['doctor', '--data', '/dev/null/x', '--host', '192.0.2.1'];
  const { code, out } = confab([...args, '--json'], { env: { CONFAB_PROT: '1' } });
  expect(code).toBe(1);
  const rows = JSON.parse(out) as Row[];
  const statuses = Object.fromEntries(rows.map(({ title, status }) => [title, status]));
  expect(statuses).toMatchObject({ settings: 'warn', 'data folder': 'fail', port: 'fail', address: 'warn' });
  for (const { status, mend } of rows) expect(mend === null).toBe(status === 'pass' || status === 'skipped');
  expect(confab(args).out).toMatch(/fail +TOP-1 +data folder: .*\n +→ Give this user the folder/);
});

it('cannot examine under wrong settings', () => {
  expect(confab(['doctor'], { env: { CONFAB_PORT: 'eighty' } })).toMatchObject({ code: 2, out: '' });
  expect(confab(['doctor', '--ca', '/nowhere.pem'])).toMatchObject({
    code: 2,
    err: ['The certificates of --ca cannot be read: /nowhere.pem (ENOENT).'],
  });
});

it('examines one area', () => {
  const rows = json('doctor', '--area', 'Files,network') as Row[];
  expect(rows.map(({ ids }) => ids[0])).toEqual([
    'FS-1',
    'FS-2',
    'FS-1',
    'FS-1',
    undefined,
    undefined,
    'NET-1',
    'OPT-1',
    'OPT-1',
  ]);
  expect(confab(['doctor', '--area', 'cellar'])).toMatchObject({ code: 2, out: '' });
});

it('lists what it looks at, and what is left to people', () => {
  const listed = json('doctor', '--list') as { ids: string[]; title: string; manual: string | null }[];
  expect(listed).toContainEqual(expect.objectContaining({ ids: ['PG-2'], title: 'encoding', manual: null }));
  const byPeople = listed.filter(({ manual }) => manual !== null);
  expect(byPeople.map(({ ids }) => ids.join())).toContain('LB-7');
});

it('says its version', () => {
  expect(confab(['version']).out).toMatch(/^Confab \d+\.\d+\.\d+ on Node \d+/);
});
