import { describe, expect, test } from 'vitest';
import type { MyRoom } from '@confab/protocol';
import type { State } from '@confab/client';
import {
  changeSection,
  moveSection,
  orderRooms,
  placeRoom,
  usualArrangement,
  type Arrangement,
} from './arrangement.ts';
import { rowKey, sidebarRows } from './sidebar-rows.ts';

const collator = new Intl.Collator('en');

type Known = { name: string; starred?: boolean; muted?: boolean; unread?: number; at?: number };

function stateOf(rooms: readonly Known[]): State {
  const byId = new Map<string, MyRoom>();
  for (const [index, known] of rooms.entries()) {
    const { name, starred = false, muted = false, unread = 0, at = index } = known;
    const id = String(index + 1);
    const room: MyRoom['room'] = {
      id,
      kind: 'public',
      name,
      topic: '',
      description: '',
      posting: 'everyone',
      isDefault: false,
      archivedAt: null,
      createdAt: 0,
      memberCount: 1,
      people: [],
    };
    const membership: MyRoom['membership'] = {
      role: 'member',
      joinedAt: 0,
      readOrdinal: 0,
      starred,
      muted,
      level: 'everything',
      closedOrdinal: null,
    };
    const counters = { head: 0, ordinal: unread, mentions: [], lastAt: at };
    byId.set(id, { room, membership, counters });
  }
  // Of the state only this is looked at.
  return { rooms: byId, users: new Map(), outbox: new Map(), me: null } as unknown as State;
}

function listed(state: State, arrangement: Arrangement, unreadOnly = false): string {
  const rows = sidebarRows(state, { arrangement, unreadOnly, roomId: null }, { collator });
  return rows
    .map((row) => (row.kind === 'room' ? (state.rooms.get(row.roomId)?.room.name ?? '') : rowKey(row)))
    .join(' ');
}

const [starred, ...others] = usualArrangement;
const own: Arrangement = [
  ...(starred ? [starred] : []),
  { id: 'own', name: 'Own', emoji: null, sort: 'name', isFolded: false, roomIds: [] },
  ...others,
];

describe('the rows of the sidebar', () => {
  test('a star goes before an own section, that before the usual one', () => {
    const state = stateOf([{ name: 'b' }, { name: 'a' }, { name: 's', starred: true }]);
    const arrangement = placeRoom(placeRoom(own, '1', 'own'), '3', 'own');
    expect(listed(state, arrangement)).toBe(
      'section:starred s section:own b section:rooms a section:direct hint:direct',
    );
  });

  test('each section is sorted in its own way', () => {
    const state = stateOf([
      { name: 'b', at: 3 },
      { name: 'a', at: 1 },
      { name: 'c', at: 9 },
    ]);
    const rooms = (arrangement: Arrangement): string => listed(state, arrangement).slice(0, 19);
    expect(rooms(usualArrangement)).toBe('section:rooms a b c');
    expect(rooms(changeSection(usualArrangement, 'rooms', { sort: 'recent' }))).toBe('section:rooms c b a');
    expect(rooms(orderRooms(usualArrangement, 'rooms', ['2', '3']))).toBe('section:rooms a c b');
  });

  test('sections stand in their order, and a folded one shows what wants attention', () => {
    const state = stateOf([{ name: 'a', unread: 2 }, { name: 'b' }, { name: 'm', unread: 1, muted: true }]);
    const folded = changeSection(moveSection(own, 'direct', 'own'), 'rooms', { isFolded: true });
    expect(listed(state, folded)).toBe('section:direct hint:direct section:own hint:own section:rooms a');
  });

  test('only what is unread, without own sections that have nothing', () => {
    const state = stateOf([{ name: 'a', unread: 1 }, { name: 'b' }]);
    expect(listed(state, placeRoom(own, '2', 'own'), true)).toBe('section:rooms a section:direct');
  });
});
