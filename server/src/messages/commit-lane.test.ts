import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import type { StreamEvent } from '../delivery/index.ts';
import { sql } from '../kit/sql.ts';
import { createMessages } from './index.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, send } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const cleo = await world.person('cleo');

const timeline = async (roomId: string, by: Caller = ann): Promise<string[]> =>
  (await handlers['room.history'](by, { roomId })).messages.map(({ text }) => text);

let roomId = '';
beforeEach(async () => {
  roomId = await world.room(ann, [bob]);
  await world.told();
});

describe('numbering', () => {
  it('gives events and timeline their numbers in the order of arrival', async () => {
    const sent = await Promise.all(['one', 'two', 'three'].map((text) => send(ann, roomId, text)));
    expect(sent.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
    // Two people joined before.
    expect(sent.map(({ position }) => position.seq)).toEqual([3, 4, 5]);
    expect(await timeline(roomId)).toEqual(['one', 'two', 'three']);
  });

  it('numbers each room by itself within one batch', async () => {
    const other = await world.room(ann, []);
    const sent = await Promise.all([
      send(ann, roomId, 'a'),
      send(ann, other, 'b'),
      send(bob, roomId, 'c'),
      send(ann, other, 'd'),
    ]);
    expect(sent.map(({ ordinal }) => ordinal)).toEqual([1, 1, 2, 2]);
  });

  it('tells the room of each message as history shows it', async () => {
    await send(ann, roomId, 'hello');
    const [event] = await world.told();
    const { messages } = await handlers['room.history'](ann, { roomId });
    expect(event).toMatchObject({
      stream: `room:${roomId}`,
      name: 'message.sent',
      data: { message: messages[0] },
    });
  });

  it('tells others, word for word, what the log keeps for those who come later', async () => {
    const told: StreamEvent[] = [];
    const committed = (events: readonly StreamEvent[]): void => void told.push(...events);
    const own = createMessages({ ...world, committed }).handlers;
    const clientId = world.fresh;
    const text = 'a "quoted" \\ word, an ümlaut, 🎉\nand a line';
    const root = await own['message.send'](ann, { roomId, clientId: clientId(), text });
    const { messageId: threadId } = root;
    await own['message.send'](bob, { roomId, clientId: clientId(), text: 'so it is, @ann', threadId });
    await own['message.send'](bob, { roomId, clientId: clientId(), text: 'indeed', quoteId: threadId });
    const ofRoom = told.filter(({ stream }) => stream.id === roomId);
    const kept = await database.rows<{ json: string }>(sql`
      select data::text as json from events where stream_id = ${roomId} and name = 'message.sent' order by seq`);
    expect(ofRoom.map(({ json }) => json)).toEqual(kept.map(({ json }) => json));
    expect(ofRoom.map((event) => event.data())).toEqual(kept.map(({ json }) => JSON.parse(json)));
    expect(ofRoom).toHaveLength(3);
  });

  it('never lets time go back in a room, whatever a clock says', async () => {
    const first = await send(ann, roomId, 'one');
    await database.rows(sql`update streams set moved_at = moved_at + interval '1 hour' where id = ${roomId}`);
    const second = await send(ann, roomId, 'two');
    const third = await send(ann, roomId, 'three');
    expect(second.at).toBe(first.at + 3_600_000);
    expect(third.at).toBe(second.at);
  });

  it('reads the room for its author up to the message', async () => {
    await send(bob, roomId, 'one');
    await send(ann, roomId, 'two');
    await send(bob, roomId, 'three');
    const mine = async (by: Caller) => (await handlers['room.get'](by, { roomId })).membership?.readOrdinal;
    expect(await mine(ann)).toBe(2);
    expect(await mine(bob)).toBe(3);
  });
});

describe('batches', () => {
  it('lets the next one leave before people are told of the one before', async () => {
    const order: string[] = [];
    const rows: typeof database.rows = (...asked) => {
      if (asked[0].text.includes('commit_messages')) order.push('a batch leaves');
      return database.rows(...asked);
    };
    const own = createMessages({
      ...world,
      database: { ...database, rows },
      committed: (events) => order.push(`${events.length} told`),
    }).handlers;
    // The first leaves at once; the room is busy until it is committed.
    const texts = ['one', 'two', 'three'];
    await Promise.all(
      texts.map((text) => own['message.send'](ann, { roomId, clientId: world.fresh(), text })),
    );
    expect(order).toEqual(['a batch leaves', 'a batch leaves', '1 told', '2 told']);
    expect(await timeline(roomId)).toEqual(texts);
  });
});

describe('once', () => {
  it('answers a retry with the first result, and tells nobody again', async () => {
    const message = { roomId, clientId: 'the-same-id', text: 'hello' };
    const first = await handlers['message.send'](ann, message);
    await world.told();
    expect(await handlers['message.send'](ann, { ...message, text: 'other' })).toEqual(first);
    expect(await world.told()).toEqual([]);
    expect(await timeline(roomId)).toEqual(['hello']);
  });

  it('joins a retry to the first while that is still under way', async () => {
    const message = { roomId, clientId: 'under-way-id', text: 'hello' };
    const both = await Promise.all([
      handlers['message.send'](ann, message),
      handlers['message.send'](ann, message),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(await timeline(roomId)).toEqual(['hello']);
  });

  it('answers a retry even when its author may no longer post', async () => {
    const message = { roomId, clientId: 'before-leaving', text: 'bye' };
    const first = await handlers['message.send'](bob, message);
    await handlers['room.leave'](bob, { roomId });
    expect(await handlers['message.send'](bob, message)).toEqual(first);
  });

  it('takes the same client id of two authors for two messages', async () => {
    const message = { roomId, clientId: 'shared-by-two', text: 'hello' };
    await Promise.all([handlers['message.send'](ann, message), handlers['message.send'](bob, message)]);
    expect(await timeline(roomId)).toEqual(['hello', 'hello']);
  });
});

describe('refusals, each without harm to its neighbours', () => {
  const refusedWith = (code: string) => expect.objectContaining({ code });

  it('refuses who is not in the room, as if there were none', async () => {
    const outcome = await Promise.allSettled([
      send(ann, roomId, 'one'),
      send(cleo, roomId, 'from outside'),
      send(cleo, '999999999', 'to nowhere'),
      send(bob, roomId, 'two'),
    ]);
    expect(outcome.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcome[1]).toMatchObject({ reason: refusedWith('not_found') });
    expect(outcome[2]).toMatchObject({ reason: refusedWith('not_found') });
    expect(await timeline(roomId)).toEqual(['one', 'two']);
  });

  it('refuses outsiders of a public room', async () => {
    const open = await world.room(ann, [], { kind: 'public' });
    await expect(send(cleo, open, 'hello')).rejects.toEqual(refusedWith('not_found'));
  });

  it('refuses an archived room until it is taken out of the archive', async () => {
    await handlers['room.change'](ann, { roomId, archived: true });
    await expect(send(bob, roomId, 'hello')).rejects.toEqual(refusedWith('archived'));
    await handlers['room.change'](ann, { roomId, archived: false });
    await expect(send(bob, roomId, 'hello')).resolves.toMatchObject({ ordinal: 1 });
  });

  it('refuses plain members where moderators post', async () => {
    await handlers['room.change'](ann, { roomId, posting: 'moderators' });
    await expect(send(bob, roomId, 'hello')).rejects.toEqual(refusedWith('forbidden'));
    await handlers['room.setMemberRole'](ann, { roomId, userId: bob.userId, role: 'moderator' });
    await expect(send(bob, roomId, 'hello')).resolves.toMatchObject({ ordinal: 1 });
  });

  it('refuses somebody who was deactivated', async () => {
    const dora = await world.person('dora');
    await handlers['room.invite'](ann, { roomId, userIds: [dora.userId] });
    await database.rows(sql`update users set deactivated_at = now() where id = ${dora.userId}`);
    await expect(send(dora, roomId, 'hello')).rejects.toEqual(refusedWith('not_found'));
  });

  it('refuses to quote or to answer what is not in the room, is a reply, or is deleted', async () => {
    const other = await world.room(ann, [bob]);
    const { messageId: elsewhere } = await send(ann, other, 'elsewhere');
    const { messageId: root } = await send(ann, roomId, 'root');
    const { messageId: reply } = await send(ann, roomId, 'reply', { threadId: root });
    const { messageId: gone } = await send(ann, roomId, 'gone');
    await handlers['message.delete'](ann, { messageId: gone });
    for (const extra of [
      { quoteId: elsewhere },
      { quoteId: gone },
      { quoteId: '999999999' },
      { threadId: elsewhere },
      { threadId: reply },
      { threadId: gone },
    ]) {
      await expect(send(bob, roomId, 'hello', extra)).rejects.toEqual(refusedWith('not_found'));
    }
    await expect(send(bob, roomId, 'hello', { quoteId: reply })).resolves.toBeDefined();
  });

  it.each([
    ['nothing', '  \n\t'],
    ['NUL', 'a\u0000b'],
    ['an escape', 'a\u001b[0m'],
    ['half a character', 'a\ud83d'],
  ])('refuses a text with %s', async (_, text) => {
    await expect(send(ann, roomId, text)).rejects.toMatchObject({ code: 'invalid', data: { path: '/text' } });
  });

  it('refuses more people than a message may mention', async () => {
    const named = Array.from({ length: 51 }, (_, index) => `crowd${index}`);
    for (const handle of named) await world.person(handle);
    const text = named.map((handle) => `@${handle}`).join(' ');
    await expect(send(ann, roomId, text)).rejects.toEqual(refusedWith('limit_reached'));
  });
});

describe('threads', () => {
  it('numbers replies in their thread, and in the room only when they are for the room too', async () => {
    const { messageId: threadId } = await send(ann, roomId, 'root');
    const one = await send(bob, roomId, 'one', { threadId });
    const two = await send(ann, roomId, 'two', { threadId, alsoInRoom: true });
    const three = await send(bob, roomId, 'three');
    expect([one.ordinal, one.threadOrdinal]).toEqual([null, 1]);
    expect([two.ordinal, two.threadOrdinal]).toEqual([2, 2]);
    expect([three.ordinal, three.threadOrdinal]).toEqual([3, null]);
    expect(await timeline(roomId)).toEqual(['root', 'two', 'three']);
  });

  it('sums up on the root: replies, last time, faces in order of appearance', async () => {
    const { messageId: threadId } = await send(ann, roomId, 'root');
    await send(bob, roomId, 'one', { threadId });
    await send(ann, roomId, 'two', { threadId });
    world.clock.elapse(1_000);
    const { at } = await send(bob, roomId, 'three', { threadId });
    const { message } = await handlers['message.get'](ann, { messageId: threadId });
    expect(message.thread).toEqual({ replies: 3, ordinal: 3, lastAt: at, faces: [bob.userId, ann.userId] });
  });

  it('keeps replies that arrive together in order, each knowing who follows', async () => {
    const { messageId: threadId } = await send(ann, roomId, 'root');
    const sent = await Promise.all(['a', 'b', 'c'].map((text) => send(bob, roomId, text, { threadId })));
    expect(sent.map(({ threadOrdinal }) => threadOrdinal)).toEqual([1, 2, 3]);
    const { threads } = await handlers['thread.list'](ann, {});
    expect(threads[0]?.thread).toMatchObject({ threadId, ordinal: 3, readOrdinal: 0 });
  });

  it('lets root author, repliers and mentioned people follow, unread from the reply on', async () => {
    await handlers['room.invite'](ann, { roomId, userIds: [cleo.userId] });
    const { messageId: threadId } = await send(ann, roomId, 'root');
    await send(bob, roomId, 'one', { threadId });
    await send(bob, roomId, 'two @cleo', { threadId });
    const follows = async (by: Caller) => (await handlers['thread.history'](by, { threadId })).following;
    expect(await follows(ann)).toMatchObject({ ordinal: 2, readOrdinal: 0, mentions: [] });
    expect(await follows(bob)).toMatchObject({ ordinal: 2, readOrdinal: 2, mentions: [] });
    expect(await follows(cleo)).toMatchObject({ ordinal: 2, readOrdinal: 1, mentions: [2] });
  });

  it('tells followers of a reply, and the author’s other devices that the thread is read', async () => {
    const { messageId: threadId } = await send(ann, roomId, 'root');
    await send(bob, roomId, 'one', { threadId });
    await send(bob, roomId, 'two', { threadId });
    await world.told();
    const { messageId } = await send(ann, roomId, 'three', { threadId });
    const told = await world.told();
    expect(told.filter(({ stream }) => stream === `user:${ann.userId}`)).toMatchObject([
      { name: 'thread.followed', data: { thread: { threadId, ordinal: 3, readOrdinal: 3, mentions: [] } } },
    ]);
    expect(told.filter(({ stream }) => stream === `user:${bob.userId}`)).toMatchObject([
      {
        name: 'notice.added',
        data: {
          notice: { kind: 'thread', messageId, threadId, threadOrdinal: 3, ordinal: null, mentioned: false },
        },
      },
    ]);
  });

  it('tells nobody who has left', async () => {
    const { messageId: threadId } = await send(bob, roomId, 'root');
    await send(ann, roomId, 'one', { threadId });
    await handlers['room.leave'](bob, { roomId });
    await world.told();
    await send(ann, roomId, 'two', { threadId });
    expect((await world.told()).map(({ stream }) => stream)).toEqual([`room:${roomId}`]);
  });
});

describe('notices', () => {
  it('tells mentioned members at once, once each, and never the author', async () => {
    await world.told();
    const { messageId } = await send(ann, roomId, 'hey @bob and @Bob, also @ann, @cleo and @nobody');
    const told = await world.told();
    expect(told.map(({ stream, name }) => `${stream} ${name}`)).toEqual([
      `user:${bob.userId} notice.added`,
      `room:${roomId} message.sent`,
    ]);
    expect(told[0]?.data).toEqual({
      notice: {
        kind: 'mention',
        roomId,
        messageId,
        seq: 3,
        ordinal: 1,
        threadId: null,
        threadOrdinal: null,
        mentioned: true,
        authorId: ann.userId,
        excerpt: 'hey @bob and @Bob, also @ann, @cleo and @nobody',
      },
    });
    const { messages } = await handlers['mention.list'](bob, {});
    expect(messages.map(({ id }) => id)).toEqual([messageId]);
    expect(messages[0]?.mentions.users).toEqual({ ann: ann.userId, bob: bob.userId, cleo: cleo.userId });
  });

  it('counts @all and @here for everybody who has not read it, by one row', async () => {
    await send(ann, roomId, 'hello @all');
    await send(ann, roomId, 'quiet');
    await send(ann, roomId, 'hello @here');
    const { counters } = await handlers['room.get'](bob, { roomId });
    expect(counters?.mentions).toEqual([1, 3]);
    expect(
      await database.rows(sql`select kind from room_mentions where room_id = ${roomId} order by ordinal`),
    ).toEqual([{ kind: 'all' }, { kind: 'here' }]);
  });

  it('tells the others of a conversation of each message', async () => {
    const { room } = await handlers['room.openDirect'](ann, { userIds: [bob.userId, cleo.userId] });
    await world.told();
    await send(ann, room.room.id, 'hello @bob');
    const told = await world.told();
    const notices = told.filter(({ name }) => name === 'notice.added');
    expect(notices.map(({ stream }) => stream).toSorted()).toEqual(
      [`user:${bob.userId}`, `user:${cleo.userId}`].toSorted(),
    );
    for (const { stream, data } of notices) {
      expect(data).toMatchObject({ notice: { kind: 'direct', mentioned: stream === `user:${bob.userId}` } });
    }
  });

  it('tells somebody mentioned by many in one batch in the order of the messages', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => send(ann, roomId, `${n} @bob`)));
    const told = (await world.told()).filter(({ stream }) => stream === `user:${bob.userId}`);
    const ordinals = told.map(({ data }) => (data as { notice: { ordinal: number } }).notice.ordinal);
    expect(ordinals).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    const seqs = told.map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, n) => (seqs[0] ?? 0) + n));
  });
});
