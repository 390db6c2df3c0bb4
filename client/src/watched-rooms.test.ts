import { describe, expect, test } from 'vitest';
import type { Snapshot } from '@confab/protocol';
import type { Client } from './client.ts';
import { differencesFrom } from './compare.ts';
import { createMemoryStorage } from './platform/storage/memory.ts';
import { createWorld, textsIn, type World } from './testing/world.ts';

function differences(world: World, client: Client): string[] {
  const userId = client.state.me?.userId ?? '';
  return differencesFrom(client.state, world.server.act(userId, 'sync.snapshot', {}) as Snapshot);
}

describe('between badges and events', () => {
  test('counts what came after the last badge and before the page with which watching begins', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice);
    // Watching begins before the next badge, and badges speak only of rooms that are not watched.
    world.server.fateOf = ({ t }) => (t === 'badges' ? 'drop' : 'deliver');
    world.says(world.bob, 'one @all');
    world.says(world.alice, 'two');
    void client.openRoom(world.general.room.id);
    await world.clock.elapse(2_000);
    expect(differences(world, client)).toEqual([]);
  });

  test('counts what was on its way when a room was let go of', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice, { watchedRoomsMax: 1 });
    await Promise.all([client.openRoom(world.general.room.id), world.clock.elapse(50)]);
    client.closeRoom(world.general.room.id);
    world.says(world.bob, 'on its way');
    await Promise.all([client.openRoom(world.direct.room.id), world.clock.elapse(2_000)]);
    expect(differences(world, client)).toEqual([]);
  });
});

describe('a room kept on the device', () => {
  test('is followed when it is opened between hello and welcome', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const storage = createMemoryStorage();
    const first = await world.connected(world.alice, { storage });
    await Promise.all([first.openRoom(roomId), world.clock.elapse(50)]);
    world.says(world.bob, 'before');
    await world.clock.elapse(50);
    await first.stop();

    const client = world.client(world.alice, { storage });
    await client.start();
    await world.clock.elapse(1);
    expect(client.connection.name).toBe('greeting');
    await Promise.all([client.openRoom(roomId), world.clock.elapse(50)]);
    world.says(world.bob, 'after');
    await world.clock.elapse(50);
    expect(textsIn(client, roomId)).toEqual([['before', 'after']]);
  });
});

describe('a room that is open when access is lost', () => {
  test('is looked at from outside where that is allowed, and is there again when one comes back', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    world.says(world.bob, 'before');
    const client = await world.connected(world.alice);
    await Promise.all([client.openRoom(roomId), world.clock.elapse(50)]);
    world.server.act(world.alice.id, 'room.leave', { roomId });
    await world.clock.elapse(5_000);
    world.says(world.bob, 'without her');
    await world.clock.elapse(50);
    expect(textsIn(client, roomId)).toEqual([['before', 'without her']]);
    expect(client.state.rooms.has(roomId)).toBe(false);

    world.server.act(world.alice.id, 'room.join', { roomId });
    await world.clock.elapse(50);
    world.says(world.bob, 'welcome back');
    await world.clock.elapse(50);
    expect(textsIn(client, roomId)).toEqual([['before', 'without her', 'welcome back']]);
    expect(differences(world, client)).toEqual([]);
  });

  test('is followed again although a page was on its way when access was lost', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    await Promise.all([client.openRoom(roomId), world.clock.elapse(50)]);
    world.server.fateOf = ({ t }) => (t === 'reply' ? 'late' : 'deliver');
    // Nothing is in it yet: its page is asked for once more.
    void client.openRoom(roomId);
    await world.clock.elapse(3);
    world.server.act(world.alice.id, 'room.leave', { roomId });
    await world.clock.elapse(5_000);
    world.says(world.bob, 'without her');
    await world.clock.elapse(50);
    expect(textsIn(client, roomId)).toEqual([['without her']]);
  });

  test('holds nothing where it is not', async () => {
    const world = createWorld();
    const { room } = world.server.chat.addRoom('private', 'secret', [world.alice, world.bob]);
    const client = await world.connected(world.alice);
    await Promise.all([client.openRoom(room.id), world.clock.elapse(50)]);
    world.server.act(world.alice.id, 'room.leave', { roomId: room.id });
    await world.clock.elapse(5_000);
    expect(client.state.messages.get(room.id)?.held.size ?? 0).toBe(0);
  });

  test('a page that was on its way is not held, since no event would follow it', async () => {
    const world = createWorld();
    const { room } = world.server.chat.addRoom('private', 'secret', [world.alice, world.bob]);
    const client = await world.connected(world.alice);
    const opening = client.openRoom(room.id);
    const refused = expect(opening).rejects.toMatchObject({ code: 'not_found' });
    world.server.fateOf = ({ t }) => (t === 'reply' ? 'late' : 'deliver');
    await world.clock.elapse(3);
    world.server.act(world.alice.id, 'room.leave', { roomId: room.id });
    await Promise.all([refused, world.clock.elapse(10_000)]);
    expect(client.state.messages.has(room.id)).toBe(false);
  });
});
