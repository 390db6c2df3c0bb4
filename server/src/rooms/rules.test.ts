import type { Input, Room, RoomRole } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import {
  differenceTo,
  directKey,
  mayModerate,
  mayPost,
  mayRemove,
  peopleOf,
  refuseChange,
  standingIn,
  type Standing,
} from './rules.ts';

const room: Room = {
  id: '1001',
  kind: 'public',
  name: 'general',
  topic: '',
  description: '',
  posting: 'everyone',
  isDefault: false,
  archivedAt: null,
  createdAt: 0,
  memberCount: 3,
  people: [],
};
const privateRoom: Room = { ...room, kind: 'private' };
const direct: Room = { ...room, kind: 'direct', name: '', people: ['5', '6'] };
const membership = (role: RoomRole) => ({
  role,
  joinedAt: 0,
  readOrdinal: 0,
  starred: false,
  muted: false,
  level: 'mentions' as const,
  closedOrdinal: null,
});

describe('standing', () => {
  it.each([
    ['a plain member', room, 'member', 'member', 'member'],
    ['an outsider', room, null, 'member', 'outsider'],
    ['an administrator in a public room', room, 'member', 'admin', 'owner'],
    ['an administrator outside of a public room', room, null, 'owner', 'owner'],
    ['an administrator in a private room', privateRoom, 'member', 'admin', 'member'],
    ['an administrator in a conversation', direct, 'member', 'owner', 'member'],
  ] as const)('of %s', (_, where, roomRole, role, expected) => {
    const found = { room: where, membership: roomRole && membership(roomRole) };
    expect(standingIn(found, { role })).toBe(expected);
  });
});

describe('keeping order', () => {
  it('is for owners and moderators, and in no conversation', () => {
    const all: Standing[] = ['owner', 'moderator', 'member', 'outsider'];
    expect(all.filter((standing) => mayModerate(room, standing))).toEqual(['owner', 'moderator']);
    expect(all.filter((standing) => mayModerate(direct, standing))).toEqual([]);
  });

  it('lets owners take out anybody, moderators plain members', () => {
    const roles: RoomRole[] = ['owner', 'moderator', 'member'];
    expect(roles.filter((role) => mayRemove(room, 'owner', role))).toEqual(roles);
    expect(roles.filter((role) => mayRemove(room, 'moderator', role))).toEqual(['member']);
    expect(roles.filter((role) => mayRemove(room, 'member', role))).toEqual([]);
  });

  it('decides who posts where not everyone does', () => {
    const quiet: Room = { ...room, posting: 'moderators' };
    const all: Standing[] = ['owner', 'moderator', 'member', 'outsider'];
    expect(all.filter((standing) => mayPost(quiet, standing))).toEqual(['owner', 'moderator']);
    expect(all.filter((standing) => mayPost(room, standing))).toEqual(['owner', 'moderator', 'member']);
  });
});

describe('changing a room', () => {
  const codeOf = (
    where: Room,
    wanted: Omit<Input<'room.change'>, 'roomId'>,
    who: { standing: Standing; role?: 'admin' | 'member' },
  ): string | null => {
    const change = differenceTo(where, { roomId: where.id, ...wanted });
    try {
      refuseChange(where, change, { standing: who.standing, role: who.role ?? 'member' });
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('drops what is as wanted already', () => {
    expect(differenceTo(room, { roomId: '1001', name: 'general', topic: ' ', archived: false })).toEqual({});
    expect(differenceTo(room, { roomId: '1001', topic: ' news ', isDefault: true })).toEqual({
      topic: 'news',
      isDefault: true,
    });
  });

  it('leaves topic and description to members, the rest to moderators', () => {
    expect(codeOf(room, { topic: 'x', description: 'y' }, { standing: 'member' })).toBeNull();
    expect(codeOf(room, { topic: 'x' }, { standing: 'outsider' })).toBe('forbidden');
    for (const wanted of [
      { name: 'x' },
      { kind: 'private' },
      { posting: 'moderators' },
      { archived: true },
    ] as const) {
      expect(codeOf(room, wanted, { standing: 'member' })).toBe('forbidden');
      expect(codeOf(room, wanted, { standing: 'moderator' })).toBeNull();
    }
  });

  it('leaves to administrators what newcomers are put into, and that is public', () => {
    expect(codeOf(room, { isDefault: true }, { standing: 'owner' })).toBe('forbidden');
    expect(codeOf(room, { isDefault: true }, { standing: 'owner', role: 'admin' })).toBeNull();
    expect(codeOf(privateRoom, { isDefault: true }, { standing: 'owner', role: 'admin' })).toBe('invalid');
    const isDefault: Room = { ...room, isDefault: true };
    expect(codeOf(isDefault, { kind: 'private' }, { standing: 'owner' })).toBe('invalid');
    expect(
      codeOf(isDefault, { kind: 'private', isDefault: false }, { standing: 'owner', role: 'admin' }),
    ).toBeNull();
  });

  it('changes an archived room only by taking it out', () => {
    const archived: Room = { ...room, archivedAt: 5 };
    expect(codeOf(archived, { topic: 'x' }, { standing: 'owner' })).toBe('archived');
    expect(codeOf(archived, { archived: true }, { standing: 'owner' })).toBeNull();
    expect(codeOf(archived, { archived: false, topic: 'x' }, { standing: 'moderator' })).toBeNull();
    expect(codeOf(archived, { archived: false }, { standing: 'member' })).toBe('forbidden');
  });

  it('gives conversations a topic and nothing else', () => {
    expect(codeOf(direct, { topic: 'x' }, { standing: 'member' })).toBeNull();
    for (const wanted of [
      { name: 'x' },
      { archived: true },
      { kind: 'public' },
      { description: 'x' },
    ] as const) {
      expect(codeOf(direct, wanted, { standing: 'member' })).toBe('forbidden');
    }
  });
});

describe('the people of a conversation', () => {
  it('are the same whoever opens it, in the order of ids', () => {
    expect(peopleOf('10', ['9', '200'])).toEqual(['9', '10', '200']);
    expect(peopleOf('9', ['200', '10', '9'])).toEqual(['9', '10', '200']);
    expect(directKey(peopleOf('9', ['9']))).toBe('9');
    expect(directKey(['9', '10'])).toBe('9,10');
  });
});
