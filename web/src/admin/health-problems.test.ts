import type { Health } from '@confab/protocol';
import { expect, test } from 'vitest';
import { healthProblems, isFailing } from './health-problems.ts';

const well: Health = {
  at: 1_000,
  node: {
    name: 'one',
    version: '1',
    runtime: 'Node',
    startedAt: 0,
    residentBytes: 1,
    heapBytes: 1,
    loopDelayMs: 12,
    connections: 3,
    sendsWaiting: 0,
  },
  database: { version: '17', sizeBytes: 1, connections: 90, connectionsMax: 100, roundTripMs: 0.4 },
  bus: { kind: 'postgres', isConnected: true },
  nodes: [],
  readers: [{ name: 'search', lagMs: 400 }],
  chores: [{ name: 'retention', lastRunAt: 500, lastTookMs: 3, lastFailure: { at: 400, message: 'no' } }],
  periodMs: 10_000,
  samples: [],
};

test('all is well when it is, whatever failed before', () => {
  expect(healthProblems(well)).toEqual([]);
});

test('each thing that is wrong is named', () => {
  const [retention] = well.chores;
  const failed = {
    name: 'retention',
    lastRunAt: 500,
    lastTookMs: 3,
    lastFailure: { at: 503, message: 'no' },
  };
  expect(retention && isFailing(retention)).toBe(false);
  expect(
    healthProblems({
      ...well,
      node: { ...well.node, loopDelayMs: 900 },
      database: { ...well.database, connections: 91, roundTripMs: 300 },
      bus: { kind: 'postgres', isConnected: false },
      readers: [{ name: 'search', lagMs: 61_000 }],
      chores: [failed],
    }),
  ).toEqual([
    { kind: 'bus' },
    { kind: 'chore', name: 'retention' },
    { kind: 'reader', name: 'search', lagMs: 61_000 },
    { kind: 'connections', used: 91, max: 100 },
    { kind: 'database', roundTripMs: 300 },
    { kind: 'busy', loopDelayMs: 900 },
  ]);
});
