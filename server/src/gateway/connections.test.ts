import { expect, it } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import type { Transport } from './connection.ts';
import { createConnections } from './connections.ts';

function nobodyYet() {
  const clock = createManualClock();
  const deps = { clock, random: createSeededRandom(1), presence: { disconnected() {} } };
  const connections = createConnections({
    ...deps,
    random: { ...deps.random, id: () => 'c' },
  } as unknown as Parameters<typeof createConnections>[0]);
  const visitor = { address: '192.0.2.1', userAgent: '', startSession: () => {}, endSession: () => {} };
  const arrive = () => {
    const sent: unknown[] = [];
    const transport: Transport = {
      send: ({ texts }) => sent.push(...texts.map((text) => JSON.parse(text) as unknown)),
      queuedBytes: 0,
      onceDrained: (listener) => listener(),
      close: (code) => sent.push(code),
    };
    const connection = connections.open(transport, { visitor, cookie: null });
    return { connection, sent };
  };
  return { clock, connections, arrive };
}

it('tells one after the other to come back at once, and leaves the rest in peace', async () => {
  const { clock, connections, arrive } = nobodyYet();
  const people = Array.from({ length: 20 }, arrive);
  const gone = () => people.filter(({ connection }) => connection.closed).length;
  const drained = connections.drain({ spreadMs: 1_000 });
  expect(gone()).toBe(0);
  clock.elapse(500);
  expect(gone()).toBeGreaterThan(3);
  expect(gone()).toBeLessThan(17);
  clock.elapse(500);
  expect(gone()).toBe(20);
  await drained;
  for (const { sent } of people) {
    expect(sent).toEqual([{ t: 'goodbye', reason: 'draining', comeBackInMs: 0 }, 1012]);
  }
});

it('sends away at once who still arrives while everybody leaves', async () => {
  const { connections, arrive } = nobodyYet();
  await connections.drain({ spreadMs: 1_000 });
  const { connection, sent } = arrive();
  expect(sent).toMatchObject([{ t: 'goodbye', reason: 'draining' }, 1012]);
  expect(connection.closed).toBe(true);
  expect(connections.count).toBe(0);
});
