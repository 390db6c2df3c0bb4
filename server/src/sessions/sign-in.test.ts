import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createHouse, refusalOf, type House, type TestVisitor } from '../../../tests/support/house.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const wrong = 'wrong password';
let house: House;
let owner: Caller;
let ada: Caller;

beforeAll(async () => {
  house = await createHouse();
  owner = await house.setUp();
  ada = await house.person(owner, 'ada');
  const gone = await house.person(owner, 'gone');
  await house.handlers['user.deactivate'](owner, { userId: gone.userId });
  await house.handlers['user.create'](owner, { email: 'new@example.org', name: 'New', handle: 'new' });
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.elapse(limits.signInWindowMs);
  house.told();
});

const signIn = (email: string, password: string, from: TestVisitor = house.visitor()): Promise<string> =>
  refusalOf(house.handlers['session.signIn'](from, { email, password }));

describe('signing in', () => {
  it('sets the cookie of a session with the name of the device', async () => {
    const from = house.visitor();
    const input = { email: 'ADA@example.org', password: house.password };
    const { user, sessionId } = await house.handlers['session.signIn'](from, input);
    expect(user).toMatchObject({ id: ada.userId, handle: 'ada' });
    expect(from.cookie?.secret).toMatch(/^cfs_[A-Za-z0-9_-]{43}$/);
    expect(from.cookie?.expiresAt).toBe(house.clock.now() + 30 * dayMs);
    const caller = await house.signedIn(from);
    expect(caller).toMatchObject({ userId: ada.userId, role: 'member', sessionId, tokenId: null });
    const { sessions } = await house.handlers['session.list'](caller, {});
    expect(sessions.find(({ current }) => current)).toEqual({
      id: sessionId,
      device: 'Firefox on Linux',
      address: from.address,
      createdAt: house.clock.now(),
      lastSeenAt: house.clock.now(),
      current: true,
    });
    expect(await house.handlers['session.current'](caller, {})).toMatchObject({
      user: { id: ada.userId },
      email: 'ada@example.org',
      sessionId,
      scopes: ['read', 'write', 'admin'],
    });
  });

  it.each([
    ['an unknown address', 'nobody@example.org', 'correct horse'],
    ['a wrong password', 'ada@example.org', wrong],
    ['a deactivated account', 'gone@example.org', 'correct horse'],
    ['an account without a password', 'new@example.org', 'correct horse'],
  ])('answers %s alike, with the same work', async (_, email, password) => {
    const before = house.passwords.checked;
    expect(await signIn(email, password)).toBe('wrong_credentials');
    expect(house.passwords.checked - before).toBe(1);
  });

  it.each(['a\u0000@example.org', "x'or'1'='1@example.org", '%@%'])(
    'takes %j for an address',
    async (email) => {
      expect(['invalid /email', 'wrong_credentials']).toContain(await signIn(email, wrong));
    },
  );

  it('lets an account be tried ten times a quarter of an hour, from wherever', async () => {
    for (let n = 0; n < limits.signInAttemptsMax; n += 1) {
      expect(await signIn('ada@example.org', wrong)).toBe('wrong_credentials');
    }
    const before = house.passwords.checked;
    house.clock.elapse(5 * minuteMs);
    const call = house.handlers['session.signIn'](house.visitor(), {
      email: 'Ada@Example.org',
      password: house.password,
    });
    await expect(call).rejects.toMatchObject({
      code: 'too_many',
      data: { retryAfterMs: limits.signInWindowMs - 5 * minuteMs },
    });
    expect(house.passwords.checked).toBe(before);
    house.clock.elapse(limits.signInWindowMs - 5 * minuteMs);
    expect(await signIn('ada@example.org', house.password)).toBe('answered');
  });

  it('lets an address try a hundred accounts, known or not', async () => {
    const from = house.visitor();
    for (let n = 0; n < limits.signInAttemptsPerAddressMax; n += 1) {
      expect(await signIn(`nobody${n}@example.org`, wrong, from)).toBe('wrong_credentials');
    }
    expect(await signIn('ada@example.org', house.password, from)).toBe('too_many');
    expect(await signIn('ada@example.org', house.password)).toBe('answered');
  });

  it('counts before it works, so that many at once are no way around', async () => {
    const before = house.passwords.checked;
    const tries = Array.from({ length: 40 }, () => signIn('ada@example.org', wrong));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'wrong_credentials')).toHaveLength(
      limits.signInAttemptsMax,
    );
    expect(house.passwords.checked - before).toBe(limits.signInAttemptsMax);
  });

  it('forgets the attempts on an account once its owner came in, and not those of the address', async () => {
    const from = house.visitor();
    for (let n = 0; n < 9; n += 1) await signIn('ada@example.org', wrong, from);
    expect(await signIn('ada@example.org', house.password, from)).toBe('answered');
    for (let n = 10; n < limits.signInAttemptsPerAddressMax; n += 1)
      await signIn(`no${n}@example.org`, wrong, from);
    // The account may be tried anew, from elsewhere; the address has one left.
    for (let n = 0; n < limits.signInAttemptsMax; n += 1) {
      expect(await signIn('ada@example.org', wrong)).toBe('wrong_credentials');
    }
    expect(await signIn('nobody@example.org', wrong, from)).toBe('wrong_credentials');
    expect(await signIn('nobody@example.org', wrong, from)).toBe('too_many');
  });

  it('lets an office sign in from one address', async () => {
    const from = house.visitor();
    for (let n = 0; n < 30; n += 1)
      expect(await signIn('ada@example.org', house.password, from)).toBe('answered');
  });
});

describe('a session', () => {
  it('slides, writes at most every five minutes, and ends thirty days after it was last used', async () => {
    const from = house.visitor();
    await signIn('ada@example.org', house.password, from);
    const credential = { kind: 'cookie' as const, secret: from.cookie?.secret ?? '' };
    const started = house.clock.now();
    house.clock.elapse(5 * minuteMs - 1);
    expect(await house.identify(credential)).toMatchObject({
      prolonged: false,
      expiresAt: started + 30 * dayMs,
    });
    house.clock.elapse(1);
    const now = house.clock.now();
    expect(await house.identify(credential)).toMatchObject({ prolonged: true, expiresAt: now + 30 * dayMs });
    expect(await house.identify(credential)).toMatchObject({ prolonged: false });
    house.clock.elapse(30 * dayMs - 1);
    expect(await house.identify(credential)).not.toBeNull();
    house.clock.elapse(30 * dayMs);
    expect(await house.identify(credential)).toBeNull();
  });

  it('is kept as a hash, and opens no door as a token', async () => {
    const from = house.visitor();
    await signIn('ada@example.org', house.password, from);
    const secret = from.cookie?.secret ?? '';
    const [row] = await house.database.rows<{ found: number }>(sql`
      select count(*)::int as found from sessions s where s::text like ${`%${secret.slice(4)}%`}`);
    expect(row?.found).toBe(0);
    expect(await house.identify({ kind: 'token', secret })).toBeNull();
    for (const other of [
      '',
      secret.toLowerCase(),
      `${secret}=`,
      secret.slice(0, -1),
      '\u0000',
      "' or ''='",
    ]) {
      expect(await house.identify({ kind: 'cookie', secret: other })).toBeNull();
    }
  });

  it('is ended by signing out, and the person is told on all nodes', async () => {
    const from = house.visitor();
    const caller = await house.signIn('ada', from);
    await house.handlers['session.signOut'](caller, {});
    expect(await house.callerBy('cookie', from.cookie?.secret ?? '')).toBeNull();
    const [event] = house.events();
    expect(event).toMatchObject({ stream: { kind: 'user', id: ada.userId }, name: 'session.ended' });
    expect(event?.data()).toEqual({ sessionIds: [caller.sessionId], tokenIds: [] });
  });

  it('is ended from another device, but nobody else ends it', async () => {
    const [phone, laptop] = [await house.signIn('ada'), await house.signIn('ada')];
    const input = { sessionId: phone.sessionId ?? '' };
    expect(await refusalOf(house.handlers['session.end'](owner, input))).toBe('not_found');
    expect(await refusalOf(house.handlers['session.end'](laptop, input))).toBe('answered');
    expect(await refusalOf(house.handlers['session.end'](laptop, input))).toBe('not_found');
    const { sessions } = await house.handlers['session.list'](laptop, {});
    expect(sessions.map(({ id }) => id)).not.toContain(phone.sessionId);
  });

  it('stays when all others are ended', async () => {
    const laptop = await house.signIn('ada');
    await house.signIn('ada');
    const before = (await house.handlers['session.list'](laptop, {})).sessions.length;
    house.told();
    expect(await house.handlers['session.endOthers'](laptop, {})).toEqual({ ended: before - 1 });
    expect(house.told()).toEqual([`user:${ada.userId} session.ended`]);
    expect(await house.handlers['session.endOthers'](laptop, {})).toEqual({ ended: 0 });
    expect(house.told()).toEqual([]);
    expect((await house.handlers['session.list'](laptop, {})).sessions).toMatchObject([{ current: true }]);
  });

  it('is one of fifty: the longest unseen ends', async () => {
    const first = await house.signIn('ada');
    await house.handlers['session.endOthers'](first, {});
    for (let n = 1; n < limits.sessionsMax; n += 1) {
      house.clock.elapse(1);
      await house.signIn('ada');
    }
    house.told();
    // Many at once end as many.
    const more = await Promise.all([house.signIn('ada'), house.signIn('ada'), house.signIn('ada')]);
    const { sessions } = await house.handlers['session.list'](more[0], {});
    expect(sessions).toHaveLength(limits.sessionsMax);
    expect(sessions.map(({ id }) => id)).not.toContain(first.sessionId);
    expect(house.told()).toEqual(Array.from({ length: 3 }, () => `user:${ada.userId} session.ended`));
  });
});
