import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHouse, refusalOf, type House } from '../../../tests/support/house.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { removeExpired } from './remove-expired.ts';

const dayMs = 86_400_000;
let house: House;
let owner: Caller;
beforeAll(async () => {
  house = await createHouse();
  owner = await house.setUp();
});
afterAll(() => house.close());

/** What each table holds, after clearing it as if so many days had passed. */
async function heldAfter(days: number): Promise<Record<string, number> | undefined> {
  await removeExpired(house.database, house.clock.now() + days * dayMs);
  const [row] = await house.database.rows<Record<string, number>>(sql`
    select (select count(*)::int from sessions) as sessions, (select count(*)::int from tokens) as tokens,
      (select count(*)::int from invitations) as invitations,
      (select count(*)::int from password_resets) as resets, (select count(*)::int from attempts) as attempts`);
  return row;
}

it('what has expired is removed, and nothing else', async () => {
  const bea = await house.person(owner, 'bea');
  await house.handlers['user.resetPassword'](owner, { userId: bea.userId });
  for (const days of [1, 60, null]) {
    await house.handlers['token.create'](owner, { name: 'bot', scopes: ['read'], days });
  }
  for (const hours of [24, 240]) await house.handlers['invitation.create'](owner, { hours });
  const { secret } = await house.handlers['invitation.create'](owner, { hours: 240, usesMax: 1 });
  const person = { email: 'c@example.org', name: 'C', password: house.password, invitation: secret };
  await house.handlers['session.signUp'](house.visitor(), person);
  const stranger = { email: 'x@example.org', password: 'wrong password' };
  await refusalOf(house.handlers['session.signIn'](house.visitor(), stranger));

  // The link that was used up goes at once. The owner's and C's sessions; a count for the account and one for the address.
  const all = { sessions: 2, tokens: 3, invitations: 2, resets: 1 };
  const { attempts } = (await heldAfter(0)) ?? {};
  expect(await heldAfter(0)).toEqual({ ...all, attempts });
  expect(attempts).toBeGreaterThanOrEqual(2);
  expect(await heldAfter(1)).toEqual({ ...all, invitations: 1, attempts: 0 });
  expect(await heldAfter(3)).toEqual({ ...all, invitations: 1, resets: 0, attempts: 0 });
  expect(await heldAfter(29)).toEqual({ ...all, invitations: 0, resets: 0, attempts: 0 });
  expect(await heldAfter(30)).toEqual({ ...all, sessions: 0, invitations: 0, resets: 0, attempts: 0 });
  // A token is listed for a month after it has expired.
  expect(await heldAfter(31)).toMatchObject({ tokens: 2 });
  expect(await heldAfter(10_000)).toMatchObject({ tokens: 1 });
});
