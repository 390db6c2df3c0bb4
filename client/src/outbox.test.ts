import { describe, expect, test } from 'vitest';
import { createMemoryStorage } from './platform/storage/memory.ts';
import { refusedHere } from './refused.ts';
import { createWorld, textsIn, type World } from './testing/world.ts';

function texts(world: World): string[] {
  return world.general.messages.map(({ text }) => text);
}

function sends(world: World): string[] {
  return world.server.heard.flatMap(({ frame }) =>
    frame.t === 'call' && frame.name === 'message.send' ? [(frame.input as { text: string }).text] : [],
  );
}

describe('a message', () => {
  test('is in view at once, is kept before it is sent, and gives way to the real one without a gap', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const storage = createMemoryStorage();
    const client = await world.connected(world.alice, { storage });
    void client.openRoom(roomId);
    await world.clock.elapse(50);

    const shown: string[][] = [];
    client.subscribe(`timeline:${roomId}`, () => {
      const underway = [...client.state.outbox.values()].map(({ status }) => status);
      shown.push([...(textsIn(client, roomId)[0] ?? []), ...underway]);
    });
    const { clientId } = client.send(roomId, { text: 'hello' });
    expect(shown).toEqual([['waiting']]);
    expect(storage.entries.has(`outbox:${clientId}`)).toBe(true);
    expect(sends(world)).toEqual([]);

    await world.clock.elapse(50);
    for (const step of shown) expect(step).toHaveLength(1);
    expect(shown.at(-1)).toEqual(['hello']);
    expect(client.state.outbox.size).toBe(0);
    expect(storage.entries.has(`outbox:${clientId}`)).toBe(false);
  });

  test('stays in view when the answer comes before the event', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    void client.openRoom(roomId);
    await world.clock.elapse(50);
    world.server.fateOf = (frame) => (frame.t === 'event' ? 'late' : 'deliver');
    client.send(roomId, { text: 'hello' });
    await world.clock.elapse(10);
    expect([...client.state.outbox.values()].map(({ status }) => status)).toEqual(['sent']);
    await world.clock.elapse(50);
    expect(client.state.outbox.size).toBe(0);
    expect(textsIn(client, roomId)).toEqual([['hello']]);
  });

  test('to a room that is not watched is done with the answer', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice);
    const { result } = client.send(world.general.room.id, { text: 'hello' });
    const sent = result();
    await world.clock.elapse(50);
    expect(await sent).toMatchObject({ ordinal: 1, position: { seq: 4 } });
    expect(client.state.outbox.size).toBe(0);
  });

  test('that replies in a room that is not watched counts as read in its thread', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    const asked = client.send(roomId, { text: 'a question' }).result();
    await world.clock.elapse(50);
    const { messageId: threadId } = await asked;
    client.state.threads.set(threadId, { threadId, roomId, ordinal: 0, readOrdinal: 0, mentions: [] });
    client.send(roomId, { text: 'one', threadId });
    client.send(roomId, { text: 'two', threadId });
    await world.clock.elapse(100);
    expect(client.state.threads.get(threadId)).toMatchObject({ ordinal: 2, readOrdinal: 2 });
  });

  test('is sent again under the same id when the answer was lost, and stands there once', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice);
    world.server.answerTo = () => 'lose';
    const { result } = client.send(world.general.room.id, { text: 'hello' });
    const sent = result();
    await world.clock.elapse(50);
    world.server.answerTo = () => 'run';
    world.server.cut();
    await world.clock.elapse(2_000);
    expect((await sent).ordinal).toBe(1);
    expect(sends(world)).toEqual(['hello', 'hello']);
    expect(texts(world)).toEqual(['hello']);
  });

  test('is sent within four seconds of the server being well again, however long it was not', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice);
    world.server.answerTo = () => refusedHere('unavailable', {});
    const { result } = client.send(world.general.room.id, { text: 'hello' });
    const sent = result();
    await world.clock.elapse(120_000);
    world.server.answerTo = () => 'run';
    const wellAt = world.clock.now();
    let tookMs = Infinity;
    void sent.then(() => (tookMs = world.clock.now() - wellAt));
    await world.clock.elapse(10_000);
    expect(tookMs).toBeLessThanOrEqual(4_000);
    // Nor does it knock all the time.
    expect(sends(world).length).toBeLessThan(60);
  });

  test('is found by its event when no answer will come', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    void client.openRoom(roomId);
    await world.clock.elapse(50);
    world.server.answerTo = () => 'lose';
    const sent = client.send(roomId, { text: 'hello' }).result();
    await world.clock.elapse(50);
    expect(await sent).toMatchObject({ ordinal: 1, position: { stream: `room:${roomId}`, seq: 4 } });
    expect(client.state.outbox.size).toBe(0);
  });

  test('survives a reload without a network, in the order in which it was written', async () => {
    const world = createWorld();
    const storage = createMemoryStorage();
    const first = await world.connected(world.alice, { storage });
    world.server.unreachable = true;
    world.server.cut();
    await world.clock.elapse(10);
    for (const text of ['one', 'two', 'three']) first.send(world.general.room.id, { text });
    await world.clock.elapse(10);
    await first.stop();
    expect(sends(world)).toEqual([]);

    world.server.unreachable = false;
    const second = world.client(world.alice, { storage });
    await second.start();
    expect([...second.state.outbox.values()].map(({ status }) => status)).toEqual([
      'waiting',
      'waiting',
      'waiting',
    ]);
    second.send(world.general.room.id, { text: 'four' });
    await world.clock.elapse(1_000);
    expect(texts(world)).toEqual(['one', 'two', 'three', 'four']);
    expect([...storage.entries.keys()].filter((key) => key.startsWith('outbox:'))).toEqual([]);
  });

  test('keeps its place when the server is busy, and the room waits as long as it is told', async () => {
    const world = createWorld();
    const client = await world.connected(world.alice);
    let busy = 2;
    world.server.answerTo = (_, { name }) => {
      if (name !== 'message.send' || busy === 0) return 'run';
      busy -= 1;
      return busy === 1 ? refusedHere('busy', {}) : refusedHere('too_many', { retryAfterMs: 7_000 });
    };
    for (const text of ['one', 'two']) client.send(world.general.room.id, { text });
    await world.clock.elapse(6_500);
    expect(sends(world)).toEqual(['one', 'one']);
    await world.clock.elapse(2_000);
    expect(texts(world)).toEqual(['one', 'two']);
  });

  test('refused for good stays with its text until someone decides; later ones go on', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const storage = createMemoryStorage();
    const client = await world.connected(world.alice, { storage });
    world.server.answerTo = (_, call) =>
      call.name === 'message.send' && (call.input as { text: string }).text === 'bad'
        ? refusedHere('forbidden', { needs: 'moderator' })
        : 'run';
    const bad = client.send(roomId, { text: 'bad' });
    const result = expect(bad.result()).rejects.toMatchObject({ code: 'forbidden' });
    client.send(roomId, { text: 'good' });
    await world.clock.elapse(1_000);
    await result;
    expect(texts(world)).toEqual(['good']);
    expect(client.state.outbox.get(bad.clientId)).toMatchObject({
      status: 'failed',
      refusal: { code: 'forbidden', data: { needs: 'moderator' } },
    });

    await client.stop();
    const again = await world.connected(world.alice, { storage });
    await world.clock.elapse(1_000);
    expect(again.state.outbox.get(bad.clientId)).toMatchObject({ status: 'failed', input: { text: 'bad' } });
    world.server.answerTo = () => 'run';
    again.retry(bad.clientId);
    await world.clock.elapse(1_000);
    expect(texts(world)).toEqual(['good', 'bad']);
  });

  test('that was discarded is gone for good', async () => {
    const world = createWorld();
    const storage = createMemoryStorage();
    const client = await world.connected(world.alice, { storage });
    world.server.answerTo = () => refusedHere('archived', {});
    const { clientId } = client.send(world.general.room.id, { text: 'too late' });
    await world.clock.elapse(100);
    client.discard(clientId);
    expect(client.state.outbox.size).toBe(0);
    await world.clock.elapse(100);
    expect(storage.entries.has(`outbox:${clientId}`)).toBe(false);
  });

  test('taken over by two tabs stands there once, and both see that it is done', async () => {
    const world = createWorld();
    const storage = createMemoryStorage();
    world.server.unreachable = true;
    const first = world.client(world.alice, { storage });
    await first.start();
    first.send(world.general.room.id, { text: 'once' });
    await world.clock.elapse(100);
    await first.stop();
    world.server.unreachable = false;
    const tabs = [world.client(world.alice, { storage }), world.client(world.alice, { storage })];
    await Promise.all(tabs.map((tab) => tab.start()));
    await world.clock.elapse(3_000);
    expect(texts(world)).toEqual(['once']);
    for (const tab of tabs) expect(tab.state.outbox.size).toBe(0);
  });
});

describe('what the latest of replaces the earlier', () => {
  test('drafts go together while one is on its way, and the last one stays', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    for (const text of ['h', 'he', 'hel', 'hell', 'hello']) {
      client.setDraft(roomId, text);
      await world.clock.elapse(3);
    }
    await world.clock.elapse(5_000);
    const sent = world.server.heard.flatMap(({ frame }) =>
      frame.t === 'call' && frame.name === 'draft.set' ? [(frame.input as { text: string }).text] : [],
    );
    expect(sent.at(-1)).toBe('hello');
    expect(sent.length).toBeLessThanOrEqual(2);
    expect(client.state.drafts.get(roomId)?.text).toBe('hello');
    expect(client.state.outbox.size).toBe(0);
  });

  test('a draft changed while the one before is on its way is sent after it', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const client = await world.connected(world.alice);
    world.server.fateOf = ({ t }) => (t === 'event' ? 'late' : 'deliver');
    client.setDraft(roomId, 'first');
    await world.clock.elapse(1);
    client.setDraft(roomId, 'second');
    await world.clock.elapse(100);
    expect(client.state.outbox.get(`draft:${roomId}`)?.input).toMatchObject({ text: 'second' });
    await world.clock.elapse(3_000);
    expect(client.state.drafts.get(roomId)?.text).toBe('second');
  });

  test('a draft written without a network is there after a reload, and is sent', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const storage = createMemoryStorage();
    world.server.unreachable = true;
    const first = world.client(world.alice, { storage });
    await first.start();
    first.setDraft(roomId, 'half a thought');
    await world.clock.elapse(10);
    await first.stop();
    world.server.unreachable = false;
    const second = await world.connected(world.alice, { storage });
    await world.clock.elapse(1_000);
    expect(second.state.drafts.get(roomId)?.text).toBe('half a thought');
  });

  test('a draft that another tab has replaced and sent is not sent over it', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const storage = createMemoryStorage();
    const first = await world.connected(world.alice, { storage });
    world.server.unreachable = true;
    world.server.cut();
    await world.clock.elapse(10);
    first.setDraft(roomId, 'old');
    await world.clock.elapse(10);
    // Another tab opens and takes over what is kept, but the network comes back for the first one alone.
    const other = world.client(world.alice, { storage });
    await other.start();
    expect(other.state.outbox.get(`draft:${roomId}`)?.input).toMatchObject({ text: 'old' });
    other.hint('hidden');
    first.setDraft(roomId, 'new');
    world.server.unreachable = false;
    first.hint('online');
    await world.clock.elapse(100);
    expect(first.state.drafts.get(roomId)?.text).toBe('new');
    await world.clock.elapse(60_000);
    expect(world.server.chat.drafts.size).toBe(1);
    expect([...world.server.chat.drafts.values()][0]?.text).toBe('new');
    expect(other.state.outbox.size).toBe(0);
    expect(other.state.drafts.get(roomId)?.text).toBe('new');
  });

  test('a draft that the server does not take is not lost', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    const storage = createMemoryStorage();
    const first = await world.connected(world.alice, { storage });
    world.server.answerTo = () => refusedHere('limit_reached', { limit: 500 });
    first.setDraft(roomId, 'one draft too many');
    await world.clock.elapse(5_000);
    await first.stop();
    world.server.answerTo = () => 'run';
    const second = await world.connected(world.alice, { storage });
    await world.clock.elapse(1_000);
    expect(second.state.drafts.get(roomId)?.text).toBe('one draft too many');
  });

  test('reading moves forward only, and the mark does not fall back while it is on its way', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    for (let n = 0; n < 10; n += 1) world.says(world.bob, `message ${n}`);
    const client = await world.connected(world.alice);
    client.markRead(roomId, 4);
    client.markRead(roomId, 8);
    client.markRead(roomId, 6);
    expect(client.state.outbox.get(`read:${roomId}`)?.input).toEqual({ roomId, ordinal: 8 });
    await world.clock.elapse(2_000);
    expect(client.state.rooms.get(roomId)?.membership.readOrdinal).toBe(8);
    expect(client.state.outbox.size).toBe(0);
  });

  test('a read mark that is refused is forgotten', async () => {
    const world = createWorld();
    const roomId = world.general.room.id;
    world.says(world.bob, 'hello');
    const client = await world.connected(world.alice);
    world.server.answerTo = () => refusedHere('not_found', {});
    client.markRead(roomId);
    await world.clock.elapse(2_000);
    expect(client.state.outbox.size).toBe(0);
  });
});
