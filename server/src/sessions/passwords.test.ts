import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createHouse, refusalOf, type House } from '../../../tests/support/house.ts';
import type { Caller } from '../kit/caller.ts';

const hourMs = 3_600_000;
const next = 'battery staple';
let house: House;
let owner: Caller;

beforeAll(async () => {
  house = await createHouse();
  owner = await house.setUp();
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.elapse(limits.signInWindowMs);
  house.told();
});

const signIn = (handle: string, password: string): Promise<string> =>
  refusalOf(house.handlers['session.signIn'](house.visitor(), { email: `${handle}@example.org`, password }));
const reset = async (userId: string): Promise<string> =>
  (await house.handlers['user.resetPassword'](owner, { userId })).resetToken;
const use = (token: string, from = house.visitor()) =>
  house.handlers['password.useReset'](from, { token, password: next });

describe('changing a password', () => {
  it('needs the present one, and ends the other sessions but no token', async () => {
    const laptop = await house.person(owner, 'ada');
    const phone = await house.signIn('ada');
    const input = { name: 'bot', scopes: ['read' as const] };
    const { secret } = await house.handlers['token.create'](laptop, input);
    house.told();
    const change = { current: house.password, next };
    expect(await house.handlers['password.change'](laptop, change)).toEqual({});
    const [event] = house.events();
    expect(event?.data()).toEqual({ sessionIds: [phone.sessionId], tokenIds: [] });
    expect((await house.handlers['session.list'](laptop, {})).sessions).toMatchObject([{ current: true }]);
    expect(await house.callerBy('token', secret)).not.toBeNull();
    expect(await signIn('ada', house.password)).toBe('wrong_credentials');
    expect(await signIn('ada', next)).toBe('answered');
  });

  it('is refused with a wrong one, ten times a quarter of an hour', async () => {
    const bea = await house.person(owner, 'bea');
    const change = (current: string) => refusalOf(house.handlers['password.change'](bea, { current, next }));
    for (let n = 0; n < limits.signInAttemptsMax; n += 1)
      expect(await change('no')).toBe('wrong_credentials');
    expect(await change(house.password)).toBe('too_many');
    // Guessing from a session that was left open does not keep its owner from signing in.
    expect(await signIn('bea', house.password)).toBe('answered');
  });

  it('succeeds once of two at the same time', async () => {
    const cy = await house.person(owner, 'cy');
    const change = (to: string) =>
      refusalOf(house.handlers['password.change'](cy, { current: house.password, next: to }));
    const outcomes = await Promise.all([change('first of the two'), change('second of the two')]);
    expect(outcomes.sort()).toEqual(['answered', 'wrong_credentials']);
  });
});

describe('a link for a new password', () => {
  it('sets it and signs in; the old password and the sessions are over from when the link was made', async () => {
    const dan = await house.person(owner, 'dan');
    house.told();
    const token = await reset(dan.userId);
    expect(token).toMatch(/^cfr_[A-Za-z0-9_-]{43}$/);
    expect(house.told()).toEqual([`user:${dan.userId} session.ended`]);
    expect(await signIn('dan', house.password)).toBe('wrong_credentials');
    const from = house.visitor();
    const { user } = await use(token, from);
    expect(user.handle).toBe('dan');
    expect(await house.signedIn(from)).toMatchObject({ userId: dan.userId });
    expect(await signIn('dan', next)).toBe('answered');
  });

  it('works once, however many use it at once', async () => {
    const eve = await house.person(owner, 'eve');
    const token = await reset(eve.userId);
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => refusalOf(use(token))));
    expect(outcomes.sort()).toEqual(['answered', 'gone', 'gone', 'gone', 'gone']);
    expect(await refusalOf(use(token))).toBe('gone');
  });

  it('is worth nothing once it expired or a later one was made', async () => {
    const fay = await house.person(owner, 'fay');
    const [first, second] = [await reset(fay.userId), await reset(fay.userId)];
    expect(await refusalOf(use(first))).toBe('gone');
    house.clock.elapse(72 * hourMs);
    expect(await refusalOf(use(second))).toBe('gone');
    const third = await reset(fay.userId);
    house.clock.elapse(72 * hourMs - 1);
    expect(await refusalOf(use(third))).toBe('answered');
  });

  it('is over once the password was changed otherwise, or its owner deactivated', async () => {
    const gil = await house.person(owner, 'gil');
    const token = await reset(gil.userId);
    await house.handlers['user.deactivate'](owner, { userId: gil.userId });
    expect(await refusalOf(use(token))).toBe('gone');
    const late = await reset(gil.userId);
    expect(await refusalOf(use(late))).toBe('gone');
    await house.handlers['user.reactivate'](owner, { userId: gil.userId });
    expect(await refusalOf(use(late))).toBe('answered');
  });

  it('cannot be guessed for long', async () => {
    const from = house.visitor();
    const before = house.passwords.checked;
    const guesses = Array.from({ length: limits.signInAttemptsPerAddressMax - 3 }, (_, n) => `cfr_${n}`);
    for (const token of ['x', 'cfr_', '\u0000', ...guesses]) {
      expect(await refusalOf(use(token, from))).toBe('gone');
    }
    expect(await refusalOf(use('cfr_', from))).toBe('too_many');
    expect(house.passwords.checked).toBe(before);
  });
});
