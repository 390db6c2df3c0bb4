import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram } from '../../../tests/process/confab.ts';
import { gatherSeats } from '../cast.ts';
import { profiles } from '../profiles.ts';
import { startServer, type BenchServer } from '../servers.ts';
import { officeActions, type Actor } from './office.ts';
import { openSession, type Session } from './session.ts';

const program = join(import.meta.dirname, '../../../server/bin/confab.js');

let server: BenchServer;
let session: Session;
let actor: Actor;

beforeAll(async () => {
  buildProgram();
  server = await startServer(program);
  const seats = await gatherSeats({
    ...server,
    profile: profiles.office,
    people: 4,
    connections: 4,
    onProgress() {},
  });
  const [seat] = seats;
  if (!seat) throw new Error('nobody sits anywhere');
  const target = { port: Number(new URL(server.url).port), path: '/api/v1/socket' };
  session = await openSession(target, seat, { onDelivery() {}, onMessage() {}, onOdd() {}, onSkip() {} });
  const say: Actor['say'] = async (roomId, { threadId } = {}) => {
    const input = {
      roomId,
      clientId: crypto.randomUUID(),
      text: 'A few words',
      ...(threadId && { threadId }),
    };
    return ((await session.call('message.send', input)) as { messageId: string }).messageId;
  };
  actor = { session, random: () => 0, say, recent: new Map() };
  const roomId = seat.rooms[0] ?? '';
  actor.recent.set(roomId, { messageId: await say(roomId), ordinal: 1 });
}, 300_000);

afterAll(async () => {
  session?.close();
  await server?.close();
});

test.each(officeActions)('an office may $name', async ({ act }) => {
  await expect(act(actor)).resolves.not.toThrow();
});
