import { expect, test } from 'vitest';
import { fieldsOf, momentOf, reminderTimes, sendTimes } from './later-times.ts';

/** Of the zone the tests run in, as the code is of the zone of its device. */
const at = (text: string): number => new Date(text).getTime();
const chosen = (times: readonly { name: string; at: number }[]): string[] =>
  times.map((one) => `${one.name} ${fieldsOf(one.at).date} ${fieldsOf(one.at).time}`);

test.each([
  [
    '2026-11-24T10:20',
    ['afternoon 2026-11-24 15:00', 'tomorrow 2026-11-25 09:00', 'monday 2026-11-30 09:00'],
  ],
  ['2026-11-24T14:30', ['tomorrow 2026-11-25 09:00', 'monday 2026-11-30 09:00']],
  ['2026-11-22T20:00', ['tomorrow 2026-11-23 09:00']],
  [
    '2026-11-23T08:00',
    ['afternoon 2026-11-23 15:00', 'tomorrow 2026-11-24 09:00', 'monday 2026-11-30 09:00'],
  ],
  ['2026-12-31T23:00', ['tomorrow 2027-01-01 09:00', 'monday 2027-01-04 09:00']],
])('at %s a message can go', (now, times) => expect(chosen(sendTimes(at(now)))).toEqual(times));

test('one is reminded soon, tomorrow or next week', () => {
  expect(chosen(reminderTimes(at('2026-11-24T23:50')))).toEqual([
    'twentyMinutes 2026-11-25 00:10',
    'hour 2026-11-25 00:50',
    'threeHours 2026-11-25 02:50',
    'tomorrow 2026-11-25 09:00',
    'nextWeek 2026-11-30 09:00',
  ]);
  expect(chosen(reminderTimes(at('2026-11-22T12:00')))).not.toContain('nextWeek 2026-11-23 09:00');
});

test('fields and moments are the same', () => {
  const moment = at('2026-03-05T07:08');
  expect(fieldsOf(moment)).toEqual({ date: '2026-03-05', time: '07:08' });
  expect(momentOf(fieldsOf(moment))).toBe(moment);
  expect(momentOf({ date: '', time: '07:08' })).toBeNull();
  expect(momentOf({ date: '2026-03-05', time: '' })).toBeNull();
});
