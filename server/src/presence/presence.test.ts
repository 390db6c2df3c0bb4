import { afterAll, describe, expect, it, vi } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import { StreamEvent, userStream, workspaceStream } from '../delivery/index.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { forAccount } from '../users/index.ts';
import { preferencesView } from '../users/views.ts';
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

const own = (name: string, data: unknown) =>
  new StreamEvent(userStream(bob.userId), { seq: 2, at: 0 }, { name, json: JSON.stringify(data) });

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
    const change = { preferences: preferencesView({}) };
    const event = new StreamEvent(
      userStream(bob.userId),
      { seq: 1, at: 0 },
      { name: 'preferences.changed', json: JSON.stringify(change) },
    );
    for (const listener of heard) listener(event);
    expect(await get(bob.userId)).toBe('online');
    presence.disconnected('c2');
  });

  it('shows do-not-disturb at quiet hours, as they begin and end in the time zone of the person', async () => {
    const hear = (event: StreamEvent) => heard.forEach((listener) => listener(event));
    const minute = Math.floor(clock.now() / 60_000) % 1_440;
    const days = [0, 1, 2, 3, 4, 5, 6];
    const quietHours = { days, from: (minute + 2) % 1_440, to: (minute + 4) % 1_440 };
    await database.rows(sql`
      update users set preferences = ${JSON.stringify({ quietHours })}::jsonb, time_zone = 'UTC'
      where id = ${bob.userId}`);
    const { user } = await world.database.read((tx) => forAccount(tx, bob.userId));
    presence.connected('c3', bob.userId);
    const soon = { preferences: { ...preferencesView({ quietHours }), doNotDisturbUntil: clock.now() + 1 } };
    // Once they are known, a change of the own stream is heard.
    await vi.waitFor(async () => {
      hear(own('preferences.changed', soon));
      expect(await get(bob.userId)).toBe('dnd');
    });
    hear(own('preferences.changed', { preferences: preferencesView({ quietHours }) }));
    expect(await get(bob.userId)).toBe('online');
    clock.elapse(130_000);
    expect(await get(bob.userId)).toBe('dnd');
    const moved = { user: { ...user, timeZone: 'Asia/Tokyo' } };
    hear(
      new StreamEvent(
        workspaceStream,
        { seq: 1, at: 0 },
        { name: 'user.changed', json: JSON.stringify(moved) },
      ),
    );
    expect(await get(bob.userId)).toBe('online');
    hear(
      new StreamEvent(
        workspaceStream,
        { seq: 2, at: 0 },
        { name: 'user.changed', json: JSON.stringify({ user }) },
      ),
    );
    expect(await get(bob.userId)).toBe('dnd');
    clock.elapse(130_000);
    expect(await get(bob.userId)).toBe('online');
    presence.disconnected('c3');
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
