import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, send } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const cleo = await world.person('cleo');
let roomId = '';
beforeEach(async () => {
  roomId = await world.room(ann, [bob]);
  for (const text of ['one', 'two @bob', 'three @all', 'four']) await send(ann, roomId, text);
  await world.told();
});

const read = (by: Caller, ordinal: number) => handlers['read.upTo'](by, { roomId, ordinal });
const unreadFrom = (by: Caller, ordinal: number) => handlers['read.from'](by, { roomId, ordinal });
const state = async (by: Caller) => {
  const { membership, counters } = await handlers['room.get'](by, { roomId });
  return [membership?.readOrdinal, counters?.mentions];
};

describe('reading a room', () => {
  it('moves on, tells the reader’s other devices, and nobody else', async () => {
    await read(bob, 2);
    expect(await world.told()).toMatchObject([
      {
        stream: `user:${bob.userId}`,
        name: 'read.moved',
        data: { roomId, readOrdinal: 2, ordinal: 4, mentions: [3] },
      },
    ]);
    expect(await state(bob)).toEqual([2, [3]]);
  });

  it('never goes back, nor beyond the last message, and tells only news', async () => {
    await read(bob, 3);
    await world.told();
    await read(bob, 1);
    await read(bob, 3);
    expect(await world.told()).toEqual([]);
    await read(bob, 1_000_000);
    expect(await world.told()).toMatchObject([{ data: { readOrdinal: 4, mentions: [] } }]);
  });

  it('ends at the furthest of many at once', async () => {
    await Promise.all([1, 4, 2, 3].map((ordinal) => read(bob, ordinal)));
    expect(await state(bob)).toEqual([4, []]);
    // By their numbers: transactions at one time are numbered as they begin, and end in another order.
    const told = (await world.told()).toSorted((one, other) => one.seq - other.seq);
    expect(told.at(-1)).toMatchObject({ data: { readOrdinal: 4 } });
  });

  it('is for members', async () => {
    await expect(read(cleo, 1)).rejects.toMatchObject({ code: 'not_found' });
    await expect(unreadFrom(cleo, 1)).rejects.toMatchObject({ code: 'not_found' });
    await expect(handlers['read.upTo'](bob, { roomId: '999999999', ordinal: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('goes on in an archived room', async () => {
    await handlers['room.change'](ann, { roomId, archived: true });
    await read(bob, 4);
    expect(await state(bob)).toEqual([4, []]);
  });
});

describe('marking unread', () => {
  it('goes back to before an ordinal, mentions and own messages included', async () => {
    await read(bob, 4);
    await world.told();
    await unreadFrom(bob, 2);
    expect(await world.told()).toMatchObject([{ data: { readOrdinal: 1, ordinal: 4, mentions: [2, 3] } }]);
    await unreadFrom(bob, 2);
    expect(await world.told()).toEqual([]);
    await unreadFrom(ann, 1);
    expect((await state(ann))[0]).toBe(0);
  });

  it('beyond the last message reads everything', async () => {
    await unreadFrom(bob, 99);
    expect(await state(bob)).toEqual([4, []]);
  });
});

describe('reading everything', () => {
  it('reads rooms and threads that have something unread, and tells once', async () => {
    await handlers['read.all'](bob, {});
    const quiet = await world.room(ann, [bob]);
    const { messageId: threadId } = await send(bob, roomId, 'root');
    await send(ann, roomId, 'reply @bob', { threadId });
    await world.told();
    await handlers['read.all'](bob, {});
    const told = await world.told();
    expect(told).toMatchObject([
      {
        stream: `user:${bob.userId}`,
        name: 'read.allMoved',
        data: { rooms: [] },
      },
    ]);
    await send(ann, roomId, 'five');
    await send(ann, quiet, 'one');
    await world.told();
    await handlers['read.all'](bob, {});
    expect(await world.told()).toMatchObject([
      {
        data: {
          rooms: [
            { roomId, readOrdinal: 6 },
            { roomId: quiet, readOrdinal: 1 },
          ],
        },
      },
    ]);
    const { rooms, threads } = await handlers['sync.snapshot'](bob, {});
    expect(threads).toEqual([]);
    expect(rooms.every(({ membership, counters }) => membership.readOrdinal === counters.ordinal)).toBe(true);
    await handlers['read.all'](bob, {});
    expect(outline(await world.told())).toEqual([]);
  });

  it('leaves other people’s reading alone', async () => {
    await handlers['read.all'](ann, {});
    expect(await state(bob)).toEqual([0, [2, 3]]);
  });
});
