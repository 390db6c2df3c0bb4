import { expect, test } from 'vitest';
import { dayNames, endsNextDay, minutesOf, timeOf, weekOf, withDay } from './quiet-hours.ts';

test('times go into fields and come back', () => {
  for (const [minutes, time] of [
    [0, '00:00'],
    [7 * 60 + 5, '07:05'],
    [1_439, '23:59'],
  ] as const) {
    expect(timeOf(minutes)).toBe(time);
    expect(minutesOf(time)).toBe(minutes);
  }
  expect(minutesOf('07:05:30')).toBe(425);
  for (const none of ['', '7:05', '24:00', '12:60']) expect(minutesOf(none)).toBeNull();
});

test('days are kept in order, and one always stays', () => {
  expect(withDay([1, 5], 3, true)).toEqual([1, 3, 5]);
  expect(withDay([1, 3], 3, true)).toEqual([1, 3]);
  expect(withDay([1, 3], 1, false)).toEqual([3]);
  expect(withDay([3], 3, false)).toEqual([3]);
});

test('hours that end before they begin, or just then, end on the next day', () => {
  expect(endsNextDay({ from: 1_320, to: 420 })).toBe(true);
  expect(endsNextDay({ from: 600, to: 600 })).toBe(true);
  expect(endsNextDay({ from: 720, to: 780 })).toBe(false);
});

test('the week is that of the place', () => {
  expect(new Set(weekOf('de-DE'))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  expect(dayNames('en', 0)).toEqual({ short: 'Sun', long: 'Sunday' });
  expect(dayNames('de', 1).long).toBe('Montag');
  expect(dayNames('ja', 6).short).toBe('土');
});
