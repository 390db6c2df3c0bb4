/** The examples are run as a newcomer would run them, and stay short. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@confab/client/node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCluster, type Cluster } from '../support/cluster.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../support/seed.ts';

const folder = join(import.meta.dirname, '../../examples');
const children: ChildProcess[] = [];
let cluster: Cluster;
let ann: SeededPerson;
let bot: SeededPerson;

beforeAll(async () => {
  cluster = await startCluster({ nodes: 1 });
  [ann, bot] = (await seedPeople(cluster.database, 2, { handles: ['ann', 'bot'] })) as [
    SeededPerson,
    SeededPerson,
  ];
  await seedRoom(cluster.database, [ann, bot], { name: 'general' });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await cluster.close();
});

/** @returns what the example has printed so far, once it listens. */
async function run(example: string, person: SeededPerson): Promise<() => string> {
  const args = ['--import', 'tsx', join(folder, example), cluster.addressFor(0), person.token, 'general'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let printed = '';
  child.stdout.on('data', (bytes) => (printed += String(bytes)));
  await vi.waitFor(() => expect(printed).toContain('listening'), { timeout: 30_000 });
  return () => printed;
}

test('a bot echoes, and a tail prints both voices in order', { timeout: 90_000 }, async () => {
  await run('echo-bot.ts', bot);
  const printed = await run('tail-room.ts', ann);
  const client = await connect({ url: cluster.addressFor(0), token: ann.token });
  const [room] = [...client.state.rooms.values()];
  await client.send(room?.room.id ?? '', { text: 'hello' }).result();
  await vi.waitFor(() => expect(printed()).toMatch(/Ann: hello\n.*Bot: > hello\n/), { timeout: 20_000 });
  await client.stop();
});

test('examples stay under forty lines', () => {
  for (const file of readdirSync(folder)) {
    expect(readFileSync(join(folder, file), 'utf8').split('\n').length, file).toBeLessThan(40);
  }
});
