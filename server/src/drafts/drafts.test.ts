import { afterAll, describe, expect, it } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import { sql } from '../kit/sql.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, send } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const roomId = await world.room(ann, [bob]);
const { messageId: threadId } = await send(ann, roomId, 'root');
const drafts = async () => (await handlers['sync.snapshot'](ann, {})).drafts;

describe('drafts', () => {
  it('are kept by room and thread; the last one wins, an empty one is gone', async () => {
    await world.told();
    await handlers['draft.set'](ann, { roomId, text: 'to the room' });
    const draft = { roomId, threadId: null, text: 'to the room', at: world.clock.now() };
    expect(await world.told()).toMatchObject([
      { stream: `user:${ann.userId}`, name: 'draft.changed', data: { draft } },
    ]);
    world.clock.elapse(1_000);
    const inThread = { roomId, threadId, text: 'to the thread', at: world.clock.now() };
    await handlers['draft.set'](ann, { roomId, threadId, text: inThread.text });
    expect(await drafts()).toEqual([draft, inThread]);
    await world.told();
    await handlers['draft.set'](ann, { roomId, text: 'to the room' });
    expect(await world.told()).toEqual([]);
    await handlers['draft.set'](ann, { roomId, text: '' });
    expect(await world.told()).toMatchObject([{ data: { draft: { roomId, threadId: null, text: '' } } }]);
    expect(await drafts()).toEqual([inThread]);
    await handlers['draft.set'](ann, { roomId, text: '' });
    expect(await world.told()).toEqual([]);
  });

  it('are refused where one may not write, and for threads that are elsewhere', async () => {
    const other = await world.room(bob, []);
    const open = await world.room(bob, [], { kind: 'public' });
    const { messageId: elsewhere } = await send(bob, open, 'root');
    for (const input of [
      { roomId: other },
      { roomId: open },
      { roomId: '999999999' },
      { roomId, threadId: elsewhere },
      { roomId, threadId: '999999999' },
    ]) {
      await expect(handlers['draft.set'](ann, { ...input, text: 'x' })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    await expect(handlers['draft.set'](ann, { roomId, text: 'a\u0000' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('are limited in number; those there are can still change', async () => {
    await database.rows(sql`
      insert into drafts (user_id, room_id, thread_id, text, at)
      select ${bob.userId}, 6000000 + n, 0, 'x', now() from generate_series(1, 499) n`);
    await handlers['draft.set'](bob, { roomId, text: 'the last' });
    const one = handlers['draft.set'](bob, { roomId, threadId, text: 'one more' });
    await expect(one).rejects.toMatchObject({ code: 'limit_reached', data: { limit: 500 } });
    await handlers['draft.set'](bob, { roomId, text: 'the last, changed' });
    await handlers['draft.set'](bob, { roomId, text: '' });
    await expect(handlers['draft.set'](bob, { roomId, threadId, text: 'one more' })).resolves.toBeDefined();
  });
});
