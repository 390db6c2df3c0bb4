import type { Section } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { wholeArrangement, withMoved, withNew, withOrder, withPlaced, type Arrangement } from './rules.ts';

function section(id: string, roomIds: string[] = []): Section {
  return { id, name: id, emoji: null, sort: 'name', isFolded: false, roomIds };
}

const usual = wholeArrangement([]);
const own = withNew(withNew(usual, section('1', ['11', '12'])), section('2', ['21']));
const idsOf = (arrangement: Arrangement) => arrangement.map(({ id }) => id);
const roomsOf = (arrangement: Arrangement) =>
  Object.fromEntries(arrangement.map(({ id, roomIds }) => [id, roomIds]));

describe('an arrangement', () => {
  test('always has the built-in sections; new ones stand above those that are not starred', () => {
    expect(idsOf(usual)).toEqual(['starred', 'rooms', 'direct']);
    expect(idsOf(own)).toEqual(['starred', '1', '2', 'rooms', 'direct']);
    expect(idsOf(wholeArrangement([section('direct'), section('1')]))).toEqual([
      'direct',
      '1',
      'starred',
      'rooms',
    ]);
  });

  test('is moved by naming what comes after', () => {
    expect(idsOf(withMoved(own, '2', 'starred'))).toEqual(['2', 'starred', '1', 'rooms', 'direct']);
    expect(idsOf(withMoved(own, 'starred', null))).toEqual(['1', '2', 'rooms', 'direct', 'starred']);
    expect(withMoved(own, '2', '2')).toBe(own);
    expect(() => withMoved(own, '2', '3')).toThrow('not_found');
    expect(() => withMoved(own, '3', null)).toThrow('not_found');
  });

  test('has a room in at most one own section', () => {
    expect(roomsOf(withPlaced(own, '11', '2'))).toMatchObject({ 1: ['12'], 2: ['21', '11'] });
    expect(roomsOf(withPlaced(own, '11', 'rooms'))).toMatchObject({ 1: ['12'], rooms: [] });
    expect(roomsOf(withPlaced(own, '11', '1'))).toEqual(roomsOf(own));
    expect(roomsOf(withOrder(own, '2', ['12', '99', '21']))).toMatchObject({
      1: ['11'],
      2: ['12', '99', '21'],
    });
  });

  test('is sorted by hand; what is not named comes after', () => {
    const sorted = withOrder(own, '1', ['12']);
    expect(roomsOf(sorted)).toMatchObject({ 1: ['12', '11'] });
    expect(sorted.find(({ id }) => id === '1')).toMatchObject({ sort: 'hand' });
    expect(roomsOf(withOrder(own, 'rooms', ['11', '5']))).toMatchObject({
      1: ['11', '12'],
      rooms: ['11', '5'],
    });
  });
});
