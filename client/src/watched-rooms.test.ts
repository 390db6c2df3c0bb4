import { describe, expect, test } from 'vitest';
import type { Snapshot } from '@confab/protocol';
import type { Client } from './client.ts';
import { differencesFrom } from './compare.ts';
import { createWorld, type World } from './testing/world.ts';

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
