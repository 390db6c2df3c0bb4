import { limits, type Message } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHouse, dot, refusalOf, type House } from '../../../tests/support/house.ts';
import { roomStream } from '../delivery/index.ts';
import { readOn } from '../delivery/readers.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { findImage } from '../users/index.ts';
import { countMessages } from './statistics.ts';

let house: House;
let owner: Caller;
let ada: Caller;
beforeAll(async () => {
  house = await createHouse();
  owner = await house.setUp();
  ada = await house.person(owner, 'ada');
});
afterAll(() => house.close());
beforeEach(() => void house.told());

describe('the workspace', () => {
  it('is changed in part by administrators, and everybody is told', async () => {
    const change = house.handlers['workspace.change'];
    const { workspace, position } = await change(owner, { name: ' Ours ', signUpDomains: ['a.example'] });
    expect(workspace).toEqual({ name: 'Ours', signUpDomains: ['a.example'], invitations: 'everyone' });
    const [event] = house.events();
    expect(event).toMatchObject({ name: 'workspace.changed', seq: position.seq });
    expect(event?.data()).toEqual({ workspace });
    expect((await change(owner, { signUpDomains: [] })).workspace).toEqual({
      ...workspace,
      signUpDomains: [],
    });
    expect(await refusalOf(change(ada, { name: 'Mine' }))).toBe('forbidden admin');
    expect(await refusalOf(change({ ...ada, role: 'owner' }, { name: 'Mine' }))).toBe('forbidden admin');
    expect(await refusalOf(change(owner, { name: '\u0000' }))).toBe('invalid /name');
  });
});

describe('a custom emoji', () => {
  const add = (caller: Caller, name: string, picture = dot) =>
    house.handlers['emoji.add'](caller, { name, picture });

  it('is added by anybody, and removed by them or an administrator', async () => {
    const { emoji } = await add(ada, 'party_parrot');
    expect(emoji).toMatchObject({ name: 'party_parrot', addedBy: ada.userId });
    expect(await findImage(house.database, emoji.picture)).not.toBeNull();
    const bea = await house.person(owner, 'bea');
    await add(bea, 'blob');
    expect((await house.handlers['emoji.list'](ada, {})).emoji.map(({ name }) => name)).toEqual([
      'blob',
      'party_parrot',
    ]);
    house.told();
    const remove = (caller: Caller, name: string) =>
      refusalOf(house.handlers['emoji.remove'](caller, { name }));
    expect(await remove(bea, 'party_parrot')).toBe('forbidden admin');
    expect(await remove(ada, 'party_parrot')).toBe('answered');
    expect(await remove(owner, 'blob')).toBe('answered');
    expect(await remove(owner, 'blob')).toBe('not_found');
    expect(house.told()).toEqual(['workspace emoji.removed', 'workspace emoji.removed']);
  });

  it('has a name of its own', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => refusalOf(add(ada, 'unique'))));
    expect(outcomes.sort()).toEqual(['answered', 'taken name', 'taken name']);
    for (const standard of ['tada', '+1', 'thumbsup', 'heart']) {
      expect(await refusalOf(add(ada, standard))).toBe('taken name');
    }
    await house.handlers['emoji.remove'](ada, { name: 'unique' });
  });

  it('is a picture', async () => {
    const text = Buffer.from('no picture').toString('base64');
    expect(await refusalOf(add(ada, 'text', text))).toBe('unusable_picture');
    expect((await house.handlers['emoji.list'](ada, {})).emoji).toEqual([]);
  });

  it('is one of so many', async () => {
    await add(ada, 'first_of_many');
    await house.database.rows(sql`
      insert into custom_emoji (name, picture, added_by, added_at)
      select 'e' || n, picture, added_by, added_at
      from custom_emoji, generate_series(2, ${limits.customEmojiMax}) as n where name = 'first_of_many'`);
    expect(await refusalOf(add(ada, 'one_more'))).toBe('limit_reached');
  });
});

describe('statistics', () => {
  const dayMs = 86_400_000;
  /** A message as far as statistics see it. */
  const say = async (authorId: string, count = 1): Promise<void> => {
    const [row] = await house.database.rows<{ id: string }>(sql`select id from rooms where name = 'general'`);
    const room = roomStream(row?.id ?? '');
    await house.log.write([room], (_, log) => {
      const message = { authorId, text: 'hello' } as Message;
      for (let n = 0; n < count; n += 1) log.append(room, 'message.sent', { message });
      return Promise.resolve();
    });
  };
  const read = async (): Promise<void> => {
    const { database, clock, logbook } = house;
    await readOn({ name: 'statistics', database, clock, logbook, handle: countMessages });
  };

  it('count messages and who wrote them, by day of UTC, each once', async () => {
    await say(ada.userId, 3);
    await say(owner.userId, 2);
    house.clock.elapse(2 * dayMs);
    await say(ada.userId);
    const days = [
      { day: '2026-01-01', messages: 5, people: 2 },
      { day: '2026-01-02', messages: 0, people: 0 },
      { day: '2026-01-03', messages: 1, people: 1 },
    ];
    // Whoever else writes in this Postgres holds readers back until they have committed.
    await vi.waitFor(async () => {
      await read();
      const found = await house.handlers['workspace.statistics'](owner, { days: 3 });
      expect(found).toEqual({ days, people: 3, rooms: 2, messages: 6 });
    });
    await read();
    const again = await house.handlers['workspace.statistics'](owner, {});
    expect(again.messages).toBe(6);
    expect(again.days).toHaveLength(30);
    expect(again.days.slice(-3)).toEqual(days);
  });

  it('are for administrators', async () => {
    expect(await refusalOf(house.handlers['workspace.statistics'](ada, {}))).toBe('forbidden admin');
  });
});
