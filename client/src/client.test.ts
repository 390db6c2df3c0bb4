import { describe, expect, test } from 'vitest';
import { differencesFrom } from './compare.ts';
import type { Snapshot } from '@confab/protocol';
import type { Client } from './client.ts';
import { createMemoryStorage } from './platform/storage/memory.ts';
import { createWorld, textsIn, type World } from './testing/world.ts';

function differences(world: World, client: Client): string[] {
  const userId = client.state.me?.userId ?? '';
  return differencesFrom(client.state, world.server.act(userId, 'sync.snapshot', {}) as Snapshot);
}

describe('a client that connects', () => {
  test('has the snapshot and keeps up with its own streams', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice);
    expect(differences(world, client)).toEqual([]);

    world.says(world.bob, 'hello @alice');
    world.says(world.bob, 'psst', { room: world.direct });
    world.server.act(world.alice.id, 'room.setPreferences', { roomId: world.general.room.id, starred: true });
    await world.clock.elapse(2_000);
    expect(differences(world, client)).toEqual([]);
    expect(client.state.rooms.get(world.general.room.id)).toMatchObject({
      membership: { starred: true },
      counters: { ordinal: 1, mentions: [1] },
    });
  });

  test('shows a room: the page, then what happens', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    world.says(world.bob, 'one');
    const client = await world.connected(world.alice);
    const opening = client.openRoom(roomId);
    await world.clock.elapse(50);
    await opening;
    world.says(world.bob, 'two');
    await world.clock.elapse(50);
    expect(textsIn(client, roomId)).toEqual([['one', 'two']]);
    expect(client.state.users.get(world.bob.id)?.name).toBe('bob');
  });

  test('wakes only who looks at what changed', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice);
    const roomIds = [world.general.room.id, world.direct.room.id];
    for (const roomId of roomIds) void client.openRoom(roomId);
    await world.clock.elapse(50);
    const woken: string[] = [];
    for (const roomId of roomIds) client.subscribe(`timeline:${roomId}`, () => woken.push(roomId));
    world.says(world.bob, 'only here');
    await world.clock.elapse(50);
    expect(new Set(woken)).toEqual(new Set([world.general.room.id]));
  });

  test('fetches people it does not know and messages that are quoted, once each', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const quoted = world.says(world.carol, 'long ago');
    for (let n = 0; n < 60; n += 1) world.says(world.bob, `filler ${n}`);
    const client = await world.connected(world.alice);
    void client.openRoom(roomId);
    await world.clock.elapse(50);
    const before = world.server.heard.length;
    world.says(world.carol, 'see above', { quoteId: quoted });
    await world.clock.elapse(100);
    expect(client.state.users.get(world.carol.id)?.name).toBe('carol');
    expect(client.state.messages.get(roomId)?.quotes.get(quoted)?.text).toBe('long ago');
    const calls = world.server.heard
      .slice(before)
      .flatMap(({ frame }) => (frame.t === 'call' ? [frame.name] : []));
    expect(calls.toSorted()).toEqual(['message.get', 'user.list']);
  });

  test('asks for strangers together when one after the other speaks', async () => {
    const world = createWorld();
    const { chat } = world.server;
    const strangers = Array.from({ length: 40 }, (_, n) => chat.addUser(`stranger${n}`));
    const crowd = chat.addRoom('public', 'crowd', [world.alice, ...strangers]);
    const client = await world.connected(world.alice);
    void client.openRoom(crowd.room.id);
    await world.clock.elapse(50);
    const before = world.server.heard.length;
    for (const stranger of strangers) {
      world.says(stranger, 'hello', { room: crowd });
      await world.clock.elapse(25);
    }
    await world.clock.elapse(1_000);
    for (const { id, name } of strangers) expect(client.state.users.get(id)?.name).toBe(name);
    const asked = world.server.heard
      .slice(before)
      .filter(({ frame }) => frame.t === 'call' && frame.name === 'user.list');
    expect(asked.length).toBeLessThanOrEqual(8);
  });
});

describe('after a break', () => {
  test('reads on from where it was, without a snapshot or a page', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    void client.openRoom(roomId);
    await world.clock.elapse(50);
    world.server.cut();
    await world.clock.elapse(2);
    world.says(world.bob, 'one @alice');
    world.says(world.bob, 'two');
    const before = world.server.heard.length;
    await world.clock.elapse(1_000);
    expect(textsIn(client, roomId)).toEqual([['one @alice', 'two']]);
    expect(differences(world, client)).toEqual([]);
    const calls = world.server.heard.slice(before).filter(({ frame }) => frame.t === 'call');
    expect(calls).toEqual([]);
  });

  test('too far behind, it takes a snapshot and the newest page instead', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    void client.openRoom(roomId);
    await world.clock.elapse(50);
    world.says(world.bob, 'before');
    await world.clock.elapse(50);
    world.server.cut();
    world.server.catchUpMax = 5;
    for (let n = 0; n < 100; n += 1) world.says(world.bob, `missed ${n} @alice`);
    await world.clock.elapse(3_000);
    const [texts, ...more] = textsIn(client, roomId);
    expect(more).toEqual([]);
    expect(texts?.length).toBe(50);
    expect(texts?.at(-1)).toBe('missed 99 @alice');
    expect(differences(world, client)).toEqual([]);

    world.says(world.bob, 'live again');
    await world.clock.elapse(50);
    expect(textsIn(client, roomId)[0]?.at(-1)).toBe('live again');
  });

  test('an open thread is loaded anew when its room had to be', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const threadId = world.says(world.bob, 'who comes?');
    const client = await world.connected(world.alice);
    void client.openThread(roomId, threadId);
    await world.clock.elapse(50);
    world.server.cut();
    world.server.catchUpMax = 1;
    for (let n = 1; n <= 3; n += 1) world.says(world.carol, `me ${n}`, { threadId });
    await world.clock.elapse(3_000);
    const [run] = client.state.messages.get(roomId)?.threads.get(threadId) ?? [];
    expect(run?.ids).toHaveLength(3);
    expect(client.state.messages.get(roomId)?.held.get(threadId)?.message.thread?.replies).toBe(3);
  });

  test('a page of a thread that is ahead of what the own stream has told counts when that is there', async () => {
    const world = createWorld();
    const { server, clock, alice, bob } = world;
    const roomId = world.general.room.id;
    const threadId = world.says(alice, 'who comes?');
    const client = await world.connected(alice);
    void client.openRoom(roomId);
    await clock.elapse(50);

    server.fateOf = ({ t }) => (t === 'reply' ? 'deliver' : 'late');
    server.act(alice.id, 'read.all', {});
    world.says(bob, 'me', { threadId });
    await Promise.all([client.openThread(roomId, threadId), clock.elapse(10)]);
    expect(client.state.threads.has(threadId)).toBe(false);
    await clock.elapse(2_000);
    expect(client.state.threads.get(threadId)).toMatchObject({ ordinal: 1, readOrdinal: 0 });
    expect(differences(world, client)).toEqual([]);
  });

  test('a lost event is asked for when the next one shows that it is missing', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    void client.openRoom(roomId);
    await world.clock.elapse(50);
    world.server.fateOf = (frame) => (frame.t === 'event' ? 'drop' : 'deliver');
    world.says(world.bob, 'lost');
    await world.clock.elapse(50);
    world.server.fateOf = () => 'deliver';
    world.says(world.bob, 'heard');
    await world.clock.elapse(50);
    expect(textsIn(client, roomId)).toEqual([['lost', 'heard']]);
  });
});

describe('a warm start', () => {
  test('shows the last seen messages without a network, then what was missed', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    world.says(world.bob, 'one');
    const storage = createMemoryStorage();
    const first = await world.connected(world.alice, { storage });
    void first.openRoom(roomId);
    await world.clock.elapse(2_000);
    await first.stop();

    world.server.unreachable = true;
    world.says(world.bob, 'two');
    const second = world.client(world.alice, { storage });
    await second.start();
    await second.ready();
    await second.openRoom(roomId);
    expect(textsIn(second, roomId)).toEqual([['one']]);
    expect(second.state.users.get(world.bob.id)?.name).toBe('bob');

    world.server.unreachable = false;
    second.hint('online');
    await world.clock.elapse(31_000);
    expect(textsIn(second, roomId)).toEqual([['one', 'two']]);
    expect(differences(world, second)).toEqual([]);
    const snapshots = world.server.heard.filter(
      ({ frame }) => frame.t === 'call' && frame.name === 'sync.snapshot',
    );
    expect(snapshots).toHaveLength(1);
  });

  test('somebody else on the same device sees and sends nothing of the first', async () => {
    const world = createWorld();
    const storage = createMemoryStorage();
    const first = await world.connected(world.alice, { storage });
    world.server.cut();
    world.server.unreachable = true;
    first.send(world.general.room.id, { text: 'mine alone' });
    await world.clock.elapse(2_000);
    await first.stop();

    world.server.unreachable = false;
    const second = await world.connected(world.carol, { storage });
    await world.clock.elapse(2_000);
    expect(second.state.me?.userId).toBe(world.carol.id);
    expect(second.state.outbox.size).toBe(0);
    expect(world.general.messages).toEqual([]);
    expect(differences(world, second)).toEqual([]);
  });
});

test('a room that is left is forgotten, with its messages and its place among the watched', async () => {
  const world = createWorld();
  const roomId = world.general.room.id;
  const storage = createMemoryStorage();
  const client = await world.connected(world.alice, { storage });
  void client.openRoom(roomId);
  world.says(world.bob, 'secret');
  await world.clock.elapse(2_000);
  expect(storage.entries.has(`page:${roomId}`)).toBe(true);
  await Promise.all([client.call('room.leave', { roomId }), world.clock.elapse(2_000)]);
  expect(client.state.rooms.has(roomId)).toBe(false);
  expect(client.state.messages.has(roomId)).toBe(false);
  expect([...storage.entries.keys()].filter((key) => key.endsWith(`:${roomId}`))).toEqual([]);
  expect(differences(world, client)).toEqual([]);
});

test('a program that wants no history gets what happens from now on, and history when it asks', async () => {
  const world = createWorld();
  const roomId = world.general.room.id;
  world.says(world.bob, 'before');
  const client = await world.connected(world.alice);
  const heard: string[] = [];
  client.onEvent((event) => {
    if (event.name === 'message.sent') heard.push(event.data.message.text);
  });
  await client.openRoom(roomId, { history: false });
  await world.clock.elapse(50);
  world.says(world.bob, 'now');
  await world.clock.elapse(50);
  expect(heard).toEqual(['now']);
  expect(textsIn(client, roomId)).toEqual([['now']]);
  await Promise.all([client.loadBefore(roomId, 2), world.clock.elapse(50)]);
  expect(textsIn(client, roomId)).toEqual([['before', 'now']]);
});

test('reads what it wrote when it waits for the position', async () => {
  const world = createWorld();
  const roomId = world.general.room.id;
  const client = await world.connected(world.alice);
  world.server.fateOf = (frame) => (frame.t === 'event' ? 'late' : 'deliver');
  const changing = client.call('room.setPreferences', { roomId, starred: true });
  await world.clock.elapse(10);
  const { position } = await changing;
  let isThere = false;
  void client.reached(position).then(() => {
    isThere = true;
  });
  await world.clock.elapse(10);
  expect([isThere, client.state.rooms.get(roomId)?.membership.starred]).toEqual([false, false]);
  await world.clock.elapse(50);
  expect([isThere, client.state.rooms.get(roomId)?.membership.starred]).toEqual([true, true]);
});

test('typing is shown for a while, presence as long as the connection lasts', async () => {
  const world = createWorld();
  const roomId = world.general.room.id;
  const client = await world.connected(world.alice);
  client.followPresence([world.bob.id]);
  await world.clock.elapse(10);
  expect(client.state.presence.get(world.bob.id)).toBe('online');
  const typing = { roomId, threadId: null, userId: world.bob.id };
  world.server.say(world.alice.id, { t: 'signal', name: 'typing', data: typing });
  await world.clock.elapse(5_000);
  expect([...(client.state.typing.get(roomId)?.keys() ?? [])]).toEqual([world.bob.id]);
  let woken = 0;
  client.subscribe(`typing:${roomId}`, () => (woken += 1));
  await world.clock.elapse(1_100);
  expect([client.state.typing.size, woken]).toEqual([0, 1]);

  for (let n = 0; n < 5; n += 1) client.setTyping(roomId);
  await world.clock.elapse(10);
  const said = () =>
    world.server.heard.filter(({ frame }) => frame.t === 'call' && frame.name === 'typing.set');
  expect(said()).toHaveLength(1);
  world.server.cut();
  await world.clock.elapse(2_000);
  expect(client.state.presence.get(world.bob.id)).toBe('online');
  const followed = world.server.heard.filter(({ frame }) => frame.t === 'presence');
  expect(followed).toHaveLength(2);
});

test('a device that keeps nothing any more does not keep one from chatting', async () => {
  const world = createWorld();
  const broken = () => Promise.reject(new Error('the disk is full'));
  const problems: string[] = [];
  const client = await world.connected(world.alice, {
    storage: { read: broken, list: broken, write: broken, clear: broken, close() {} },
    onProblem: (part) => problems.push(part),
  });
  const sent = client.send(world.general.room.id, { text: 'hello' }).result();
  await world.clock.elapse(2_000);
  expect((await sent).ordinal).toBe(1);
  expect(new Set(problems)).toEqual(new Set(['storage']));
});

test('watches as many rooms as it may and lets go of the one opened longest ago', async () => {
  const world = createWorld();
  const { server, clock } = world;
  const rooms = [0, 1, 2].map((n) => server.chat.addRoom('public', `room-${n}`, [world.alice, world.bob]));
  const client = await world.connected(world.alice, { watchedRoomsMax: 2 });
  for (const { room } of rooms) {
    void client.openRoom(room.id);
    await clock.elapse(50);
    client.closeRoom(room.id);
  }
  const [first, second, third] = rooms.map(({ room }) => room.id);
  expect([...client.state.messages.keys()]).toEqual([second, third]);
  expect(server.heard.filter(({ frame }) => frame.t === 'unwatch').map(({ frame }) => frame)).toEqual([
    { t: 'unwatch', roomId: first },
  ]);
  // Its counters go on by badges.
  for (const row of rooms) world.says(world.bob, 'hello', { room: row });
  await clock.elapse(2_000);
  expect(differences(world, client)).toEqual([]);
});
