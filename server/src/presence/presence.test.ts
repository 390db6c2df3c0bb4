import { afterAll, describe, expect, it, vi } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import { StreamEvent, userStream } from '../delivery/index.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createPresence } from './index.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { database, bus, clock } = world;
const ann = await world.person('ann');
const bob = await world.person('bob');
const heard: ((event: StreamEvent) => void)[] = [];
const presence = createPresence({
  database,
  bus,
  clock,
  logbook: createMemoryLog(),
  nodeId: 'one',
  onEvent: (listener) => heard.push(listener),
});
afterAll(presence.close);
const get = async (userId: string) =>
  (await presence.handlers['presence.get'](ann, { userIds: [userId] })).presences[userId];

describe('presence', () => {
  it('follows a connection and what its person does with it', async () => {
    presence.connected('c1', bob.userId);
    expect(await get(bob.userId)).toBe('online');
    await presence.handlers['presence.set']({ ...bob, connectionId: 'c1' }, { state: 'away' });
    expect(await get(bob.userId)).toBe('away');
    await presence.handlers['presence.set'](bob, { state: 'online' });
    expect(await get(bob.userId)).toBe('away');
    presence.disconnected('c1');
    expect(await get(bob.userId)).toBe('offline');
  });

  it('knows do-not-disturb from before, and hears of changes', async () => {
    const until = clock.now() + 60_000;
    await database.rows(sql`
      update users set preferences = ${JSON.stringify({ doNotDisturbUntil: until })}::jsonb where id = ${bob.userId}`);
    presence.connected('c2', bob.userId);
    await vi.waitFor(async () => expect(await get(bob.userId)).toBe('dnd'));
    const change = { preferences: { doNotDisturbUntil: null } };
    const event = new StreamEvent(
      userStream(bob.userId),
      { seq: 1, at: 0 },
      { name: 'preferences.changed', json: JSON.stringify(change) },
    );
    for (const listener of heard) listener(event);
    expect(await get(bob.userId)).toBe('online');
    presence.disconnected('c2');
  });
});

describe('typing', () => {
  it('is told to whoever listens, from members only', async () => {
    const roomId = await world.room(ann);
    const told: unknown[] = [];
    const stop = presence.onTyping((typing) => told.push(typing));
    await presence.handlers['typing.set'](ann, { roomId });
    await vi.waitFor(() => expect(told).toEqual([{ roomId, threadId: null, userId: ann.userId }]));
    await expect(presence.handlers['typing.set'](bob, { roomId })).rejects.toMatchObject({
      code: 'not_found',
    });
    bus.publish('typing', 'nonsense');
    bus.publish('typing', '{"roomId":7}');
    await presence.handlers['typing.set'](ann, { roomId, threadId: '5' });
    await vi.waitFor(() => expect(told).toHaveLength(2));
    stop();
  });
});
