import type { ClientFrame, ServerFrame, Snapshot } from '@confab/protocol';
import { expect, test } from 'vitest';
import type { Client } from '../client.ts';
import { differencesFrom } from '../compare.ts';
import { createBrowser } from '../testing/tabs.ts';
import { createWorld, textsIn, type World } from '../testing/world.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createSwitchboard } from './switchboard.ts';
import type { FromTab, ToTab } from './line.ts';

function differences(world: World, ...clients: Client[]): string[] {
  const snapshot = world.server.act(world.alice.id, 'sync.snapshot', {}) as Snapshot;
  return clients.flatMap((client) => differencesFrom(client.state, snapshot));
}

function heard<Kind extends ClientFrame['t']>(world: World, kind: Kind): Extract<ClientFrame, { t: Kind }>[] {
  return world.server.heard.flatMap(({ frame }) =>
    frame.t === kind ? [frame as Extract<ClientFrame, { t: Kind }>] : [],
  );
}

test('all tabs of a browser are one connection, and each has everything', async () => {
  const world = createWorld();
  const browser = createBrowser(world, world.alice);
  const [one, two, three] = [await browser.tab(), await browser.tab(), await browser.tab()];
  const roomId = world.general.room.id;
  await Promise.all([one.client.openRoom(roomId), two.client.openRoom(roomId), world.clock.elapse(100)]);
  world.says(world.bob, 'hello @alice');
  one.client.send(roomId, { text: 'from the first' });
  two.client.send(roomId, { text: 'from the second' });
  await world.clock.elapse(3_000);
  expect(browser.opened).toBe(1);
  expect(heard(world, 'hello')).toHaveLength(1);
  const texts = ['hello @alice', 'from the first', 'from the second'];
  expect(textsIn(one.client, roomId)).toEqual([texts]);
  expect(textsIn(two.client, roomId)).toEqual([texts]);
  expect(differences(world, one.client, two.client, three.client)).toEqual([]);
});

test('a tab knows how rooms stand that only another one watches, even when that one knows them better', async () => {
  const world = createWorld();
  const browser = createBrowser(world, world.alice);
  const [one, two] = [await browser.tab(), await browser.tab()];
  const roomId = world.general.room.id;
  // Said and read by the first tab before any badge of it was sent; from then on there are none.
  world.says(world.bob, 'one');
  await Promise.all([one.client.openRoom(roomId), world.clock.elapse(50)]);
  await world.clock.elapse(3_000);
  world.says(world.bob, 'two');
  await world.clock.elapse(3_000);
  expect(two.client.state.rooms.get(roomId)?.counters.ordinal).toBe(2);
  expect(differences(world, one.client, two.client)).toEqual([]);
});

test('asks as far back as the tab that is furthest behind', async () => {
  const world = createWorld();
  const browser = createBrowser(world, world.alice);
  const one = await browser.tab();
  // On its way to the first tab while the second one takes a snapshot that has it already.
  world.server.fateOf = ({ t }) => (t === 'event' ? 'drop' : 'deliver');
  world.server.act(world.alice.id, 'room.setPreferences', { roomId: world.general.room.id, starred: true });
  world.server.fateOf = () => 'deliver';
  const two = await browser.tab();
  await world.clock.elapse(1_000);
  expect(differences(world, one.client, two.client)).toEqual([]);
});

test('a room is watched as long as one tab does, and who is shown is who any tab shows', async () => {
  const world = createWorld();
  const browser = createBrowser(world, world.alice);
  const [one, two] = [await browser.tab(), await browser.tab()];
  await browser.tab();
  const roomId = world.general.room.id;
  await Promise.all([one.client.openRoom(roomId), two.client.openRoom(roomId), world.clock.elapse(100)]);
  one.client.followPresence([world.bob.id]);
  two.client.followPresence([world.carol.id]);
  await world.clock.elapse(100);
  expect(heard(world, 'presence').at(-1)?.userIds).toEqual([world.bob.id, world.carol.id]);
  one.crash();
  await world.clock.elapse(100);
  expect(heard(world, 'unwatch')).toEqual([]);
  expect(heard(world, 'presence').at(-1)?.userIds).toEqual([world.carol.id]);
  two.crash();
  await world.clock.elapse(100);
  expect(heard(world, 'unwatch')).toEqual([{ t: 'unwatch', roomId }]);
});

test('is here when one tab is', async () => {
  const world = createWorld();
  const browser = createBrowser(world, world.alice);
  const [one, two] = [await browser.tab(), await browser.tab()];
  const said = () =>
    heard(world, 'call').flatMap(({ name, input }) => (name === 'presence.set' ? [input] : []));
  one.client.setPresence('away');
  await world.clock.elapse(10);
  expect(said()).toEqual([{ state: 'online' }]);
  two.client.setPresence('away');
  await world.clock.elapse(10);
  expect(said().at(-1)).toEqual({ state: 'away' });
  one.client.setPresence('online');
  await world.clock.elapse(10);
  expect(said().at(-1)).toEqual({ state: 'online' });
});

test('when the connection breaks all come back by one', async () => {
  const world = createWorld();
  const browser = createBrowser(world, world.alice);
  const tabs = [await browser.tab(), await browser.tab(), await browser.tab()];
  const roomId = world.general.room.id;
  for (const { client } of tabs) void client.openRoom(roomId);
  await world.clock.elapse(100);
  world.server.cut();
  world.says(world.bob, 'while they were away');
  await world.clock.elapse(5_000);
  expect(browser.opened).toBe(2);
  for (const { client } of tabs) {
    expect(client.connection.name).toBe('live');
    expect(textsIn(client, roomId)).toEqual([['while they were away']]);
  }
});

test('whoever is turned away before the welcome hears why', () => {
  const error = { code: 'unauthenticated', message: 'Sign in.', data: {} } as const;
  const goodbye: ServerFrame = { t: 'goodbye', reason: 'refused', comeBackInMs: null, error };
  let answer = (): void => {};
  const switchboard = createSwitchboard({
    clock: createFakeClock(),
    sockets: {
      open(_, listener) {
        answer = () => {
          listener.opened();
          listener.message(JSON.stringify(goodbye));
          listener.closed();
        };
        return { send: () => {}, close: () => {} };
      },
    },
  });
  const told: ToTab[] = [];
  let say: (sent: FromTab) => void = () => {};
  switchboard.attach({ say: (sent) => told.push(sent), hear: (listener) => (say = listener) });
  say({ n: 1, t: 'open', url: 'http://chat' });
  answer();
  expect(told).toEqual([
    { n: 1, t: 'opened' },
    { n: 1, t: 'message', text: JSON.stringify(goodbye) },
    { n: 1, t: 'closed' },
  ]);
});
