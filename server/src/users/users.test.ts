import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHouse, dot, refusalOf, type House } from '../../../tests/support/house.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createSharpImages } from '../platform/images/index.ts';
import { removeOldImages } from '../workspace/image-cleaning.ts';
import { createUsers, findHandles, findImage, findPreferences } from './index.ts';

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

describe('a profile', () => {
  it('is changed in part, and everybody is told', async () => {
    const change = { title: ' Countess ', timeZone: 'Europe/London' };
    const { user, position } = await house.handlers['user.changeProfile'](ada, change);
    expect(user).toMatchObject({ name: 'ada', handle: 'ada', title: 'Countess', timeZone: 'Europe/London' });
    const [event] = house.events();
    expect(event).toMatchObject({ stream: { kind: 'workspace' }, name: 'user.changed', seq: position.seq });
    expect(event?.data()).toEqual({ user });
    expect(await house.handlers['user.get'](owner, { userId: ada.userId })).toEqual({ user });
  });

  it('refuses a handle somebody has, in whatever case it was stored, and reserved ones', async () => {
    const change = (handle: string) => refusalOf(house.handlers['user.changeProfile'](ada, { handle }));
    expect(await change('olive.owner')).toBe('taken handle');
    expect(await change('everyone')).toBe('taken handle');
    expect(house.told()).toEqual([]);
    await house.handlers['user.changeProfile'](ada, { handle: 'ada' });
  });

  it.each([
    [{ name: '\u200b' }, 'invalid /name'],
    [{ name: 'a\u202eb' }, 'invalid /name'],
    [{ title: 'a\u0000b' }, 'invalid /title'],
    [{ timeZone: 'Mars/Olympus' }, 'invalid /timeZone'],
  ])('refuses %j', async (change, refusal) => {
    expect(await refusalOf(house.handlers['user.changeProfile'](ada, change))).toBe(refusal);
  });

  it('keeps whatever text people have, quotes and all', async () => {
    const name = `Robert'); drop table users;-- "☃" \\ %_`;
    const { user } = await house.handlers['user.changeProfile'](ada, { name });
    expect(user.name).toBe(name);
    await house.handlers['user.changeProfile'](ada, { name: 'ada' });
  });
});

describe('a picture', () => {
  it('is made small, kept once by its hash, and removed from the profile', async () => {
    const { user } = await house.handlers['user.setPicture'](ada, { picture: dot });
    expect(user.picture).toMatch(/^[0-9a-f]{64}$/);
    const bytes = await findImage(house.database, user.picture ?? '');
    expect(Buffer.from(bytes ?? []).toString('latin1', 8, 12)).toBe('WEBP');
    const again = await house.handlers['user.setPicture'](owner, { picture: dot });
    expect(again.user.picture).toBe(user.picture);
    expect((await house.handlers['user.setPicture'](ada, { picture: null })).user.picture).toBeNull();
    expect(house.told()).toEqual(Array.from({ length: 3 }, () => 'workspace user.changed'));
  });

  it('is refused when it is none', async () => {
    const picture = Buffer.from('<svg onload="alert(1)"/>').toString('base64');
    expect(await refusalOf(house.handlers['user.setPicture'](ada, { picture }))).toBe('unusable_picture');
    const huge = Buffer.alloc(2_000_001).toString('base64');
    expect(await refusalOf(house.handlers['user.setPicture'](ada, { picture: huge }))).toBe('too_large');
  });

  it('goes a day after nobody shows it any more', async () => {
    const { user } = await house.handlers['user.setPicture'](ada, { picture: dot });
    const hash = user.picture ?? '';
    await house.handlers['user.setPicture'](owner, { picture: null });
    await removeOldImages(house.database, house.clock.now() + 3 * 86_400_000);
    expect(await findImage(house.database, hash)).not.toBeNull();
    await house.handlers['user.setPicture'](ada, { picture: null });
    await removeOldImages(house.database, house.clock.now() + 3_600_000);
    expect(await findImage(house.database, hash)).not.toBeNull();
    await removeOldImages(house.database, house.clock.now() + 2 * 86_400_000);
    expect(await findImage(house.database, hash)).toBeNull();
  });

  it('is not found by what is no hash', async () => {
    for (const hash of ['', '../../etc/passwd', "' or true", 'A'.repeat(64), '\u0000']) {
      expect(await findImage(house.database, hash)).toBeNull();
    }
  });
});

describe('a status', () => {
  it('is set and cleared', async () => {
    const status = { text: ' lunch ', emoji: '🥪', until: house.clock.now() + 3_600_000 };
    const set = await house.handlers['user.setStatus'](ada, { status });
    expect(set.user.status).toEqual({ ...status, text: 'lunch' });
    expect((await house.handlers['user.setStatus'](ada, { status: null })).user.status).toBeNull();
  });
});

describe('preferences', () => {
  it('are changed in part, and only oneself is told', async () => {
    const set = house.handlers['user.setPreferences'];
    await set(ada, { preferences: { theme: 'dark', doNotDisturbUntil: 5 } });
    const { preferences, position } = await set(ada, {
      preferences: { language: 'pt-BR', doNotDisturbUntil: null },
    });
    expect(preferences).toEqual({
      theme: 'dark',
      density: 'comfortable',
      timeFormat: 'locale',
      language: 'pt-BR',
      doNotDisturbUntil: null,
      noticeLevel: 'mentions',
      keywords: [],
      quietHours: null,
      quietHoursSkippedUntil: null,
      missedMail: 'hour',
      missedMailHidesContent: false,
    });
    expect(position.stream).toBe(`user:${ada.userId}`);
    expect(house.told()).toEqual(Array.from({ length: 2 }, () => `user:${ada.userId} preferences.changed`));
    expect(await findPreferences(house.database, ada.userId)).toEqual(preferences);
    expect(await findPreferences(house.database, owner.userId)).toMatchObject({ theme: 'system' });
  });

  it('hold keywords that can be read, each once', async () => {
    const set = house.handlers['user.setPreferences'];
    const { preferences } = await set(ada, { preferences: { keywords: [' tea ', 'tea', 'C++'] } });
    expect(preferences.keywords).toEqual(['tea', 'C++']);
    for (const word of [' ', 'a\u0000', 'turned\u202eover']) {
      expect(await refusalOf(set(ada, { preferences: { keywords: [word] } }))).toBe(
        'invalid /preferences/keywords',
      );
    }
  });

  it('refuse a language that is none', async () => {
    const preferences = { language: 'x\u0000' };
    expect(await refusalOf(house.handlers['user.setPreferences'](ada, { preferences }))).toBe(
      'invalid /preferences/language',
    );
  });
});

describe('the list of people', () => {
  const names = async (input: Parameters<House['handlers']['user.list']>[1]): Promise<string[]> =>
    (await house.handlers['user.list'](ada, input)).users.map(({ name }) => name);

  beforeAll(async () => {
    for (const [handle, name] of [
      ['zoe', 'Zoë Żak'],
      ['bo', 'Bo 50% Off'],
      ['kanji', '山田 太郎'],
      ['gone', 'Gone Girl'],
    ] as const) {
      await house.handlers['user.create'](owner, { email: `${handle}@x.example`, name, handle });
    }
    const gone = (await findHandles(house.database, ['gone'])).get('gone') ?? '';
    await house.handlers['user.deactivate'](owner, { userId: gone });
  });

  it('is by name and leaves out who was deactivated', async () => {
    expect(await names({})).toEqual(['ada', 'Bo 50% Off', 'Olive Owner', 'Zoë Żak', '山田 太郎']);
    expect(await names({ deactivated: true })).toContain('Gone Girl');
  });

  it('comes in pages that neither repeat nor leave out', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<House['handlers']['user.list']>> = await house.handlers['user.list'](
        ada,
        { limit: 2, ...(cursor === null ? {} : { cursor }) },
      );
      expect(page.users.length).toBeLessThanOrEqual(2);
      seen.push(...page.users.map(({ name }) => name));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(await names({}));
  });

  it('is searched by the start of a word of the name, and of the handle', async () => {
    expect(await names({ search: 'OWN' })).toEqual(['Olive Owner']);
    expect(await names({ search: 'kan' })).toEqual(['山田 太郎']);
    expect(await names({ search: 'żak' })).toEqual(['Zoë Żak']);
    expect(await names({ search: 'live' })).toEqual([]);
    expect(await names({ search: '50%' })).toEqual(['Bo 50% Off']);
    expect(await names({ search: '%' })).toEqual([]);
    expect(await names({ search: '_' })).toEqual([]);
    expect(await names({ search: '\u0000\ud800' })).toEqual([]);
  });

  it('by ids has deactivated people, and leaves out unknown ids', async () => {
    const gone = (await house.handlers['user.list'](ada, { search: 'gone', deactivated: true })).users[0];
    const ids = [gone?.id ?? '', ada.userId, '999999999999999999'];
    expect(await names({ ids })).toEqual(['ada', 'Gone Girl']);
    expect(await names({ ids: [] })).toEqual([]);
    expect(await names({ ids, deactivated: false })).toEqual(['ada']);
    expect(await names({ ids: [ada.userId, ...ids], limit: 2 })).toEqual(['ada', 'Gone Girl']);
  });

  it('by ids is one question while many ask', async () => {
    let asked = 0;
    const { handlers } = createUsers({
      database: {
        ...house.database,
        rows: (...all) => {
          asked += 1;
          return house.database.rows(...all);
        },
      },
      log: house.log,
      images: createSharpImages(),
    });
    const everybody = await house.handlers['user.list'](ada, {});
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const wanted = everybody.users[n % everybody.users.length];
        const { users } = await handlers['user.list'](ada, { ids: [wanted?.id ?? ''] });
        expect(users).toEqual([wanted]);
      }),
    );
    expect(asked).toBeLessThan(5);
  });

  it('refuses a cursor no page gave out', async () => {
    expect(await refusalOf(house.handlers['user.list'](ada, { cursor: 'x' }))).toBe('invalid /cursor');
  });

  it('of accounts is for administrators, with addresses and a total', async () => {
    const list = house.handlers['user.listAccounts'];
    expect(await refusalOf(list(ada, {}))).toBe('forbidden admin');
    const found = await list(owner, { search: 'x.example', limit: 2 });
    expect(found.total).toBe(4);
    expect(found.accounts.map(({ email }) => email)).toEqual(['bo@x.example', 'gone@x.example']);
    expect(found.next).not.toBeNull();
    const [olive] = (await list(owner, { search: 'olive' })).accounts;
    expect(olive?.lastSeenAt).toBe(house.clock.now());
  });

  it('has nobody unknown', async () => {
    expect(await refusalOf(house.handlers['user.get'](ada, { userId: '999999999999999999' }))).toBe(
      'not_found',
    );
  });
});

describe('handles', () => {
  it('are found without case, of active people only', async () => {
    await house.database.rows(sql`update users set handle = 'Zoe' where handle = 'zoe'`);
    const found = await findHandles(house.database, ['ZOE', 'gone', 'nobody']);
    expect([...found.keys()]).toEqual(['zoe']);
  });
});
