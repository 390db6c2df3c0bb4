/** One program on several cores: workers on one port, each a node of its own. */
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@confab/client/node';
import { openDoor } from '@confab/cluster/rehearse/crowd/door';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildProgram, confab, patience, runConfab, type Confab } from './confab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

let folder = '';
let running: Confab | null = null;
let url = '';

const start = (): Confab =>
  runConfab(['start', '--port', '0', '--data', folder, '--node-name', 'core', '--workers', '2']);

function workersOf({ child }: Confab): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      const isNode = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('confab.js');
      return Number(parent) === child.pid && isNode ? [Number(pid)] : [];
    } catch {
      // It ended meanwhile, or is no process.
      return [];
    }
  });
}

const nodes = (): string[] =>
  (JSON.parse(confab(['node', 'list', '--data', folder, '--json']).out) as { name: string; state: string }[])
    .filter(({ state }) => state === 'serving')
    .map(({ name }) => name);

beforeAll(async () => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'confab-workers-'));
  chmodSync(folder, 0o711);
  running = start();
  url = await running.url();
});
afterAll(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  rmSync(folder, { recursive: true, force: true });
});

it('serves with all of them, and what one takes the other tells', async () => {
  expect(nodes()).toEqual(['core-1', 'core-2']);
  const { cookie } = await openDoor(url, null).enter('workspace.setUp', {
    workspaceName: 'Acme',
    name: 'Ann',
    email: 'ann@example.org',
    password: 'correct horse battery',
  });
  const ann = openDoor(url, { cookie });
  const token = (await ann.call('token.create', { name: 'test', scopes: ['read', 'write'] })).secret;
  const clients = await Promise.all([1, 2, 3, 4].map(() => connect({ url, token })));
  const heard = clients.map((client) => {
    const texts: string[] = [];
    client.onEvent((event) => event.name === 'message.sent' && texts.push(event.data.message.text));
    return texts;
  });
  const [first] = clients;
  const [mine] = first?.state.rooms.values() ?? [];
  const roomId = mine?.room.id ?? '';
  for (const client of clients) await client.openRoom(roomId);
  await first?.send(roomId, { text: 'to every core' }).result();
  await vi.waitFor(() => expect(heard).toEqual(clients.map(() => ['to every core'])), patience);
  await Promise.all(clients.map((client) => client.stop()));
});

it('starts another when one dies, and goes on meanwhile', async () => {
  if (running === null) throw new Error('it does not run');
  const before = workersOf(running);
  expect(before).toHaveLength(2);
  process.kill(before[0] ?? 0, 'SIGKILL');
  await vi.waitFor(
    () => expect(workersOf(running as Confab).filter((pid) => !before.includes(pid))).toHaveLength(1),
    patience,
  );
  await vi.waitFor(() => expect(nodes()).toEqual(['core-1', 'core-2']), patience);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

it('ends with all of them, in order', async () => {
  if (running === null) throw new Error('it does not run');
  const workers = workersOf(running);
  running.child.kill('SIGTERM');
  expect(await running.ended, running.err()).toBe(0);
  for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

it('leaves no worker behind when it is killed', async () => {
  running = start();
  await running.url();
  const workers = workersOf(running);
  expect(workers).toHaveLength(2);
  running.child.kill('SIGKILL');
  for (const pid of workers)
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), patience);
});

it('says what it does not do, and why it cannot start', () => {
  expect(confab(['start', '--workers', '2', '--demo', '--data', folder]).err).toEqual([
    'The demo runs in one process: leave out --workers.',
  ]);
  expect(confab(['start', '--workers', '0']).err.join()).toContain('--workers should be');
});
