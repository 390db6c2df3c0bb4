import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createStandardEmoji } from './standard-emoji.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, send } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const cleo = await world.person('cleo');
let roomId = '';
let messageId = '';
beforeEach(async () => {
  roomId = await world.room(ann, [bob]);
  messageId = (await send(ann, roomId, 'hello')).messageId;
  await world.told();
});

const add = (by: Caller, emoji: string) => handlers['reaction.add'](by, { messageId, emoji });
const remove = (by: Caller, emoji: string) => handlers['reaction.remove'](by, { messageId, emoji });
const reactions = async () => (await handlers['message.get'](ann, { messageId })).message.reactions;

describe('reacting', () => {
  it('keeps kinds and people in the order in which they came, and tells once', async () => {
    await add(bob, '🎉');
    await add(ann, '👍');
    await add(ann, '🎉');
    await add(ann, '🎉');
    expect(await reactions()).toEqual([
      { emoji: '🎉', userIds: [bob.userId, ann.userId] },
      { emoji: '👍', userIds: [ann.userId] },
    ]);
    expect(await world.told()).toMatchObject([
      {
        stream: `room:${roomId}`,
        name: 'reaction.added',
        data: { messageId, emoji: '🎉', userId: bob.userId },
      },
      { data: { emoji: '👍', userId: ann.userId } },
      { data: { emoji: '🎉', userId: ann.userId } },
    ]);
    await remove(bob, '🎉');
    await remove(bob, '🎉');
    expect(outline(await world.told())).toEqual([`room:${roomId} reaction.removed`]);
    await add(bob, '🎉');
    expect((await reactions())[0]).toEqual({ emoji: '🎉', userIds: [ann.userId, bob.userId] });
  });

  it('counts once when it comes twice at once', async () => {
    await Promise.all([add(bob, '👍'), add(bob, '👍'), add(ann, '👍')]);
    expect((await reactions())[0]?.userIds).toHaveLength(2);
    expect(await world.told()).toHaveLength(2);
  });

  it('takes a heart with and without its selector for the same', async () => {
    await add(ann, '\u2764');
    await add(bob, '\u2764\ufe0f');
    expect(await reactions()).toEqual([{ emoji: '\u2764\ufe0f', userIds: [ann.userId, bob.userId] }]);
    await remove(bob, '\u2764');
    expect((await reactions())[0]?.userIds).toEqual([ann.userId]);
  });

  it('knows the workspace’s own emoji as long as they exist, and takes reactions back after that', async () => {
    await expect(add(ann, ':parrot:')).rejects.toMatchObject({ code: 'invalid' });
    await database.rows(sql`insert into images (hash, bytes, created_at) values ('h', '', now())`);
    await database.rows(sql`
      insert into custom_emoji (name, picture, added_by, added_at) values ('parrot', 'h', ${ann.userId}, now())`);
    await add(ann, ':parrot:');
    await database.rows(sql`delete from custom_emoji`);
    await expect(add(bob, ':parrot:')).rejects.toMatchObject({ code: 'invalid' });
    await remove(ann, ':parrot:');
    expect(await reactions()).toEqual([]);
  });

  it.each(['', 'x', ':)', ':a:', ':no such one:', '👍👍', '<img>', '\u0000'])('refuses %j', async (emoji) => {
    await expect(add(ann, emoji)).rejects.toMatchObject({ code: 'invalid', data: { path: '/emoji' } });
  });

  it('is limited to so many kinds; joining in is always possible', async () => {
    await database.rows(sql`
      insert into reactions (message_id, emoji, user_id, kind_id)
      select ${messageId}, ':kind' || n || ':', ${ann.userId}, n from generate_series(1, 29) n`);
    await add(ann, '👍');
    await add(bob, '👍');
    await expect(add(bob, '🎉')).rejects.toMatchObject({ code: 'limit_reached', data: { limit: 30 } });
  });

  it('is refused from outside, in the archive, and on what is gone', async () => {
    await expect(add(cleo, '👍')).rejects.toMatchObject({ code: 'not_found' });
    const open = await world.room(ann, [], { kind: 'public' });
    const outside = await send(ann, open, 'hello');
    await expect(
      handlers['reaction.add'](cleo, { messageId: outside.messageId, emoji: '👍' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await handlers['room.change'](ann, { roomId, archived: true });
    await expect(add(bob, '👍')).rejects.toMatchObject({ code: 'archived' });
    await expect(remove(bob, '👍')).rejects.toMatchObject({ code: 'archived' });
    await handlers['room.change'](ann, { roomId, archived: false });
    await handlers['message.delete'](ann, { messageId });
    await expect(add(bob, '👍')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('standard emoji', () => {
  const standard = createStandardEmoji();

  it.each([
    ['👍', '👍'],
    ['👍🏽', '👍🏽'],
    ['❤', '❤️'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['🇩🇪', '🇩🇪'],
  ])('%s is stored as %s', (given, stored) => {
    expect(standard(given)).toBe(stored);
  });

  it.each(['a', '👍🏽🏽', '🎉🏽', '👍x', ''])('%s is none', (given) => {
    expect(standard(given)).toBeNull();
  });
});
