/** Promises 1 to 3 on the real program: kill -9 in the middle of 200 sends, ten times over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@confab/client/node';
import { afterAll, expect, test } from 'vitest';
import { runConfab, type Confab } from './confab.ts';

const rounds = 10;
const sendsPerRound = 200;
const folder = mkdtempSync(join(tmpdir(), 'confab-kill-'));
let running: Confab | null = null;

afterAll(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.clone().text()).toBe(200);
  return response;
}

/** The owner's token, in a new workspace. */
async function setUp(url: string): Promise<string> {
  const owner = {
    workspaceName: 'Kill',
    name: 'Ann',
    email: 'ann@example.org',
    password: 'a long enough one',
  };
  const cookie = (await post(`${url}/api/v1/set-up`, owner)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const token = await post(`${url}/api/v1/tokens`, { name: 'test', scopes: ['read', 'write'] }, { cookie });
  return ((await token.json()) as { secret: string }).secret;
}

async function textsOf(client: Awaited<ReturnType<typeof connect>>, roomId: string): Promise<string[]> {
  const texts: string[] = [];
  for (let after = 0; ; after += 100) {
    const page = await client.call('room.history', { roomId, after, limit: 100 });
    texts.push(...page.messages.map((message) => message.text));
    if (!page.hasAfter) return texts;
  }
}

test(
  'what was acknowledged is there once and in order, however often the program is killed',
  { timeout: 400_000 },
  async () => {
    const start = [
      'start',
      '--data',
      join(folder, 'data'),
      '--port',
      String(await freePort()),
      '--sends-per-minute',
      '1000000',
    ];
    running = runConfab(start);
    const url = await running.url();
    const client = await connect({ url, token: await setUp(url) });
    const roomId =
      [...client.state.rooms.values()].find(({ room }) => room.name === 'general')?.room.id ?? '';
    const acknowledged: string[] = [];
    const sent: string[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        const server: Confab = running;
        const killAt = acknowledged.length + 1 + ((round * 37) % (sendsPerRound - 1));
        const results = Array.from({ length: sendsPerRound }, async (_, index) => {
          const text = `${round}-${index}`;
          sent.push(text);
          await client.send(roomId, { text }).result();
          acknowledged.push(text);
          if (acknowledged.length === killAt) server.child.kill('SIGKILL');
        });
        expect(await server.ended).toBe('SIGKILL');
        running = runConfab(start);
        await running.url();
        client.hint('online');
        await Promise.all(results);
      }
      expect(acknowledged).toHaveLength(rounds * sendsPerRound);
      expect(await textsOf(client, roomId)).toEqual(sent);
    } finally {
      await client.stop();
    }
  },
);
