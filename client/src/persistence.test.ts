import type { Snapshot } from '@confab/protocol';
import { expect, test } from 'vitest';
import { differencesFrom } from './compare.ts';
import type { Leadership, Storage } from './platform/index.ts';
import { createMemoryStorage } from './platform/storage/memory.ts';
import { createFakeRandom } from './testing/fake-clock.ts';
import { createWorld, textsIn, type World } from './testing/world.ts';

/** As browsers' locks: the first who asks leads, the next when that one is gone. */
function createLeadership(): Leadership {
  const line: (() => void)[] = [];
  return {
    lead(onLead) {
      line.push(onLead);
      if (line.length === 1) onLead();
      return () => {
        const wasFirst = line[0] === onLead;
        line.splice(line.indexOf(onLead), 1);
        if (wasFirst) line[0]?.();
      };
    },
  };
}

function tabs(world: World, storage: Storage): () => ReturnType<World['client']> {
  const leadership = createLeadership();
  let made = 0;
  return () => {
    made += 1;
    return world.client(world.alice, {
      platform: {
        clock: world.clock,
        random: createFakeRandom(made),
        sockets: world.server.socketsFor(world.alice.id),
        storage,
        leadership,
      },
    });
  };
}

test('of several tabs one writes, and the next takes over with all that changed', async () => {
  const world = createWorld();
  const storage = createMemoryStorage();
  const written: string[] = [];
  const tab = tabs(world, {
    ...storage,
    write(records) {
      written.push(...records.keys());
      return storage.write(records);
    },
  });
  const [one, two] = [tab(), tab()];
  await Promise.all([one.start(), two.start(), world.clock.elapse(2_000)]);
  const forOne = written.filter((key) => key === 'core:state').length;
  expect(forOne).toBeGreaterThan(0);

  // What the first tab never hears of: it slept.
  await one.stop();
  world.says(world.bob, 'hello @alice');
  world.server.act(world.alice.id, 'room.setPreferences', { roomId: world.direct.room.id, starred: true });
  await world.clock.elapse(3_000);
  await two.stop();

  world.server.unreachable = true;
  const next = tab();
  await next.start();
  const snapshot = world.server.act(world.alice.id, 'sync.snapshot', {}) as Snapshot;
  expect(differencesFrom(next.state, snapshot)).toEqual([]);
});

test('a tab that does not lead writes nothing but what must not be lost', async () => {
  const world = createWorld();
  const storage = createMemoryStorage();
  const tab = tabs(world, storage);
  const one = tab();
  await Promise.all([one.start(), world.clock.elapse(2_000)]);
  const before = await storage.list('core:');
  const two = tab();
  await Promise.all([two.start(), world.clock.elapse(100)]);
  world.server.cut();
  world.server.unreachable = true;
  two.send(world.general.room.id, { text: 'not yet sent' });
  await world.clock.elapse(3_000);
  expect((await storage.list('outbox:')).length).toBe(1);
  expect(await storage.list('core:')).toEqual(before);
});

test('what is said while the device is read comes after what it held', async () => {
  const world = createWorld();
  const storage = createMemoryStorage();
  const roomId = world.general.room.id;
  const before = world.client(world.alice, { storage });
  await before.start();
  for (const text of ['one', 'two']) before.send(roomId, { text });
  await expect.poll(async () => (await storage.list('outbox:')).length).toBe(2);
  await before.stop();

  const after = world.client(world.alice, { storage });
  const starting = after.start();
  for (const text of ['three', 'four']) after.send(roomId, { text });
  await Promise.all([starting, world.clock.elapse(2_000)]);
  const said = after.openRoom(roomId);
  await Promise.all([said, world.clock.elapse(2_000)]);
  expect(textsIn(after, roomId)).toEqual([['one', 'two', 'three', 'four']]);
});
