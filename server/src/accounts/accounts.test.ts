import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHouse, refusalOf, type House } from '../../../tests/support/house.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { addToDefaultRooms } from '../rooms/index.ts';

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
beforeEach(() => void house.told());

const setRole = (actor: Caller, { userId }: { userId: string }, role: Caller['role']): Promise<string> =>
  refusalOf(house.handlers['user.setRole'](actor, { userId, role }));
const deactivate = (actor: Caller, { userId }: { userId: string }): Promise<string> =>
  refusalOf(house.handlers['user.deactivate'](actor, { userId }));
const owners = async (): Promise<number> => {
  const [row] = await house.database.rows<{ count: number }>(
    sql`select count(*)::int as count from users where role = 'owner' and deactivated_at is null`,
  );
  return row?.count ?? 0;
};
const nobody = { userId: '999999999999999999' };

describe('adding a person', () => {
  it('gives them a link for a password, and the rooms for everyone', async () => {
    const input = { email: 'grace@example.org', name: 'Grace Hopper' };
    const { user, resetToken, position } = await house.handlers['user.create'](admin, input);
    expect(user).toMatchObject({ handle: 'grace.hopper', role: 'member' });
    expect(position.stream).toBe('workspace');
    const from = house.visitor();
    await house.handlers['password.useReset'](from, { token: resetToken ?? '', password: house.password });
    const { rooms } = await house.handlers['room.mine'](await house.signedIn(from), {});
    expect(rooms.map(({ room, membership }) => [room.name, membership.role])).toEqual([
      ['general', 'member'],
      ['random', 'member'],
    ]);
    expect(rooms[0]?.room.memberCount).toBe(4);
  });

  it('with a password needs no link', async () => {
    const input = { email: 'pw@example.org', name: 'Pw', password: house.password };
    expect((await house.handlers['user.create'](admin, input)).resetToken).toBeNull();
    expect(await house.signIn('pw')).toMatchObject({ role: 'member' });
  });

  it('is refused for an address or a handle that somebody has, deactivated people included', async () => {
    const gone = await house.person(owner, 'left');
    await deactivate(owner, gone);
    house.told();
    const create = (email: string, handle: string) =>
      refusalOf(house.handlers['user.create'](owner, { email, name: 'X', handle }));
    expect(await create('LEFT@example.org', 'x')).toBe('taken email');
    expect(await create('x@example.org', 'left')).toBe('taken handle');
    expect(await create('x@example.org', 'channel')).toBe('taken handle');
    expect(house.told()).toEqual([]);
  });

  it('is for administrators, and owners alone make owners', async () => {
    const create = (actor: Caller, role: Caller['role']) =>
      refusalOf(house.handlers['user.create'](actor, { email: `r${role}@example.org`, name: 'R', role }));
    expect(await create(ada, 'member')).toBe('forbidden admin');
    expect(await create(admin, 'owner')).toBe('forbidden owner');
    // What a stale request claims to be counts for nothing.
    expect(await create({ ...ada, role: 'owner' }, 'member')).toBe('forbidden admin');
    expect(await create({ ...admin, role: 'owner' }, 'owner')).toBe('forbidden owner');
  });

  it('passes over rooms that are no longer for everyone, and does nothing twice', async () => {
    const [row] = await house.database.rows<{ id: string }>(sql`
      update rooms set is_default = false where name = 'random' returning id`);
    const person = await house.person(owner, 'late');
    const { rooms } = await house.handlers['room.mine'](person, {});
    expect(rooms.map(({ room }) => room.name)).toEqual(['general']);
    await house.database.rows(sql`update rooms set is_default = true where id = ${row?.id}`);
    const streams = [
      { kind: 'room', id: rooms[0]?.room.id ?? '' },
      { kind: 'user', id: person.userId },
    ] as const;
    house.told();
    await house.log.write(streams, (tx, log) =>
      addToDefaultRooms(tx, log, { userId: person.userId, roomIds: [streams[0].id] }),
    );
    expect(house.told()).toEqual([]);
  });
});

describe('a role', () => {
  it('is given by administrators; of owners and into owners by owners', async () => {
    const bea = await house.person(owner, 'bea');
    house.told();
    expect(await setRole(admin, bea, 'admin')).toBe('answered');
    const [event] = house.events();
    expect(event).toMatchObject({ stream: { kind: 'workspace' }, name: 'user.changed' });
    expect(event?.data()).toMatchObject({ user: { id: bea.userId, role: 'admin' } });
    expect(await setRole(admin, bea, 'owner')).toBe('forbidden owner');
    expect(await setRole(admin, owner, 'member')).toBe('forbidden owner');
    expect(await setRole(owner, bea, 'owner')).toBe('answered');
    expect(await setRole(bea, bea, 'member')).toBe('answered');
    expect(await setRole(bea, bea, 'admin')).toBe('forbidden admin');
    expect(await setRole(owner, nobody, 'admin')).toBe('not_found');
  });

  it('is raised by nobody for themselves', async () => {
    expect(await setRole(ada, ada, 'admin')).toBe('forbidden admin');
    expect(await setRole({ ...ada, role: 'owner' }, ada, 'owner')).toBe('forbidden admin');
    expect(await setRole(admin, admin, 'owner')).toBe('forbidden owner');
  });

  it('that one has already is no change', async () => {
    house.told();
    expect(await setRole(owner, ada, 'member')).toBe('answered');
    expect(house.told()).toEqual([]);
  });

  it('of the last owner stays, also by deactivation', async () => {
    expect(await setRole(owner, owner, 'admin')).toBe('last_owner');
    expect(await deactivate(owner, owner)).toBe('last_owner');
    const gone = await house.person(owner, 'gone-owner', 'owner');
    await deactivate(owner, gone);
    expect(await setRole(owner, owner, 'member')).toBe('last_owner');
    expect(await owners()).toBe(1);
  });
});

describe('owners who act at the same time', () => {
  it('cannot demote each other: one stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const rival = await house.person(owner, `rival${round}`, 'owner');
      const outcomes = await Promise.all([setRole(owner, rival, 'member'), setRole(rival, owner, 'member')]);
      expect(outcomes.sort()).toEqual(['answered', 'forbidden admin']);
      expect(await owners()).toBe(1);
      if ((await setRole(owner, owner, 'owner')) !== 'answered') {
        expect(await setRole(rival, owner, 'owner')).toBe('answered');
        expect(await setRole(owner, rival, 'member')).toBe('answered');
      }
    }
  });

  it('cannot all step down, or deactivate each other', async () => {
    const many = [owner];
    for (let n = 0; n < 3; n += 1) many.push(await house.person(owner, `stepper${n}`, 'owner'));
    const down = await Promise.all(many.map((one) => setRole(one, one, 'member')));
    expect(down.filter((outcome) => outcome === 'answered')).toHaveLength(3);
    expect(down.filter((outcome) => outcome === 'last_owner')).toHaveLength(1);
    expect(await owners()).toBe(1);
    const left = many[down.indexOf('last_owner')] ?? owner;
    for (const one of many) await setRole(left, one, 'owner');
    const out = await Promise.all(many.map((one, n) => deactivate(one, many[(n + 1) % many.length] ?? one)));
    expect(out.filter((outcome) => outcome === 'answered').length).toBeLessThan(many.length);
    expect(await owners()).toBeGreaterThanOrEqual(1);
    // Whoever is left lets the first owner in again.
    const [row] = await house.database.rows<{ id: string }>(
      sql`select id from users where role = 'owner' and deactivated_at is null`,
    );
    const survivor = many.find(({ userId }) => userId === row?.id) ?? owner;
    await house.handlers['user.reactivate'](survivor, { userId: owner.userId });
  });
});

describe('deactivation', () => {
  it('ends sessions and tokens everywhere, and keeps what they wrote', async () => {
    const cy = await house.person(owner, 'cy');
    const { secret, token } = await house.handlers['token.create'](cy, { name: 'bot', scopes: ['read'] });
    house.told();
    expect(await deactivate(admin, cy)).toBe('answered');
    const [ended, changed] = house.events();
    expect(ended).toMatchObject({ stream: { kind: 'user', id: cy.userId }, name: 'session.ended' });
    expect(ended?.data()).toEqual({ sessionIds: [cy.sessionId], tokenIds: [token.id] });
    expect(changed).toMatchObject({ stream: { kind: 'workspace' }, name: 'user.changed' });
    expect(changed?.data()).toMatchObject({ user: { id: cy.userId, deactivated: true } });
    expect(await house.callerBy('token', secret)).toBeNull();
    expect(await refusalOf(house.signIn('cy'))).toBe('wrong_credentials');
    expect(await deactivate(admin, cy)).toBe('answered');
    expect(house.told()).toEqual([]);

    expect(await refusalOf(house.handlers['user.reactivate'](ada, { userId: cy.userId }))).toBe(
      'forbidden admin',
    );
    await house.handlers['user.reactivate'](admin, { userId: cy.userId });
    expect(house.told()).toEqual(['workspace user.changed']);
    expect(await house.signIn('cy')).toMatchObject({ userId: cy.userId });
    expect(await house.callerBy('token', secret)).toBeNull();
  });

  it('beats a sign-in that is under way', async () => {
    const dee = await house.person(owner, 'dee');
    await Promise.all([
      deactivate(owner, dee),
      ...Array.from({ length: 6 }, () => refusalOf(house.signIn('dee'))),
    ]);
    const [row] = await house.database.rows<{ count: number }>(
      sql`select count(*)::int as count from sessions where user_id = ${dee.userId}`,
    );
    expect(row?.count).toBe(0);
  });

  it('is for administrators; of owners for owners', async () => {
    expect(await deactivate(ada, admin)).toBe('forbidden admin');
    expect(await deactivate(admin, owner)).toBe('forbidden owner');
    expect(await deactivate(owner, nobody)).toBe('not_found');
    const { userId } = owner;
    expect(await refusalOf(house.handlers['user.reactivate'](admin, { userId }))).toBe('forbidden owner');
    expect(await refusalOf(house.handlers['user.resetPassword'](admin, { userId }))).toBe('forbidden owner');
    expect(await refusalOf(house.handlers['user.resetPassword'](ada, { userId }))).toBe('forbidden admin');
    expect(await refusalOf(house.handlers['user.resetPassword'](owner, nobody))).toBe('not_found');
  });
});
