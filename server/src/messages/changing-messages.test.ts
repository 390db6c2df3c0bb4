import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, send } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const cleo = await world.person('cleo');
const ida = await world.person('ida', 'admin');
let roomId = '';
beforeEach(async () => {
  roomId = await world.room(ann, [bob, cleo]);
  await world.told();
});

const edit = (by: Caller, messageId: string, text: string, version = 1) =>
  handlers['message.edit'](by, { messageId, text, version });
const get = async (messageId: string, by = ann) => (await handlers['message.get'](by, { messageId })).message;
const mentionsOf = async (by: Caller) => (await handlers['room.get'](by, { roomId })).counters?.mentions;

describe('editing', () => {
  it('changes the text, keeps the one before, and tells the room', async () => {
    const { messageId, at } = await send(ann, roomId, 'first');
    await world.told();
    world.clock.elapse(1_000);
    const { version, position } = await edit(ann, messageId, 'second');
    expect(version).toBe(2);
    const editedAt = world.clock.now();
    expect(await world.told()).toMatchObject([
      {
        stream: `room:${roomId}`,
        seq: position.seq,
        name: 'message.edited',
        data: { messageId, ordinal: 1, text: 'second', version: 2, editedAt },
      },
    ]);
    expect(await get(messageId)).toMatchObject({ text: 'second', version: 2, at, editedAt, ordinal: 1 });
    await edit(ann, messageId, 'third', 2);
    const { edits } = await handlers['message.edits'](bob, { messageId });
    expect(edits).toEqual([
      { version: 1, text: 'first', at },
      { version: 2, text: 'second', at: editedAt },
    ]);
  });

  it('names the version it edits', async () => {
    const { messageId } = await send(ann, roomId, 'first');
    await edit(ann, messageId, 'second');
    await expect(edit(ann, messageId, 'other')).rejects.toMatchObject({
      code: 'conflict',
      data: { version: 2 },
    });
  });

  it('lets one of two at once win', async () => {
    const { messageId } = await send(ann, roomId, 'first');
    const both = await Promise.allSettled(['one', 'two'].map((text) => edit(ann, messageId, text)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes a repeated edit, or one that changes nothing, as done', async () => {
    const { messageId } = await send(ann, roomId, 'first');
    expect(await edit(ann, messageId, 'first')).toMatchObject({ version: 1 });
    const done = await edit(ann, messageId, 'second');
    await world.told();
    expect(await edit(ann, messageId, 'second')).toEqual(done);
    expect(await world.told()).toEqual([]);
  });

  it('is for the author, in a room that is not archived, of what is there', async () => {
    const { messageId } = await send(bob, roomId, 'first');
    await expect(edit(ann, messageId, 'x')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(edit(ida, messageId, 'x')).rejects.toMatchObject({ code: 'not_found' });
    await expect(edit(bob, '999999999', 'x')).rejects.toMatchObject({ code: 'not_found' });
    await expect(edit(bob, messageId, ' ')).rejects.toMatchObject({ code: 'invalid' });
    await handlers['room.change'](ann, { roomId, archived: true });
    await expect(edit(bob, messageId, 'x')).rejects.toMatchObject({ code: 'archived' });
    await handlers['room.change'](ann, { roomId, archived: false });
    await handlers['message.delete'](bob, { messageId });
    await expect(edit(bob, messageId, 'x')).rejects.toMatchObject({ code: 'not_found' });
    const other = await send(bob, roomId, 'mine');
    await handlers['room.leave'](bob, { roomId });
    await expect(edit(bob, other.messageId, 'x')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tells who is newly mentioned, and takes the notice back from who no longer is', async () => {
    const { messageId } = await send(ann, roomId, 'hey @bob');
    await world.told();
    await edit(ann, messageId, 'hey @cleo and @ann');
    const told = await world.told();
    expect(outline(told)).toEqual([
      `user:${bob.userId} notice.removed`,
      `user:${cleo.userId} notice.added`,
      `room:${roomId} message.edited`,
    ]);
    expect(told[0]?.data).toEqual({ messageId, roomId, ordinal: 1, threadId: null, threadOrdinal: null });
    expect(told[1]).toMatchObject({
      data: { notice: { kind: 'mention', ordinal: 1, mentioned: true, excerpt: 'hey @cleo and @ann' } },
    });
    expect([await mentionsOf(bob), await mentionsOf(cleo)]).toEqual([[], [1]]);
  });

  it('calls everybody, or no longer', async () => {
    const { messageId } = await send(ann, roomId, 'hey');
    await edit(ann, messageId, 'hey @all');
    expect([await mentionsOf(bob), await mentionsOf(cleo)]).toEqual([[1], [1]]);
    await edit(ann, messageId, 'hey @here', 2);
    expect(await mentionsOf(bob)).toEqual([1]);
    await edit(ann, messageId, 'hey', 3);
    expect([await mentionsOf(bob), await mentionsOf(cleo)]).toEqual([[], []]);
  });

  it('keeps the meaning of names that stay, whoever has them now', async () => {
    const old = await world.person('sam');
    const { messageId } = await send(ann, roomId, 'thanks @sam, see #plans');
    await database.rows(sql`update users set handle = 'samuel' where id = ${old.userId}`);
    const other = await world.person('sam');
    await edit(ann, messageId, 'thanks again @sam and @samuel');
    expect((await get(messageId)).mentions.users).toEqual({ sam: old.userId, samuel: old.userId });
    await edit(ann, messageId, 'thanks', 2);
    await edit(ann, messageId, 'thanks @sam', 3);
    expect((await get(messageId)).mentions.users).toEqual({ sam: other.userId });
  });

  it('makes people mentioned in an old reply follow its thread from there', async () => {
    const { messageId: threadId } = await send(ann, roomId, 'root');
    const { messageId } = await send(ann, roomId, 'one', { threadId });
    await send(ann, roomId, 'two', { threadId });
    await world.told();
    await edit(ann, messageId, 'one @cleo');
    const told = (await world.told()).filter(({ stream }) => stream === `user:${cleo.userId}`);
    const thread = { threadId, roomId, ordinal: 2, readOrdinal: 0, mentions: [1] };
    expect(told).toMatchObject([{ name: 'notice.added' }, { name: 'thread.followed', data: { thread } }]);
    expect((await handlers['sync.snapshot'](cleo, {})).threads).toEqual([thread]);
  });
});

describe('deleting', () => {
  it('leaves a tombstone and tells the room', async () => {
    const { messageId } = await send(ann, roomId, 'hey @bob @all');
    await handlers['reaction.add'](bob, { messageId, emoji: '👍' });
    await handlers['message.pin'](ann, { messageId });
    await edit(ann, messageId, 'hello @bob @all');
    await world.told();
    world.clock.elapse(1_000);
    const { position } = await handlers['message.delete'](ann, { messageId });
    const told = await world.told();
    expect(outline(told)).toEqual([`user:${bob.userId} notice.removed`, `room:${roomId} message.deleted`]);
    const deletedAt = world.clock.now();
    expect(told[1]).toMatchObject({
      seq: position.seq,
      data: { messageId, ordinal: 1, threadId: null, version: 3, deletedAt, by: ann.userId },
    });
    expect(await get(messageId)).toMatchObject({
      text: '',
      mentions: { users: {}, all: false },
      version: 3,
      deletedAt,
      pinnedAt: null,
      reactions: [],
      ordinal: 1,
    });
    expect((await handlers['message.edits'](bob, { messageId })).edits).toEqual([]);
    expect([await mentionsOf(bob), await mentionsOf(cleo)]).toEqual([[], []]);
    expect((await handlers['mention.list'](bob, {})).messages).toEqual([]);
    await handlers['message.delete'](ann, { messageId });
    expect(await world.told()).toEqual([]);
  });

  it('empties the events that carried the text, and leaves their neighbours alone', async () => {
    const before = await send(ann, roomId, 'stays');
    const { messageId, position } = await send(ann, roomId, 'secret one');
    await edit(ann, messageId, 'secret two @bob');
    await edit(ann, messageId, 'secret three', 2);
    await edit(ann, before.messageId, 'stays too');
    await handlers['message.delete'](ann, { messageId });
    const read = await handlers['sync.events'](cleo, { stream: `room:${roomId}`, after: 0 });
    expect(JSON.stringify(read.events)).not.toContain('secret');
    expect(read.events).toHaveLength(read.head);
    const texts = read.events.filter(({ name }) => name.startsWith('message.'));
    expect(texts).toMatchObject([
      { data: { message: { text: 'stays', deletedAt: null } } },
      { seq: position.seq, data: { message: { id: messageId, text: '', clientId: expect.any(String) } } },
      { name: 'message.edited', data: { messageId, text: '', version: 2, mentions: { users: {} } } },
      { name: 'message.edited', data: { messageId, text: '', version: 3 } },
      { name: 'message.edited', data: { messageId: before.messageId, text: 'stays too' } },
      { name: 'message.deleted' },
    ]);
  });

  it('takes a reply out of its thread’s count, and keeps its number', async () => {
    const { messageId: threadId } = await send(ann, roomId, 'root');
    const { messageId } = await send(bob, roomId, 'one', { threadId });
    await send(bob, roomId, 'two', { threadId });
    await handlers['message.delete'](bob, { messageId });
    expect((await get(threadId)).thread).toMatchObject({ replies: 1, ordinal: 2 });
    const { messages } = await handlers['thread.history'](ann, { threadId });
    expect(messages.map(({ threadOrdinal, text }) => [threadOrdinal, text])).toEqual([
      [1, ''],
      [2, 'two'],
    ]);
    await handlers['message.delete'](ann, { messageId: threadId });
    expect((await get(threadId)).thread).toMatchObject({ replies: 1, ordinal: 2 });
  });

  it('is for the author and for owners and moderators of the room', async () => {
    const { messageId } = await send(ann, roomId, 'mine');
    const remove = (by: Caller, id = messageId) => handlers['message.delete'](by, { messageId: id });
    await expect(remove(bob)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(remove(ida)).rejects.toMatchObject({ code: 'not_found' });
    await handlers['room.setMemberRole'](ann, { roomId, userId: bob.userId, role: 'moderator' });
    await remove(bob);
    const direct = await world.direct(ann, [bob]);
    const theirs = await send(ann, direct, 'between us');
    await expect(remove(bob, theirs.messageId)).rejects.toMatchObject({ code: 'forbidden' });
    await remove(ann, theirs.messageId);
  });

  it('is for administrators in public rooms only, and for nobody in the archive', async () => {
    const open = await world.room(ann, [], { kind: 'public' });
    const one = await send(ann, open, 'one');
    await handlers['message.delete'](ida, { messageId: one.messageId });
    const two = await send(ann, open, 'two');
    await handlers['room.change'](ann, { roomId: open, archived: true });
    await expect(handlers['message.delete'](ann, { messageId: two.messageId })).rejects.toMatchObject({
      code: 'archived',
    });
  });
});

describe('pinning', () => {
  const pins = async () =>
    (await handlers['room.pins'](bob, { roomId })).messages.map(({ text, pinnedAt }) => [text, pinnedAt]);

  it('keeps a list, newest pin first, and tells once', async () => {
    const [one, two] = [await send(ann, roomId, 'one'), await send(bob, roomId, 'two')];
    await world.told();
    world.clock.elapse(1_000);
    await handlers['message.pin'](bob, { messageId: two.messageId });
    const at = world.clock.now();
    expect(await world.told()).toMatchObject([
      { name: 'message.pinned', data: { messageId: two.messageId, pinnedAt: at, by: bob.userId } },
    ]);
    world.clock.elapse(1_000);
    await handlers['message.pin'](ann, { messageId: one.messageId });
    await handlers['message.pin'](ann, { messageId: two.messageId });
    expect(await pins()).toEqual([
      ['one', at + 1_000],
      ['two', at],
    ]);
    await world.told();
    await handlers['message.unpin'](cleo, { messageId: one.messageId });
    await handlers['message.unpin'](cleo, { messageId: one.messageId });
    expect(outline(await world.told())).toEqual([`room:${roomId} message.unpinned`]);
    expect(await pins()).toEqual([['two', at]]);
  });

  it('is refused beyond the limit, to who may not post, and from outside', async () => {
    const { messageId } = await send(ann, roomId, 'one');
    await handlers['room.change'](ann, { roomId, posting: 'moderators' });
    const pin = (by: Caller, id = messageId) => handlers['message.pin'](by, { messageId: id });
    await expect(pin(bob)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(pin(ida)).rejects.toMatchObject({ code: 'not_found' });
    const others = [];
    for (let n = 0; n < 100; n += 1) others.push(send(ann, roomId, `pin ${n}`));
    const ids = (await Promise.all(others)).map((one) => one.messageId);
    await database.rows(sql`update messages set pinned_at = now() where id = any(${ids.slice(1)}::bigint[])`);
    const both = await Promise.allSettled([pin(ann), pin(ann, ids[0])]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('saving', () => {
  const saved = async (by: Caller) => (await handlers['sync.snapshot'](by, {})).saved;

  it('keeps messages for oneself, newest first', async () => {
    const [one, two] = [await send(ann, roomId, 'one'), await send(bob, roomId, 'two')];
    await world.told();
    await handlers['message.save'](bob, { messageId: one.messageId });
    expect(await world.told()).toMatchObject([
      { stream: `user:${bob.userId}`, name: 'message.saved', data: { messageId: one.messageId } },
    ]);
    world.clock.elapse(1_000);
    await handlers['message.save'](bob, { messageId: two.messageId });
    await handlers['message.save'](bob, { messageId: one.messageId });
    expect(await saved(bob)).toEqual([two.messageId, one.messageId]);
    const first = await handlers['saved.list'](bob, { limit: 1 });
    expect(first.saved).toMatchObject([{ message: { text: 'two' }, savedAt: world.clock.now() }]);
    expect(first.users.map(({ id }) => id)).toEqual([bob.userId]);
    const second = await handlers['saved.list'](bob, { limit: 1, cursor: first.next ?? '' });
    expect(second).toMatchObject({ saved: [{ message: { text: 'one' } }], next: null });
    await world.told();
    for (let twice = 0; twice < 2; twice += 1) {
      await handlers['message.unsave'](bob, { messageId: two.messageId });
    }
    expect(outline(await world.told())).toEqual([`user:${bob.userId} message.unsaved`]);
  });

  it('keeps the order of saving, also within a millisecond and by clocks that differ', async () => {
    const save = (messageId: string) => handlers['message.save'](bob, { messageId });
    const [one, two, three] = [
      await send(ann, roomId, 'one'),
      await send(ann, roomId, 'two'),
      await send(ann, roomId, 'three'),
    ];
    await save(two.messageId);
    await save(one.messageId);
    world.clock.elapse(-60_000);
    await world.told();
    await save(three.messageId);
    const events = await world.told();
    expect((await saved(bob)).slice(0, 3)).toEqual([three.messageId, one.messageId, two.messageId]);
    const { saved: listed } = await handlers['saved.list'](bob, { limit: 3 });
    expect(listed.map(({ message }) => message.text)).toEqual(['three', 'one', 'two']);
    expect(events).toMatchObject([{ data: { savedAt: listed[0]?.savedAt } }]);
    world.clock.elapse(60_000);
  });

  it('shows only what may still be seen', async () => {
    const { messageId } = await send(ann, roomId, 'one');
    await handlers['message.save'](bob, { messageId });
    await handlers['room.leave'](bob, { roomId });
    const { saved: listed } = await handlers['saved.list'](bob, {});
    expect(listed.map(({ message }) => message.id)).not.toContain(messageId);
    expect(await saved(bob)).toContain(messageId);
    await expect(handlers['message.save'](cleo, { messageId: '999999999' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(handlers['message.save'](bob, { messageId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a forged cursor', async () => {
    for (const key of [['1e300', '5'], ['5'], ['99999999999999999', '5']]) {
      const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
      await expect(handlers['saved.list'](bob, { cursor })).rejects.toMatchObject({ code: 'invalid' });
    }
  });
});
