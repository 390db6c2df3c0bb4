import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHouse, refusalOf, type House } from '../../../tests/support/house.ts';
import { sql } from '../kit/sql.ts';

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

const setUp = (n: number, from = house.visitor()) =>
  house.handlers['workspace.setUp'](from, {
    workspaceName: ` House ${n} `,
    name: `Owner ${n}`,
    email: `owner${n}@example.org`,
    password: house.password,
  });

it('a workspace is set up exactly once, however many try at once', async () => {
  expect(await house.handlers['workspace.about'](house.visitor(), {})).toMatchObject({ setUp: false });
  expect(
    await refusalOf(
      house.handlers['workspace.setUp'](house.visitor(), {
        workspaceName: '\u202e',
        name: 'x',
        email: 'x@example.org',
        password: house.password,
      }),
    ),
  ).toBe('invalid /workspaceName');

  const visitors = Array.from({ length: 8 }, () => house.visitor());
  const outcomes = await Promise.all(visitors.map((from, n) => refusalOf(setUp(n, from))));
  expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'already_set_up')).toHaveLength(7);
  const hashed = house.passwords.checked;
  expect(await refusalOf(setUp(9))).toBe('already_set_up');
  expect(house.passwords.checked).toBe(hashed);

  const winner = outcomes.indexOf('answered');
  expect(visitors.filter(({ cookie }) => cookie !== null)).toEqual([visitors[winner]]);
  const owner = await house.signedIn(visitors[winner] ?? house.visitor());
  expect(owner.role).toBe('owner');
  expect(await house.handlers['workspace.about'](house.visitor(), {})).toEqual({
    name: `House ${winner}`,
    setUp: true,
    openSignUp: false,
    mail: true,
    version: '1.2.3',
    levels: [1],
  });
  const { rooms } = await house.handlers['room.mine'](owner, {});
  expect(rooms).toMatchObject([
    {
      room: { name: 'general', kind: 'public', isDefault: true, memberCount: 1 },
      membership: { role: 'owner' },
    },
    {
      room: { name: 'random', kind: 'public', isDefault: true, memberCount: 1 },
      membership: { role: 'owner' },
    },
  ]);
  const [left] = await house.database.rows<{
    users: number;
    rooms: number;
    streams: number;
    sessions: number;
  }>(sql`
    select (select count(*)::int from users) as users, (select count(*)::int from rooms) as rooms,
      (select count(*)::int from streams) as streams, (select count(*)::int from sessions) as sessions`);
  expect(left).toEqual({ users: 1, rooms: 2, streams: 4, sessions: 1 });
});
