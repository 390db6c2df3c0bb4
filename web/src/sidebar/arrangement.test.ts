import { describe, expect, test } from 'vitest';
import type { Section } from '@confab/protocol';
import {
  moveSection,
  orderRooms,
  orderWith,
  placeRoom,
  removeSection,
  usualArrangement,
  type Arrangement,
} from './arrangement.ts';

const own = (id: string, roomIds: string[] = []): Section => ({
  id,
  name: id,
  emoji: null,
  sort: 'name',
  isFolded: false,
  roomIds,
});

const two: Arrangement = [own('8', ['1']), own('9', ['2', '3']), ...usualArrangement];

const names = (arrangement: Arrangement): string => arrangement.map(({ id }) => id).join(' ');
const roomsOf = (arrangement: Arrangement, id: string): readonly string[] =>
  arrangement.find((section) => section.id === id)?.roomIds ?? [];

describe('sections', () => {
  test('move above another, or below all', () => {
    expect(names(moveSection(two, 'direct', '9'))).toBe('8 direct 9 starred rooms');
    expect(names(moveSection(two, '8', null))).toBe('9 starred rooms direct 8');
    expect(moveSection(two, '8', '8')).toBe(two);
    expect(moveSection(two, 'gone', '8')).toBe(two);
  });

  test('only own ones can be removed', () => {
    expect(names(removeSection(two, '8'))).toBe('9 starred rooms direct');
    expect(removeSection(two, 'rooms')).toEqual(two);
  });
});

describe('rooms', () => {
  test('are in one own section at most', () => {
    const placed = placeRoom(two, '1', '9');
    expect(roomsOf(placed, '8')).toEqual([]);
    expect(roomsOf(placed, '9')).toEqual(['2', '3', '1']);
    expect(roomsOf(placeRoom(placed, '1', 'rooms'), '9')).toEqual(['2', '3']);
  });

  test('are sorted by hand with those that were not named after the others', () => {
    const ordered = orderRooms(two, '9', ['3']);
    expect(ordered.find(({ id }) => id === '9')).toMatchObject({ sort: 'hand', roomIds: ['3', '2'] });
  });
});

describe('the order with a room moved', () => {
  test('begins with what is seen', () => {
    const shown = ['1', '2', '3'];
    const section = { sort: 'name', roomIds: ['3', '9'] } as const;
    expect(
      orderWith({ ...section, roomIds: [...section.roomIds] }, { roomId: '3', before: '1', shown }),
    ).toEqual(['3', '1', '2', '9']);
  });

  test('leaves what is hidden where it is, when it was sorted by hand', () => {
    const section = { sort: 'hand' as const, roomIds: ['1', 'hidden', '2', '3'] };
    const shown = ['1', '2', '3'];
    expect(orderWith(section, { roomId: '3', before: '2', shown })).toEqual(['1', 'hidden', '3', '2']);
    expect(orderWith(section, { roomId: '1', before: null, shown })).toEqual(['hidden', '2', '3', '1']);
    expect(orderWith(section, { roomId: 'new', before: '1', shown })).toEqual([
      'new',
      '1',
      'hidden',
      '2',
      '3',
    ]);
  });
});
