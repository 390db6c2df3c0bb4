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
const dora = await world.person('dora');
let roomId = '';
let threadId = '';
beforeEach(async () => {
  roomId = await world.room(ann, [bob, cleo]);
  threadId = (await send(ann, roomId, 'root')).messageId;
  await world.told();
});

const reply = (by: Caller, text: string) => send(by, roomId, text, { threadId });
const unread = async (by: Caller) =>
  (await handlers['sync.snapshot'](by, {})).threads.filter((thread) => thread.roomId === roomId);

describe('a page of a thread', () => {
  it('shows root and replies, cut by their numbers', async () => {
    for (let n = 1; n <= 6; n += 1) await reply(bob, `r${n}`);
    const page = async (where: { before?: number; after?: number }) => {
      const { root, messages, hasBefore, hasAfter } = await handlers['thread.history'](cleo, {
        threadId,
        limit: 2,
        ...where,
      });
      expect(root).toMatchObject({ id: threadId, thread: { replies: 6 } });
      return [messages.map(({ text }) => text), hasBefore, hasAfter];
    };
    expect(await page({})).toEqual([['r5', 'r6'], true, false]);
    expect(await page({ before: 5 })).toEqual([['r3', 'r4'], true, true]);
    expect(await page({ after: 0 })).toEqual([['r1', 'r2'], false, true]);
  });

  it('is empty before the first reply, and none for a reply', async () => {
    const { messages, following, hasBefore, hasAfter } = await handlers['thread.history'](cleo, { threadId });
    expect([messages, following, hasBefore, hasAfter]).toEqual([[], null, false, false]);
    const { messageId } = await reply(bob, 'r1');
    for (const by of [cleo, dora]) {
      const asRoot = handlers['thread.history'](by, { threadId: by === cleo ? messageId : threadId });
      await expect(asRoot).rejects.toMatchObject({ code: 'not_found', data: { what: 'message' } });
    }
  });

  it('brings people, quotes, and where the room stands', async () => {
    const { messageId: quoteId } = await send(cleo, roomId, 'quoted');
    await send(bob, roomId, 'reply', { threadId, quoteId });
    const { users, quoted, position } = await handlers['thread.history'](ann, { threadId });
    expect(users.map(({ id }) => id).toSorted()).toEqual(
      [ann, bob, cleo].map(({ userId }) => userId).toSorted(),
    );
    expect(quoted.map(({ id }) => id)).toEqual([quoteId]);
    expect(position.seq).toBe((await handlers['room.get'](ann, { roomId })).counters?.head);
  });
});

describe('following', () => {
  it('starts behind the replies there are, and tells once', async () => {
    await reply(bob, 'before');
    await world.told();
    await handlers['thread.follow'](cleo, { threadId });
    const thread = { threadId, roomId, ordinal: 1, readOrdinal: 1, mentions: [] };
    expect(await world.told()).toMatchObject([
      { stream: `user:${cleo.userId}`, name: 'thread.followed', data: { thread } },
    ]);
    await handlers['thread.follow'](cleo, { threadId });
    expect(await world.told()).toEqual([]);
    expect(await unread(cleo)).toEqual([]);
    await reply(bob, 'after');
    expect(await unread(cleo)).toEqual([{ ...thread, ordinal: 2 }]);
  });

  it('may begin before the first reply', async () => {
    await handlers['thread.follow'](cleo, { threadId });
    const { threads } = await handlers['thread.list'](cleo, {});
    expect(threads.filter(({ thread }) => thread.threadId === threadId)).toEqual([]);
    await reply(bob, 'first');
    expect(await unread(cleo)).toMatchObject([{ threadId, ordinal: 1, readOrdinal: 0 }]);
  });

  it('ends, and tells once', async () => {
    await reply(bob, 'one');
    await world.told();
    await handlers['thread.unfollow'](ann, { threadId });
    await handlers['thread.unfollow'](ann, { threadId });
    expect(outline(await world.told())).toEqual([`user:${ann.userId} thread.unfollowed`]);
    expect(await unread(ann)).toEqual([]);
    await reply(cleo, 'two');
    expect(outline(await world.told())).not.toContain(`user:${ann.userId} notice.added`);
  });

  it('is for members, of threads that are there, as long as there is room', async () => {
    const open = await world.room(ann, [], { kind: 'public' });
    const { messageId } = await send(ann, open, 'root');
    const follow = (by: Caller, id: string) => handlers['thread.follow'](by, { threadId: id });
    await expect(follow(dora, threadId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(follow(dora, messageId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(follow(dora, '999999999')).rejects.toMatchObject({ code: 'not_found' });
    await database.rows(sql`
      insert into thread_followers (user_id, thread_id, read_ordinal)
      select 7000000 + n, ${threadId}, 0 from generate_series(1, 999) n`);
    const both = await Promise.allSettled([bob, cleo].map((by) => follow(by, threadId)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'limit_reached', data: { limit: 1_000 } },
    });
  });
});

describe('reading a thread', () => {
  it('never goes back, nor beyond the last reply, and tells only news', async () => {
    for (const text of ['one', 'two @ann', 'three']) await reply(bob, text);
    await world.told();
    const read = (ordinal: number) => handlers['thread.read'](ann, { threadId, ordinal });
    await read(1);
    expect(await world.told()).toMatchObject([
      { name: 'thread.followed', data: { thread: { ordinal: 3, readOrdinal: 1, mentions: [2] } } },
    ]);
    await read(0);
    expect(await world.told()).toEqual([]);
    await read(99);
    expect(await world.told()).toMatchObject([{ data: { thread: { readOrdinal: 3, mentions: [] } } }]);
    expect(await unread(ann)).toEqual([]);
  });

  it('changes nothing for who does not follow', async () => {
    await reply(bob, 'one');
    await world.told();
    await handlers['thread.read'](cleo, { threadId, ordinal: 1 });
    expect(await world.told()).toEqual([]);
  });
});

describe('the list of threads', () => {
  it('has the last reply first, pages, and can be of unread ones', async () => {
    const eva = await world.person(`eva-${roomId}`);
    await handlers['room.invite'](ann, { roomId, userIds: [eva.userId] });
    const roots: string[] = [];
    for (const text of ['a', 'b', 'c']) roots.push((await send(eva, roomId, text)).messageId);
    const [a = '', b = '', c = ''] = roots;
    for (const id of [c, a, b]) await send(bob, roomId, `to ${id}`, { threadId: id });
    await handlers['thread.read'](eva, { threadId: a, ordinal: 1 });
    const { messageId } = await send(bob, roomId, 'mistake', { threadId: c });
    await handlers['message.delete'](bob, { messageId });
    const listed = async (input: { unread?: boolean; cursor?: string; limit?: number }) => {
      const { threads, next } = await handlers['thread.list'](eva, input);
      return {
        ids: threads.map(({ thread }) => thread.threadId),
        lasts: threads.map(({ last }) => last?.text),
        next,
      };
    };
    expect(await listed({})).toEqual({
      ids: [c, b, a],
      lasts: [`to ${c}`, `to ${b}`, `to ${a}`],
      next: null,
    });
    expect((await listed({ unread: true })).ids).toEqual([c, b]);
    const first = await listed({ limit: 2 });
    expect(first.ids).toEqual([c, b]);
    expect((await listed({ limit: 2, cursor: first.next ?? '' })).ids).toEqual([a]);
    await expect(listed({ cursor: 'forged' })).rejects.toMatchObject({ code: 'invalid' });
    await handlers['room.leave'](eva, { roomId });
    expect((await listed({})).ids).toEqual([]);
  });
});
