import type { Presence } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { createMemoryBus, createMemoryWire } from '../platform/bus/index.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createTracker, type Tracker } from './tracker.ts';

/** Nodes on one wire under one clock. */
function cluster(nodeIds: readonly string[]) {
  const clock = createManualClock();
  const wire = createMemoryWire();
  const start = (nodeId: string): Tracker =>
    createTracker({ bus: createMemoryBus({ log: createMemoryLog(), wire }), clock, nodeId });
  /** Messages on the wire arrive between the moves of the clock. */
  const elapse = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      clock.elapse(Math.min(500, left));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, elapse, start, nodes: nodeIds.map(start) as [Tracker, Tracker] };
}

function watch(tracker: Tracker, ...userIds: string[]) {
  const heard: Record<string, Presence>[] = [];
  const stop = tracker.watch(userIds, (presences) => heard.push(presences));
  return { heard, stop };
}

describe('presence across nodes', () => {
  it('is told at once to who begins to watch, then with every change', async () => {
    const { nodes, elapse } = cluster(['a', 'b']);
    const [a, b] = nodes;
    const { heard, stop } = watch(b, '7', '8');
    expect(heard).toEqual([{ '7': 'offline', '8': 'offline' }]);
    a.connected('c1', '7');
    await elapse(2_000);
    expect(heard.slice(1)).toEqual([{ '7': 'online' }]);
    a.set('c1', 'away');
    await elapse(2_000);
    a.disconnected('c1');
    await elapse(2_000);
    expect(heard.slice(2)).toEqual([{ '7': 'away' }, { '7': 'offline' }]);
    stop();
    a.connected('c2', '7');
    await elapse(2_000);
    expect(heard).toHaveLength(4);
    expect(b.of(['7', '8'])).toEqual({ '7': 'online', '8': 'offline' });
  });

  it('is online as long as one connection anywhere is', async () => {
    const { nodes, elapse } = cluster(['a', 'b']);
    const [a, b] = nodes;
    a.connected('c1', '7');
    a.connected('c2', '7');
    b.connected('c3', '7');
    a.set('c1', 'away');
    b.set('c3', 'away');
    await elapse(2_000);
    expect(b.of(['7'])).toEqual({ '7': 'online' });
    a.disconnected('c2');
    await elapse(2_000);
    expect(b.of(['7'])).toEqual({ '7': 'away' });
  });

  it('tells a quick reconnect to nobody', async () => {
    const { nodes, elapse } = cluster(['a', 'b']);
    const [a, b] = nodes;
    a.connected('c1', '7');
    await elapse(2_000);
    const { heard } = watch(b, '7');
    a.disconnected('c1');
    a.connected('c2', '7');
    await elapse(5_000);
    expect(heard).toEqual([{ '7': 'online' }]);
  });

  it('ends half a minute after a node fell silent', async () => {
    const { nodes, elapse, clock } = cluster(['a', 'b']);
    const [, b] = nodes;
    // A node that dies says nothing: this one's clock stands still from then on.
    const still = createManualClock(clock.now());
    const wire = createMemoryWire();
    const dead = createTracker({
      bus: createMemoryBus({ log: createMemoryLog(), wire }),
      clock: still,
      nodeId: 'dead',
    });
    const other = createTracker({
      bus: createMemoryBus({ log: createMemoryLog(), wire }),
      clock,
      nodeId: 'other',
    });
    dead.connected('c1', '7');
    still.elapse(1_000);
    await elapse(1_000);
    const { heard } = watch(other, '7');
    expect(heard).toEqual([{ '7': 'online' }]);
    await elapse(25_000);
    expect(heard).toHaveLength(1);
    await elapse(20_000);
    expect(heard.slice(1)).toEqual([{ '7': 'offline' }]);
    expect(b.of(['7'])).toEqual({ '7': 'offline' });
  });

  it('is found by a node that comes later, and stays while it is said again', async () => {
    const { nodes, elapse, start } = cluster(['a', 'b']);
    nodes[0].connected('c1', '7');
    await elapse(3_000);
    const late = start('late');
    const { heard } = watch(late, '7');
    await elapse(2_500);
    expect(heard).toEqual([{ '7': 'offline' }, { '7': 'online' }]);
    await elapse(60_000);
    expect(heard).toEqual([{ '7': 'offline' }, { '7': 'online' }]);
  });

  it('shows do-not-disturb until its time is over', async () => {
    const { nodes, elapse, clock } = cluster(['a', 'b']);
    const [a, b] = nodes;
    a.setDoNotDisturb('7', clock.now() + 20_000);
    a.connected('c1', '7');
    const { heard } = watch(b, '7');
    await elapse(2_000);
    a.setDoNotDisturb('7', clock.now() + 20_000);
    await elapse(40_000);
    expect(heard).toEqual([{ '7': 'offline' }, { '7': 'online' }, { '7': 'dnd' }, { '7': 'online' }]);
    a.setDoNotDisturb('7', clock.now() + 20_000);
    await elapse(2_000);
    a.setDoNotDisturb('7', null);
    await elapse(2_000);
    expect(heard.slice(4)).toEqual([{ '7': 'dnd' }, { '7': 'online' }]);
  });

  it('says goodbye for everybody when a node closes', async () => {
    const { nodes, elapse } = cluster(['a', 'b']);
    const [a, b] = nodes;
    a.connected('c1', '7');
    await elapse(2_000);
    a.disconnected('c1');
    a.close();
    await elapse(500);
    expect(b.of(['7'])).toEqual({ '7': 'offline' });
  });

  it('passes over connections it does not know', () => {
    const { nodes } = cluster(['a', 'b']);
    nodes[0].set('nobody', 'away');
    nodes[0].disconnected('nobody');
    expect(nodes[0].of(['7'])).toEqual({ '7': 'offline' });
  });
});
