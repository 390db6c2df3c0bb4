import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import { sql } from '../kit/sql.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const cleo = await world.person('cleo');
beforeEach(() => world.told());

const mine = async (by = ann) => (await handlers['room.mine'](by, {})).rooms;

describe('making a room', () => {
  it('makes its creator the owner and tells them', async () => {
    const { room, position } = await handlers['room.create'](ann, {
      clientId: world.fresh(),
      kind: 'public',
      name: 'Première',
      topic: ' one line ',
      description: 'several\nlines',
    });
    expect(room).toMatchObject({
      room: {
        kind: 'public',
        name: 'Première',
        topic: 'one line',
        memberCount: 1,
        isDefault: false,
        people: [],
      },
      membership: { role: 'owner', readOrdinal: 0, closedOrdinal: null },
      counters: { head: 1, ordinal: 0, mentions: [] },
    });
    const told = await world.told();
    expect(outline(told)).toEqual([`user:${ann.userId} room.added`, `room:${room.room.id} member.joined`]);
    expect(told[0]).toMatchObject({ seq: position.seq, data: { room, by: ann.userId } });
    expect((await mine()).find((one) => one.room.id === room.room.id)).toEqual(room);
  });

  it('answers a retry with the room as it is now', async () => {
    const input = { clientId: world.fresh(), kind: 'private', name: 'once' } as const;
    const first = await handlers['room.create'](ann, input);
    await handlers['room.change'](ann, { roomId: first.room.room.id, topic: 'changed' });
    await world.told();
    const again = await handlers['room.create'](ann, input);
    expect(again.room.room).toMatchObject({ id: first.room.room.id, topic: 'changed' });
    expect(await world.told()).toEqual([]);
  });

  it('makes one room of retries at once', async () => {
    const input = { clientId: world.fresh(), kind: 'private', name: 'storm' } as const;
    const made = await Promise.all([1, 2, 3, 4].map(() => handlers['room.create'](ann, input)));
    expect(new Set(made.map(({ room }) => room.room.id)).size).toBe(1);
  });

  it('refuses a public name that is taken, whatever its case; private ones may repeat', async () => {
    await world.room(ann, [], { kind: 'public', name: 'Garden' });
    const again = { clientId: world.fresh(), name: 'garden' };
    await expect(handlers['room.create'](bob, { ...again, kind: 'public' })).rejects.toMatchObject({
      code: 'taken',
      data: { field: 'name' },
    });
    await expect(handlers['room.create'](bob, { ...again, kind: 'private' })).resolves.toBeDefined();
  });

  it('gives a public name to one of many at once', async () => {
    const made = await Promise.allSettled(
      [ann, bob, cleo].map((by) =>
        handlers['room.create'](by, { clientId: world.fresh(), kind: 'public', name: 'race' }),
      ),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuses a topic of two lines and control characters in the description', async () => {
    const input = { clientId: world.fresh(), kind: 'private', name: 'texts' } as const;
    for (const [path, texts] of [
      ['/topic', { topic: 'a\nb' }],
      ['/description', { description: 'a\u0000b' }],
    ] as const) {
      await expect(handlers['room.create'](ann, { ...input, ...texts })).rejects.toMatchObject({
        code: 'invalid',
        data: { path },
      });
    }
  });

  it('refuses one more than somebody may be in', async () => {
    const dora = await world.person('dora');
    await database.rows(sql`
      insert into memberships (user_id, room_id, role, joined_at)
      select ${dora.userId}, 5000000 + n, 'member', now() from generate_series(1, 5000) n`);
    const refused = { code: 'limit_reached', data: { what: 'rooms', limit: 5000 } };
    await expect(world.room(dora)).rejects.toMatchObject(refused);
    await expect(world.direct(ann, [dora])).rejects.toMatchObject(refused);
    const open = await world.room(ann, [], { kind: 'public' });
    await expect(handlers['room.join'](dora, { roomId: open })).rejects.toMatchObject(refused);
    await expect(
      handlers['room.invite'](ann, { roomId: open, userIds: [dora.userId] }),
    ).rejects.toMatchObject(refused);
  });
});

describe('opening a conversation', () => {
  it('lists it for who opened it, and for the others once something is written', async () => {
    const { room } = await handlers['room.openDirect'](ann, { userIds: [bob.userId] });
    expect(room).toMatchObject({
      room: { kind: 'direct', name: '', people: [ann.userId, bob.userId], memberCount: 2 },
      membership: { role: 'member', closedOrdinal: null },
    });
    const told = await world.told();
    expect(told.find(({ stream }) => stream === `user:${bob.userId}`)).toMatchObject({
      name: 'room.added',
      data: { room: { membership: { closedOrdinal: 0 }, counters: { ordinal: 0 } }, by: ann.userId },
    });
    await world.send(ann, room.room.id, 'hello');
    const theirs = (await mine(bob)).find((one) => one.room.id === room.room.id);
    expect(theirs).toMatchObject({ membership: { closedOrdinal: 0 }, counters: { ordinal: 1 } });
  });

  it('is the same for the same people, whoever opens it', async () => {
    const first = await world.direct(ann, [bob, cleo]);
    expect(await world.direct(cleo, [ann, bob])).toBe(first);
    expect(await world.direct(ann, [bob, ann, cleo])).toBe(first);
    expect(await world.direct(ann, [cleo])).not.toBe(first);
  });

  it('opens again what was closed, and tells that once', async () => {
    const roomId = await world.direct(ann, [cleo]);
    await world.send(ann, roomId, 'hello');
    await handlers['room.leave'](ann, { roomId });
    await world.told();
    await world.direct(ann, [cleo]);
    const told = await world.told();
    expect(outline(told)).toEqual([`user:${ann.userId} membership.changed`]);
    expect(told[0]).toMatchObject({ data: { roomId, membership: { closedOrdinal: null } } });
    await world.direct(ann, [cleo]);
    expect(await world.told()).toEqual([]);
  });

  it('makes one of all who open it at once', async () => {
    const [eva, finn] = [await world.person('eva'), await world.person('finn')];
    const opened = await Promise.all([
      world.direct(eva, [finn]),
      world.direct(finn, [eva]),
      world.direct(eva, [finn]),
      world.direct(finn, [eva]),
    ]);
    expect(new Set(opened).size).toBe(1);
  });

  it('gives somebody alone a place for notes', async () => {
    const roomId = await world.direct(ann, [ann]);
    await world.send(ann, roomId, 'buy milk');
    const notes = (await mine()).find((one) => one.room.id === roomId);
    expect(notes).toMatchObject({ room: { people: [ann.userId], memberCount: 1 }, counters: { ordinal: 1 } });
  });

  it('refuses people there are not, or no longer', async () => {
    const gone = await world.person('gone');
    await database.rows(sql`update users set deactivated_at = now() where id = ${gone.userId}`);
    for (const userIds of [['999999999'], [gone.userId], [bob.userId, gone.userId]]) {
      await expect(handlers['room.openDirect'](ann, { userIds })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it('still opens what was said with somebody who left the workspace', async () => {
    const gus = await world.person('gus');
    const roomId = await world.direct(ann, [gus]);
    await database.rows(sql`update users set deactivated_at = now() where id = ${gus.userId}`);
    expect(await world.direct(ann, [gus])).toBe(roomId);
  });
});
