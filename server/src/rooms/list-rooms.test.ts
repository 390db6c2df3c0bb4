import { afterAll, describe, expect, it } from 'vitest';
import { callerFor, createSmallWorld } from '../../../tests/support/small-world.ts';
import { sql } from '../kit/sql.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const ida = await world.person('ida', 'admin');
const ids: Record<string, string> = {};
for (const name of ['Zebra', 'apple', 'Äpfel', 'banana', 'Cherry']) {
  ids[name] = await world.room(ann, [], { kind: 'public', name });
}
const hidden = await world.room(ann, [], { name: 'hidden' });
await world.direct(ann, [bob]);
const archived = await world.room(ann, [], { kind: 'public', name: 'attic' });
await handlers['room.change'](ann, { roomId: archived, archived: true });
await handlers['room.join'](bob, { roomId: ids['banana'] ?? '' });

interface Page {
  cursor?: string;
}

/** All pages of two. */
async function walk<Row>(
  read: (page: Page) => Promise<{ rows: Row[]; next: string | null }>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (let page: Page | null = {}; page !== null;) {
    const { rows, next }: { rows: Row[]; next: string | null } = await read(page);
    expect(rows.length).toBeLessThanOrEqual(2);
    all.push(...rows);
    page = next === null ? null : { cursor: next };
  }
  return all;
}

describe('browsing', () => {
  it('pages public rooms by name, and knows which one is in', async () => {
    const found = await walk(async (page) => {
      const { rooms, next } = await handlers['room.browse'](bob, { limit: 2, ...page });
      return { rows: rooms.map(({ room, joined }) => `${room.name}${joined ? ' *' : ''}`), next };
    });
    expect(found.toSorted()).toEqual(['Cherry', 'Zebra', 'apple', 'banana *', 'Äpfel'].toSorted());
    expect(found.at(0)).toBe('apple');
  });

  it('finds a part of a name, and takes no character for a pattern', async () => {
    const names = async (search: string) =>
      (await handlers['room.browse'](bob, { search })).rooms.map(({ room }) => room.name);
    expect(await names('AN')).toEqual(['banana']);
    expect(await names('%')).toEqual([]);
    expect(await names('hidden')).toEqual([]);
    expect(await names('b\u0000an')).toEqual(['banana']);
  });

  it('finds exact names, archived or not', async () => {
    const { rooms } = await handlers['room.browse'](bob, { names: ['CHERRY', 'attic', 'hidden', 'none'] });
    expect(rooms.map(({ room }) => room.name)).toEqual(['attic', 'Cherry']);
  });

  it('keeps the archive apart', async () => {
    const { rooms } = await handlers['room.browse'](bob, { archived: true });
    expect(rooms.map(({ room }) => room.id)).toEqual([archived]);
  });

  it('refuses a forged cursor', async () => {
    for (const cursor of ['x', Buffer.from('["a","1 or true"]').toString('base64url')]) {
      await expect(handlers['room.browse'](bob, { cursor })).rejects.toMatchObject({ code: 'invalid' });
    }
  });
});

describe('all rooms', () => {
  it('are for administrators, conversations excepted', async () => {
    const { rooms } = await handlers['room.listAll'](ida, {});
    expect(rooms.map(({ id }) => id)).toEqual(expect.arrayContaining([hidden, archived]));
    expect(rooms.some(({ kind }) => kind === 'direct')).toBe(false);
    await expect(handlers['room.listAll'](bob, {})).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('members', () => {
  it('are paged by name with their profiles, and found by the start of a name or handle', async () => {
    const people = [];
    for (const handle of ['mia', 'noah', 'olga', 'paul']) people.push(await world.person(handle));
    const roomId = await world.room(ann, people);
    await database.rows(sql`update users set name = 'Van der Mia' where handle = 'mia'`);
    const found = await walk(async (page) => {
      const { members, users, next } = await handlers['room.members'](ann, { roomId, limit: 2, ...page });
      expect(users.map(({ id }) => id).toSorted()).toEqual(members.map(({ userId }) => userId).toSorted());
      return { rows: members.map(({ userId }) => users.find(({ id }) => id === userId)?.handle), next };
    });
    expect(found).toEqual(['ann', 'noah', 'olga', 'paul', 'mia']);
    for (const [search, handles] of [
      ['mi', ['mia']],
      ['DER', ['mia']],
      ['er', []],
      ['pau', ['paul']],
      ['_', []],
    ] as const) {
      const { users } = await handlers['room.members'](ann, { roomId, search });
      expect(users.map(({ handle }) => handle)).toEqual(handles);
    }
  });

  it('of a private room are nobody else’s business', async () => {
    for (const by of [bob, ida]) {
      await expect(handlers['room.members'](by, { roomId: hidden })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });
});

describe('one room', () => {
  it('is seen from inside, and a public one from outside', async () => {
    const inside = await handlers['room.get'](bob, { roomId: ids['banana'] ?? '' });
    expect(inside).toMatchObject({ membership: { role: 'member' }, counters: { ordinal: 0 } });
    const outside = await handlers['room.get'](bob, { roomId: ids['Cherry'] ?? '' });
    expect(outside).toMatchObject({ room: { name: 'Cherry' }, membership: null, counters: null });
    await expect(handlers['room.get'](bob, { roomId: hidden })).rejects.toMatchObject({ code: 'not_found' });
    await expect(handlers['room.get'](callerFor('1'), { roomId: hidden })).rejects.toBeDefined();
  });
});
