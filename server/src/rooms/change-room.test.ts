import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import { sql } from '../kit/sql.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const ida = await world.person('ida', 'owner');
let roomId = '';
beforeEach(async () => {
  roomId = await world.room(ann, [bob], { kind: 'public' });
  await world.told();
});
const changedAt = async (): Promise<number> => {
  const [row] = await database.rows<{ changed_at: Date }>(
    sql`select changed_at from rooms where id = ${roomId}`,
  );
  return row?.changed_at.getTime() ?? 0;
};

describe('changing a room', () => {
  it('tells the room, and answers with it', async () => {
    world.clock.elapse(1_000);
    const { room, position } = await handlers['room.change'](ann, { roomId, name: 'renamed', topic: 'news' });
    expect(room).toMatchObject({ name: 'renamed', topic: 'news', kind: 'public' });
    expect(await world.told()).toMatchObject([
      { stream: `room:${roomId}`, seq: position.seq, name: 'room.changed', data: { room, by: ann.userId } },
    ]);
    expect((await handlers['room.get'](bob, { roomId })).room).toEqual(room);
    expect(await changedAt()).toBe(world.clock.now());
  });

  it('tells nobody when nothing is new', async () => {
    const before = await changedAt();
    world.clock.elapse(1_000);
    await handlers['room.change'](ann, { roomId, topic: '', kind: 'public' });
    expect(await world.told()).toEqual([]);
    expect(await changedAt()).toBe(before);
  });

  it('moves the time of its last change with every change of what is seen of it', async () => {
    const dora = await world.person('dora');
    for (const change of [
      () => handlers['room.join'](dora, { roomId }),
      () => handlers['room.leave'](dora, { roomId }),
      () => handlers['room.change'](ann, { roomId, archived: true }),
    ]) {
      world.clock.elapse(1_000);
      await change();
      expect(await changedAt()).toBe(world.clock.now());
    }
  });

  it('refuses a public name that is taken, also when a room becomes public', async () => {
    const hidden = await world.room(ann, [], { name: 'twice' });
    await handlers['room.change'](ann, { roomId, name: 'twice' });
    const taken = { code: 'taken', data: { field: 'name' } };
    await expect(handlers['room.change'](ann, { roomId: hidden, kind: 'public' })).rejects.toMatchObject(
      taken,
    );
    const other = await world.room(ann, [], { kind: 'public' });
    await expect(handlers['room.change'](ann, { roomId: other, name: 'TWICE' })).rejects.toMatchObject(taken);
  });

  it('hides a room that becomes private from all but its members', async () => {
    const dora = await world.person('dora2');
    await handlers['room.change'](ann, { roomId, kind: 'private' });
    await expect(handlers['room.get'](dora, { roomId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(handlers['room.get'](ida, { roomId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(handlers['room.get'](bob, { roomId })).resolves.toMatchObject({ room: { kind: 'private' } });
  });

  it('lets administrators govern public rooms from outside', async () => {
    await handlers['room.change'](ida, { roomId, topic: 'please be kind', isDefault: true });
    expect((await handlers['room.get'](bob, { roomId })).room).toMatchObject({ isDefault: true });
    const kind = handlers['room.change'](ann, { roomId, kind: 'private' });
    await expect(kind).rejects.toMatchObject({ code: 'invalid', data: { path: '/kind' } });
  });

  it('looks the same for a hidden room and none', async () => {
    const hidden = await world.room(ann);
    const refusals = await Promise.all(
      [hidden, '999999999'].map((id) =>
        handlers['room.change'](bob, { roomId: id, topic: 'x' }).catch((error: unknown) => ({
          ...(error as object),
        })),
      ),
    );
    expect(refusals[0]).toEqual(refusals[1]);
    expect(refusals[0]).toMatchObject({ code: 'not_found' });
  });
});
