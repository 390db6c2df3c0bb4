import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createHouse, refusalOf, type House } from '../../../tests/support/house.ts';
import type { Caller } from '../kit/caller.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
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

type Create = Parameters<House['handlers']['token.create']>[1];
const create = (caller: Caller, input: Partial<Create> = {}) =>
  house.handlers['token.create'](caller, { name: 'bot', scopes: ['read'], ...input });

describe('an access token', () => {
  it('acts as its maker within its scopes', async () => {
    const { token, secret } = await create(ada, { name: ' Deploys ', scopes: ['read', 'write'], days: 7 });
    expect(secret).toMatch(/^cft_[A-Za-z0-9_-]{43}$/);
    expect(token).toMatchObject({ name: 'Deploys', scopes: ['read', 'write'], lastUsedAt: null });
    expect(token.expiresAt).toBe(house.clock.now() + 7 * dayMs);
    const caller = await house.callerBy('token', secret);
    expect(caller).toMatchObject({ userId: ada.userId, role: 'member', sessionId: null, tokenId: token.id });
    expect(caller?.scopes).toEqual(['read', 'write']);
    expect(await house.identify({ kind: 'cookie', secret })).toBeNull();
    const [listed] = (await house.handlers['token.list'](ada, {})).tokens;
    expect(listed).toEqual({ ...token, lastUsedAt: house.clock.now() });
  });

  it('lives ninety days unless told otherwise, for ever on request, and not a moment longer', async () => {
    const made = await create(ada);
    expect(made.token.expiresAt).toBe(house.clock.now() + 90 * dayMs);
    expect((await create(ada, { days: null })).token.expiresAt).toBeNull();
    const short = await create(ada, { days: 1 });
    house.clock.elapse(dayMs - 1);
    expect(await house.callerBy('token', short.secret)).not.toBeNull();
    house.clock.elapse(1);
    expect(await house.callerBy('token', short.secret)).toBeNull();
  });

  it('makes no other token, and has no more scope than its maker', async () => {
    const { secret } = await create(ada, { scopes: ['read', 'write'] });
    const caller = await house.callerBy('token', secret);
    expect(caller && (await refusalOf(create(caller)))).toBe('forbidden session');
    expect(await refusalOf(create(ada, { scopes: ['admin'] }))).toBe('forbidden admin');
    expect(await refusalOf(create({ ...ada, role: 'owner' }, { scopes: ['admin'] }))).toBe('forbidden admin');
    const powerful = await create(owner, { scopes: ['admin'] });
    expect(await house.callerBy('token', powerful.secret)).toMatchObject({
      role: 'owner',
      scopes: ['admin'],
    });
    expect(await refusalOf(create(ada, { name: 'a\u0000' }))).toBe('invalid /name');
  });

  it('is revoked by its owner alone, on all nodes', async () => {
    const { token, secret } = await create(ada);
    house.told();
    const revoke = (caller: Caller) =>
      refusalOf(house.handlers['token.revoke'](caller, { tokenId: token.id }));
    expect(await revoke(owner)).toBe('not_found');
    expect(await revoke(ada)).toBe('answered');
    expect(await revoke(ada)).toBe('not_found');
    const [event] = house.events();
    expect(event).toMatchObject({ stream: { kind: 'user', id: ada.userId }, name: 'session.ended' });
    expect(event?.data()).toEqual({ sessionIds: [], tokenIds: [token.id] });
    expect(await house.callerBy('token', secret)).toBeNull();
  });

  it('notes its use at most every five minutes', async () => {
    const { token, secret } = await create(ada);
    const lastUsedAt = async (): Promise<number | null | undefined> =>
      (await house.handlers['token.list'](ada, {})).tokens.find(({ id }) => id === token.id)?.lastUsedAt;
    await house.callerBy('token', secret);
    const first = house.clock.now();
    house.clock.elapse(5 * minuteMs - 1);
    await house.callerBy('token', secret);
    expect(await lastUsedAt()).toBe(first);
    house.clock.elapse(1);
    await house.callerBy('token', secret);
    expect(await lastUsedAt()).toBe(first + 5 * minuteMs);
  });

  it('is one of fifty that live, also when many are made at once', async () => {
    const maker = await house.person(owner, 'maker');
    const expired = await create(maker, { days: 1 });
    house.clock.elapse(dayMs);
    const again = await house.signIn('maker');
    const tries = Array.from({ length: limits.tokensMax + 3 }, () => refusalOf(create(again)));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'limit_reached')).toHaveLength(3);
    const { tokens } = await house.handlers['token.list'](again, {});
    expect(tokens.at(-1)?.id).toBe(expired.token.id);
  });
});
