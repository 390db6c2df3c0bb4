import { expect, it } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import type { Transport } from './connection.ts';
import { createConnections } from './connections.ts';

it('sends away at once who still arrives while everybody leaves', async () => {
  const deps = { clock: createManualClock(), random: createSeededRandom(1) };
  const connections = createConnections(deps as unknown as Parameters<typeof createConnections>[0]);
  await connections.drain({ spreadMs: 1_000 });

  const sent: string[] = [];
  let closedWith = 0;
  const transport: Transport = {
    send: ({ texts }) => sent.push(...texts),
    queuedBytes: 0,
    onceDrained: (listener) => listener(),
    close: (code) => (closedWith = code),
  };
  const visitor = { address: '192.0.2.1', userAgent: '', startSession: () => {}, endSession: () => {} };
  const connection = connections.open(transport, { visitor, cookie: null });

  expect(sent.map((text) => JSON.parse(text) as unknown)).toMatchObject([
    { t: 'goodbye', reason: 'draining' },
  ]);
  expect(closedWith).toBe(1012);
  expect(connection.closed).toBe(true);
  expect(connections.count).toBe(0);
});
