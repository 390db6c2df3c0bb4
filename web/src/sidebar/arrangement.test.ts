import { describe, expect, test } from 'vitest';
import {
  addSection,
  changeSection,
  moveSection,
  orderByHand,
  ownSectionOf,
  placeRoom,
  removeSection,
  soundArrangement,
  usualArrangement,
  type Arrangement,
} from './arrangement.ts';

const names = (arrangement: Arrangement): string => arrangement.map(({ id }) => id).join(' ');
const roomsOf = (arrangement: Arrangement, id: string): readonly string[] =>
  arrangement.find((section) => section.id === id)?.roomIds ?? [];

const two = addSection(addSection(usualArrangement, { id: 'a', name: 'A', emoji: null }), {
  id: 'b',
  name: 'B',
  emoji: '🚲',
});

describe('sections', () => {
  test('a new one stands below the starred ones, above the rooms', () => {
    expect(names(two)).toBe('starred a b rooms direct');
  });

  test('move above another, or below all', () => {
    expect(names(moveSection(two, 'direct', 'a'))).toBe('starred direct a b rooms');
    expect(names(moveSection(two, 'a', null))).toBe('starred b rooms direct a');
    expect(moveSection(two, 'a', 'a')).toBe(two);
    expect(moveSection(two, 'gone', 'a')).toBe(two);
  });

  test('only own ones can be removed', () => {
    expect(names(removeSection(two, 'a'))).toBe('starred b rooms direct');
    expect(removeSection(two, 'rooms')).toBe(two);
  });

  test('what was kept is made whole', () => {
    const kept: Arrangement = [
      ...changeSection(two, 'a', { roomIds: ['1', '2'] }).filter(({ id }) => id === 'a'),
      ...changeSection(two, 'b', { roomIds: ['2', '3'] }).filter(({ id }) => id === 'b'),
      ...two.filter(({ id }) => id === 'a' || id === 'direct'),
    ];
    const sound = soundArrangement(kept);
    expect(names(sound)).toBe('a b direct starred rooms');
    expect(roomsOf(sound, 'b')).toEqual(['3']);
  });
});

describe('rooms', () => {
  test('are in one own section at most', () => {
    const placed = placeRoom(placeRoom(two, '7', 'a'), '7', 'b');
    expect(ownSectionOf(placed, '7')).toBe('b');
    expect(roomsOf(placed, 'a')).toEqual([]);
    expect(ownSectionOf(placeRoom(placed, '7', 'rooms'), '7')).toBeNull();
  });

  test('moved by hand keep the order that was seen', () => {
    const shown = ['1', '2', '3'];
    const moved = orderByHand(two, 'rooms', { roomId: '3', before: '1', shown });
    expect(roomsOf(moved, 'rooms')).toEqual(['3', '1', '2']);
    expect(moved.find(({ id }) => id === 'rooms')?.sort).toBe('hand');
    const last = orderByHand(moved, 'rooms', { roomId: '3', before: null, shown: ['3', '1', '2'] });
    expect(roomsOf(last, 'rooms')).toEqual(['1', '2', '3']);
  });

  test('that are not shown just now are not lost', () => {
    const placed = placeRoom(placeRoom(two, '1', 'a'), '2', 'a');
    const moved = orderByHand(placed, 'a', { roomId: '3', before: '1', shown: ['1'] });
    expect(roomsOf(moved, 'a')).toEqual(['3', '1', '2']);
  });
});
