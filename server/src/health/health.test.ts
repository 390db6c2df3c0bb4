import { afterAll, describe, expect, it } from 'vitest';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { callerFor } from '../../../tests/support/small-world.ts';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { createNode } from '../app.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createSystemVitals } from '../platform/vitals/index.ts';

const { database, close } = await createTestDatabase();
const clock = createManualClock();
const startedAt = clock.now();
const platform = { ...testPlatform(database), clock, vitals: createSystemVitals() };
const node = await createNode(platform, { ...testSettings, nodeName: 'north', version: '1.2.3' });
afterAll(async () => {
  await node.close();
  await close();
});

const ask = (role: 'owner' | 'admin' | 'member') =>
  node.handlers['workspace.health'](callerFor('1', role), {});

describe('health', () => {
  it('is for administrators', async () => {
    await expect(ask('member')).rejects.toMatchObject({ code: 'forbidden' });
    const reply = await node.dispatch.call('workspace.health', {}, callerFor('1'), 'socket');
    expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    await expect(ask('admin')).resolves.toBeDefined();
  });

  it('says how node, database, bus, readers and chores are', async () => {
    const health = await ask('owner');
    expect(health).toMatchObject({
      at: clock.now(),
      node: { name: 'north', version: '1.2.3', startedAt, connections: 0, sendsWaiting: 0 },
      bus: { kind: 'memory', isConnected: true },
      samples: [],
    });
    expect(health.node.runtime).toContain(process.versions.node);
    expect(health.node.residentBytes).toBeGreaterThan(health.node.heapBytes);
    expect(health.database.version).toMatch(/^\d+/);
    expect(health.database.sizeBytes).toBeGreaterThan(1_000_000);
    expect(health.database.connections).toBeGreaterThan(0);
    expect(health.database.connectionsMax).toBeGreaterThan(health.database.connections);
    expect(health.database.roundTripMs).toBeGreaterThan(0);
    expect(health.chores.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['retention', 'reader statistics', 'reminding', 'sending scheduled messages']),
    );
  });

  it('measures what happens in each period, half an hour of it', async () => {
    const about = { name: 'workspace.about', input: {} } as const;
    for (let n = 0; n < 3; n += 1) {
      await node.dispatch.call(about.name, about.input, callerFor('1'), 'socket');
    }
    const refused = { roomId: '999999999', clientId: 'client-1', text: 'to nobody' };
    const reply = await node.dispatch.call('message.send', refused, callerFor('1'), 'socket');
    expect(reply).toMatchObject({ ok: false, error: { code: 'not_found' } });
    clock.elapse(10_000);
    const { samples, periodMs } = await ask('owner');
    expect(periodMs).toBe(10_000);
    expect(samples.at(-1)).toMatchObject({ at: clock.now(), sends: 1, connections: 0, laneWaitMs: 0 });
    expect(samples.at(-1)?.calls).toBeGreaterThanOrEqual(4);
    clock.elapse(10_000 * 200);
    const later = await ask('owner');
    expect(later.samples).toHaveLength(180);
    expect(later.samples.at(-1)).toMatchObject({ at: clock.now(), calls: 0 });
  });
});
