import { describe, expect, test } from 'vitest';
import { usualArrangement, type Arrangement } from './arrangement.ts';
import { dropTarget, type Dragged, type DropTarget } from './drop-target.ts';
import type { SidebarRow } from './sidebar-rows.ts';

const arrangement: Arrangement = [
  { id: 'own', name: 'Own', emoji: null, sort: 'hand', isFolded: false, roomIds: [] },
  ...usualArrangement,
];

const head = (section: string): SidebarRow => ({ kind: 'section', section, isFolded: false });
const room = (section: string, roomId: string): SidebarRow => ({ kind: 'room', section, roomId });

/** 0 own, 1 a, 2 b, 3 rooms, 4 c, 5 d, 6 direct, 7 p */
const rows = [
  head('own'),
  room('own', 'a'),
  room('own', 'b'),
  head('rooms'),
  room('rooms', 'c'),
  room('rooms', 'd'),
  head('direct'),
  room('direct', 'p'),
];

const c: Dragged = { kind: 'room', roomId: 'c', section: 'rooms', home: 'rooms' };
const a: Dragged = { kind: 'room', roomId: 'a', section: 'own', home: 'rooms' };

function over(dragged: Dragged, index: number, half: 'upper' | 'lower' = 'upper'): DropTarget | null {
  return dropTarget(dragged, { index, isLowerHalf: half === 'lower' }, { rows, arrangement });
}

describe('a room', () => {
  test('goes between rooms of a section that is sorted by hand', () => {
    expect(over(c, 2)).toMatchObject({ section: 'own', before: 'b', mark: { index: 2, at: 'start' } });
    expect(over(c, 2, 'lower')).toMatchObject({ section: 'own', before: null });
    expect(over(c, 0)).toMatchObject({ section: 'own', before: 'a', mark: { index: 0, at: 'end' } });
  });

  test('goes into a section that sorts by itself as a whole', () => {
    expect(over(a, 5)).toMatchObject({
      section: 'rooms',
      before: undefined,
      mark: { index: 3, at: 'around' },
    });
  });

  test('can be moved within its own section, however that is sorted', () => {
    expect(over(c, 5, 'lower')).toMatchObject({ section: 'rooms', before: null });
  });

  test('goes nowhere where it is already, or where its kind does not belong', () => {
    expect(over(c, 4)).toBeNull();
    expect(over(c, 5)).toBeNull();
    expect(over(c, 3)).toBeNull();
    expect(over(c, 7)).toBeNull();
    expect(over(c, 99)).toBeNull();
  });
});

describe('a section', () => {
  const direct: Dragged = { kind: 'section', section: 'direct' };

  test('goes above the one whose upper half is pointed at, below at the lower', () => {
    expect(over(direct, 0)).toMatchObject({ before: 'own', mark: { index: 0, at: 'start' } });
    expect(over(direct, 2)).toMatchObject({ before: 'rooms', mark: { index: 2, at: 'end' } });
    expect(over({ kind: 'section', section: 'own' }, 7)).toMatchObject({ before: null });
  });

  test('goes nowhere where it is already', () => {
    expect(over(direct, 6)).toBeNull();
    expect(over(direct, 5)).toBeNull();
    expect(over({ kind: 'section', section: 'own' }, 3)).toBeNull();
  });
});
