import { limits } from '@confab/protocol';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, fresh } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const roomId = await world.room(ann, [bob]);
const other = await world.room(ann, []);

const listOf = async (caller: Caller) => (await handlers['section.list'](caller, {})).sections;
const idsOf = async (caller: Caller) => (await listOf(caller)).map(({ id }) => id);
const make = async (caller: Caller, name: string, clientId = fresh()) =>
  (await handlers['section.create'](caller, { clientId, name })).sectionId;
const roomsIn = async (id: string) => (await listOf(ann)).find((section) => section.id === id)?.roomIds;

beforeEach(async () => {
  await database.rows(sql`delete from sections`);
  await world.told();
});

describe('sections', () => {
  it('are the built-in ones at first, and own ones between them', async () => {
    expect(await listOf(ann)).toMatchObject([
      { id: 'starred', name: '', sort: 'name', isFolded: false, roomIds: [] },
      { id: 'rooms', sort: 'name' },
      { id: 'direct', sort: 'recent' },
    ]);
    const clientId = fresh();
    const one = await make(ann, ' Projects ', clientId);
    const two = await make(ann, 'Friends');
    expect(await make(ann, 'again', clientId)).toBe(one);
    expect(await idsOf(ann)).toEqual(['starred', one, two, 'rooms', 'direct']);
    expect((await listOf(ann))[1]).toMatchObject({ name: 'Projects', emoji: null });
    expect((await handlers['sync.snapshot'](ann, {})).sections).toEqual(await listOf(ann));
    await handlers['section.move'](ann, { sectionId: 'direct', before: one });
    expect(await idsOf(ann)).toEqual(['starred', 'direct', one, two, 'rooms']);
    expect(await idsOf(bob)).toEqual(['starred', 'rooms', 'direct']);
    await handlers['section.delete'](ann, { sectionId: one });
    expect(await make(ann, 'again', clientId)).toBe(one);
    expect(await idsOf(ann)).toEqual(['starred', 'direct', two, 'rooms']);
    const own = `user:${ann.userId}`;
    expect(outline(await world.told())).toEqual([
      `${own} section.changed`,
      `${own} sections.ordered`,
      `${own} section.changed`,
      `${own} sections.ordered`,
      `${own} sections.ordered`,
      `${own} section.removed`,
    ]);
  });

  it('hold a room once, keep its place while one is away, and are told of only when they change', async () => {
    const one = await make(ann, 'one');
    const two = await make(ann, 'two');
    await handlers['section.placeRoom'](ann, { sectionId: one, roomId });
    await handlers['section.arrange'](ann, { sectionId: one, roomIds: [other, roomId] });
    expect(await roomsIn(one)).toEqual([other, roomId]);
    await world.told();
    await handlers['section.placeRoom'](ann, { sectionId: two, roomId });
    expect((await world.told()).map(({ data }) => data)).toMatchObject([
      { section: { id: one, roomIds: [other], sort: 'hand' } },
      { section: { id: two, roomIds: [roomId] } },
    ]);
    await handlers['section.placeRoom'](ann, { sectionId: two, roomId });
    expect(await world.told()).toEqual([]);
    await handlers['section.placeRoom'](ann, { sectionId: 'rooms', roomId });
    expect(await roomsIn(two)).toEqual([]);
    await handlers['section.arrange'](ann, { sectionId: two, roomIds: ['999999999', roomId] });
    expect(await roomsIn(two)).toEqual([roomId]);
    await handlers['room.leave'](ann, { roomId });
    expect(await roomsIn(two)).toEqual([roomId]);
    await handlers['room.invite'](bob, { roomId, userIds: [ann.userId] });
  });

  it('are refused for rooms one is not in, and what is not there', async () => {
    const hidden = await world.room(bob, []);
    const open = await world.room(bob, [], { kind: 'public' });
    const sectionId = await make(ann, 'mine');
    for (const room of [hidden, open, '999999999']) {
      const place = handlers['section.placeRoom'](ann, { sectionId, roomId: room });
      await expect(place).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const calling of [
      () => handlers['section.placeRoom'](bob, { sectionId, roomId }),
      () => handlers['section.change'](bob, { sectionId, name: 'yours' }),
      () => handlers['section.move'](bob, { sectionId, before: null }),
      () => handlers['section.move'](ann, { sectionId, before: '999999999' }),
      () => handlers['section.arrange'](bob, { sectionId, roomIds: [roomId] }),
    ]) {
      await expect(calling()).rejects.toMatchObject({ code: 'not_found' });
    }
    await handlers['section.delete'](bob, { sectionId });
    expect((await listOf(ann))[1]).toMatchObject({ name: 'mine' });
  });

  it('that are built in keep their names and stay', async () => {
    const rename = handlers['section.change'](ann, { sectionId: 'rooms', name: 'Zimmer' });
    await expect(rename).rejects.toMatchObject({ code: 'forbidden' });
    const remove = handlers['section.delete'](ann, { sectionId: 'rooms' });
    await expect(remove).rejects.toMatchObject({ code: 'forbidden' });
    await handlers['section.change'](ann, { sectionId: 'rooms', sort: 'recent', isFolded: true });
    expect((await listOf(ann))[1]).toMatchObject({ id: 'rooms', sort: 'recent', isFolded: true });
  });

  it('have readable names and are limited in number', async () => {
    for (const name of [' ', 'a\u0000', 'turned\u202eover']) {
      await expect(make(ann, name)).rejects.toMatchObject({ code: 'invalid' });
    }
    for (let n = 0; n < limits.sectionsMax; n += 1) await make(bob, `section ${n}`);
    await expect(make(bob, 'more')).rejects.toMatchObject({ code: 'limit_reached', data: { limit: 50 } });
    expect(await idsOf(bob)).toHaveLength(53);
  });

  it('of two devices end the same whichever came first', async () => {
    const sectionId = await make(ann, 'mine');
    await Promise.all([
      handlers['section.change'](ann, { sectionId, isFolded: true }),
      handlers['section.placeRoom'](ann, { sectionId, roomId }),
      handlers['section.move'](ann, { sectionId, before: null }),
    ]);
    expect((await listOf(ann)).at(-1)).toMatchObject({ id: sectionId, isFolded: true, roomIds: [roomId] });
  });
});
