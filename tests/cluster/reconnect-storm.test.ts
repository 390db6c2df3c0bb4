/** Hundreds come at once to a node with ten connections to its database, as when another node has died. */
import { createApp } from '@confab/server/app';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createPool } from '@confab/server/platform/postgres/index';
import { afterAll, expect, it } from 'vitest';
import { createDevice } from '../conversations/device.ts';
import { openMemberSocket, type MemberSocket } from '../../bench/src/member-socket.ts';
import { testPlatform, testSettings } from '../support/platform.ts';
import { seedPeople, seedRoom } from '../support/seed.ts';
import { createTestDatabase } from '../support/test-database.ts';

const newcomers = 400;
const roomsEach = 5;
const { database: seeding, address, close } = await createTestDatabase();
const log = createMemoryLog();
const database = createPool({ address, log, connectionsMax: 10 });
const app = await createApp({ ...testPlatform(database), log }, testSettings);
const port = await app.listen({ host: '127.0.0.1', port: 0 });
const sockets: MemberSocket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await app.close();
  await database.close();
  await close();
});

it(
  'all are let in without an error, and who is in already goes on writing',
  { timeout: 120_000 },
  async () => {
    const people = await seedPeople(seeding, newcomers);
    const [writer] = await seedPeople(seeding, 1);
    if (writer === undefined) throw new Error('there is one');
    const rooms: string[] = [];
    for (let n = 0; n < roomsEach; n += 1) rooms.push(await seedRoom(seeding, [writer, ...people]));
    const device = await createDevice({ address: () => `http://127.0.0.1:${port}`, token: writer.token });
    await device.client.ready();

    const frames = { welcome: 0, badges: 0, watching: 0, goodbye: 0 };
    const count = (text: string): void => {
      // What is no JSON is the end of a socket.
      const [, t = 'goodbye'] = /^\{"t":"(\w+)"/.exec(text) ?? [];
      if (t in frames) frames[t as keyof typeof frames] += 1;
    };
    const arrive = async (token: string): Promise<void> => {
      const socket = await openMemberSocket(
        { port, path: '/api/v1/socket' },
        { onEvents() {}, onText: count },
      );
      sockets.push(socket);
      const follow = { epoch: 1, workspace: 0, user: 0, since: 0 };
      const watch = rooms.slice(0, 2).map((roomId) => ({ roomId, epoch: 1, after: 0 }));
      socket.sendText(JSON.stringify({ t: 'hello', level: 1, client: 'test', token, follow, watch }));
    };

    let writing = true;
    const waits: number[] = [];
    const write = async (): Promise<void> => {
      while (writing) {
        const at = performance.now();
        await device.client.send(rooms[4] ?? '', { text: 'still here' }).result();
        waits.push(performance.now() - at);
      }
    };
    const written = write();
    const startedAt = performance.now();
    await Promise.all(people.map(({ token }) => arrive(token)));
    await expect
      .poll(() => [frames.goodbye, frames.welcome, frames.watching], { timeout: 60_000, interval: 20 })
      .toEqual([0, newcomers, 2 * newcomers]);
    const tookMs = performance.now() - startedAt;
    writing = false;
    await written;
    await device.close();

    expect(frames.badges).toBeGreaterThanOrEqual(newcomers);
    expect(log.lines.filter(({ level }) => level !== 'info' && level !== 'debug')).toEqual([]);
    // In line with the newcomers, where each message waits for many of them, 19 were sent; 428 beside the line.
    const median = waits.toSorted((one, other) => one - other)[Math.floor(waits.length / 2)] ?? 0;
    expect(median, `of ${waits.length}, while all came in ${Math.round(tookMs)} ms`).toBeLessThan(
      tookMs / 40,
    );
  },
);
