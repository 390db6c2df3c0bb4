import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createHouse, refusalOf, type House, type TestVisitor } from '../../../tests/support/house.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';

const hourMs = 3_600_000;
let house: House;
let owner: Caller;
let admin: Caller;
let ada: Caller;

beforeAll(async () => {
  house = await createHouse();
  owner = await house.setUp();
  admin = await house.person(owner, 'admin', 'admin');
  ada = await house.person(owner, 'ada');
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.elapse(limits.signInWindowMs);
  house.told();
});

const invite = async (
  maker: Caller,
  input: Parameters<House['handlers']['invitation.create']>[1] = {},
): Promise<string> => (await house.handlers['invitation.create'](maker, input)).secret;

type SignUp = Parameters<House['handlers']['session.signUp']>[1];
function signUp(handle: string, more: Partial<SignUp>, from: TestVisitor = house.visitor()) {
  const person = { email: `${handle}@elsewhere.example`, name: handle, handle, password: house.password };
  return house.handlers['session.signUp'](from, { ...person, ...more });
}

describe('joining by invitation', () => {
  it('makes a person, puts them into the rooms for everyone, signs them in, tells everybody', async () => {
    const { invitation, secret, url } = await house.handlers['invitation.create'](ada, {
      hours: 1,
      usesMax: 2,
    });
    expect(secret).toMatch(/^cfi_[A-Za-z0-9_-]{43}$/);
    expect(url).toBe(`https://chat.example.org/join/${secret}`);
    const look = await house.handlers['invitation.look'](house.visitor(), { secret });
    expect(look).toEqual({ workspaceName: 'Test', invitedBy: 'ada' });

    const from = house.visitor();
    const { user } = await signUp('grace', { invitation: secret }, from);
    expect(user).toMatchObject({ handle: 'grace', role: 'member', deactivated: false });
    const caller = await house.signedIn(from);
    expect(caller.userId).toBe(user.id);
    const { rooms } = await house.handlers['room.mine'](caller, {});
    expect(rooms.map(({ room }) => room.name)).toEqual(['general', 'random']);
    const told = house.told();
    expect(told.filter((line) => line === 'workspace user.joined')).toHaveLength(1);
    expect(told.filter((line) => line === `user:${user.id} room.added`)).toHaveLength(2);
    expect(told.filter((line) => line.endsWith('member.joined'))).toHaveLength(2);
    const { invitations } = await house.handlers['invitation.list'](ada, {});
    expect(invitations).toEqual([{ ...invitation, uses: 1 }]);
    await house.handlers['invitation.revoke'](ada, { invitationId: invitation.id });
  });

  it('lets in exactly as many as it says, however many try at once', async () => {
    const invitation = await invite(ada, { usesMax: 3 });
    const tries = Array.from({ length: 20 }, (_, n) => refusalOf(signUp(`crowd${n}`, { invitation })));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(17);
    const { users } = await house.handlers['user.list'](owner, { search: 'crowd' });
    expect(users).toHaveLength(3);
    expect(await refusalOf(house.handlers['invitation.look'](house.visitor(), { secret: invitation }))).toBe(
      'gone',
    );
  });

  it('is not used up by who does not get in', async () => {
    const invitation = await invite(ada, { usesMax: 1 });
    expect(await refusalOf(signUp('ada', { invitation }))).toBe('taken handle');
    expect(await refusalOf(signUp('me', { invitation }))).toBe('taken handle');
    const email = 'ADA@example.org';
    expect(await refusalOf(signUp('other', { invitation, email }))).toBe('taken email');
    expect(await refusalOf(signUp('\u202e', { invitation }))).toBe('invalid /name');
    expect(await refusalOf(signUp('dora', { invitation }))).toBe('answered');
  });

  it('is worth nothing once expired, revoked, or changed', async () => {
    const expired = await invite(ada, { hours: 1 });
    const revoked = await invite(ada);
    const [listed] = (await house.handlers['invitation.list'](ada, {})).invitations;
    house.clock.elapse(hourMs);
    const revoke = (caller: Caller) =>
      refusalOf(house.handlers['invitation.revoke'](caller, { invitationId: listed?.id ?? '' }));
    expect(await revoke(await house.person(owner, 'stranger'))).toBe('not_found');
    expect(await revoke(admin)).toBe('answered');
    expect(await revoke(ada)).toBe('not_found');
    for (const invitation of [expired, revoked, `${revoked}x`, 'cfi_', '\u0000', "' or true --"]) {
      expect(await refusalOf(signUp('late', { invitation }))).toBe('gone');
      house.clock.elapse(limits.signInWindowMs);
    }
  });

  it('gives a role no greater than its maker has, when it is made and when it is used', async () => {
    const make = (caller: Caller, role: Caller['role']) =>
      refusalOf(house.handlers['invitation.create'](caller, { role }));
    expect(await make(ada, 'admin')).toBe('forbidden admin');
    expect(await make(admin, 'owner')).toBe('forbidden owner');
    const second = await house.person(owner, 'second', 'admin');
    const invitation = await invite(second, { role: 'admin' });
    expect((await signUp('helper', { invitation })).user.role).toBe('admin');
    await house.handlers['user.setRole'](owner, { userId: second.userId, role: 'member' });
    expect(await refusalOf(signUp('helper2', { invitation }))).toBe('gone');
    const plain = await invite(second);
    await house.handlers['user.deactivate'](owner, { userId: second.userId });
    expect(await refusalOf(signUp('helper3', { invitation: plain }))).toBe('gone');
    // Their own session is stale now, and opens nothing either.
    expect(await refusalOf(house.handlers['invitation.create'](second, {}))).toBe('unauthenticated');
  });

  it('is for administrators alone where the workspace says so, links made before included', async () => {
    const before = await invite(ada);
    await house.handlers['workspace.change'](owner, { invitations: 'admins' });
    expect(await refusalOf(house.handlers['invitation.create'](ada, {}))).toBe('forbidden admin');
    expect(await refusalOf(signUp('early', { invitation: before }))).toBe('gone');
    expect(await refusalOf(signUp('early', { invitation: await invite(admin) }))).toBe('answered');
    await house.handlers['workspace.change'](owner, { invitations: 'everyone' });
  });

  it('shows members their own links, administrators all', async () => {
    await invite(ada);
    await invite(owner);
    const mine = (await house.handlers['invitation.list'](ada, {})).invitations;
    expect(new Set(mine.map(({ createdBy }) => createdBy))).toEqual(new Set([ada.userId]));
    const all = (await house.handlers['invitation.list'](admin, {})).invitations;
    expect(new Set(all.map(({ createdBy }) => createdBy)).size).toBeGreaterThan(1);
  });

  it('makes no more than a page of links', async () => {
    const maker = await house.person(owner, 'printer');
    const tries = Array.from({ length: limits.invitationsMax + 5 }, () =>
      refusalOf(house.handlers['invitation.create'](maker, {})),
    );
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'limit_reached')).toHaveLength(5);
  });
});

describe('joining by address', () => {
  it('is open to the domains listed, compared without case', async () => {
    await house.handlers['workspace.change'](owner, { signUpDomains: ['school.example'] });
    expect((await house.handlers['workspace.about'](house.visitor(), {})).openSignUp).toBe(true);
    const { user } = await signUp('pupil', { email: 'Pupil@School.Example' });
    expect(user.role).toBe('member');
    for (const email of ['a@sub.school.example', 'a@school.example.evil.example', 'a@evil.example']) {
      expect(await refusalOf(signUp('x', { email }))).toBe('forbidden invitation');
    }
    await house.handlers['workspace.change'](owner, { signUpDomains: [] });
    expect(await refusalOf(signUp('pupil2', { email: 'pupil2@school.example' }))).toBe(
      'forbidden invitation',
    );
  });
});

describe('who may learn that an address has an account', () => {
  it('not those without a link: known and unknown look the same, and cost no hash', async () => {
    const before = house.passwords.checked;
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      expect(await refusalOf(signUp('probe', { email }))).toBe('forbidden invitation');
    }
    expect(house.passwords.checked).toBe(before);
  });

  it('those with a link a hundred times a quarter of an hour', async () => {
    const invitation = await invite(ada);
    const from = house.visitor();
    const probe = () => refusalOf(signUp('probe', { email: 'ada@example.org', invitation }, from));
    for (let n = 0; n < limits.signInAttemptsPerAddressMax; n += 1) expect(await probe()).toBe('taken email');
    expect(await probe()).toBe('too_many');
    expect(await refusalOf(signUp('honest', { invitation }))).toBe('answered');
  });
});

describe('a handle', () => {
  it('is made of the name, numbered when it is taken, also for many at once', async () => {
    const invitation = await invite(ada);
    const join = (n: number) =>
      house.handlers['session.signUp'](house.visitor(), {
        email: `sam${n}@elsewhere.example`,
        name: 'Sam Ŝmith',
        password: house.password,
        invitation,
      });
    const joined = await Promise.all(Array.from({ length: 6 }, (_, n) => join(n)));
    expect(joined.map(({ user }) => user.handle).sort()).toEqual([
      'sam.smith',
      'sam.smith2',
      'sam.smith3',
      'sam.smith4',
      'sam.smith5',
      'sam.smith6',
    ]);
  });

  it('and an address go to one of many at once', async () => {
    const invitation = await invite(ada);
    const same = { invitation, email: 'twin@elsewhere.example' };
    const outcomes = await Promise.all([1, 2, 3, 4].map((n) => refusalOf(signUp(`twin${n}`, same))));
    expect(outcomes.sort()).toEqual(['answered', 'taken email', 'taken email', 'taken email']);
    const [row] = await house.database.rows<{ streams: number; people: number }>(sql`
      select (select count(*)::int from streams where kind = 'user') as streams,
        (select count(*)::int from users) as people`);
    expect(row?.streams).toBe(row?.people);
  });
});
