import { expect, test } from 'vitest';
import { createTimeFormat } from './time-format.ts';

const now = Date.parse('2026-11-12T09:30:00Z');
const minute = 60_000;
const hour = 60 * minute;
const english = createTimeFormat({ locale: 'en-GB', timeZone: 'Europe/Berlin', now: () => now });

test('times and days are local', () => {
  expect(english.time(now)).toBe('10:30');
  expect(english.dayKey(Date.parse('2026-11-11T23:30:00Z'))).toBe('2026-11-12');
  expect(english.day(now)).toBe('Today');
  expect(english.day(Date.parse('2026-11-11T22:59:00Z'))).toBe('Yesterday');
  expect(english.day(Date.parse('2026-11-12T23:30:00Z'))).toBe('Tomorrow');
  expect(english.day(Date.parse('2026-06-01T12:00:00Z'))).toMatch(/^Monday,? 1 June$/);
  expect(english.day(Date.parse('2025-06-01T12:00:00Z'))).toMatch(/^Sunday,? 1 June 2025$/);
  expect(english.full(now)).toMatch(/^Thursday,? 12 November 2026(,| at) 10:30$/);
});

test('a stamp is as short as can be', () => {
  expect(english.stamp(now - hour)).toBe('09:30');
  expect(english.stamp(now - 24 * hour)).toBe('Yesterday');
  expect(english.stamp(now - 3 * 24 * hour)).toBe('Mon');
  expect(english.stamp(now - 30 * 24 * hour)).toBe('13 Oct');
  expect(english.stamp(now - 400 * 24 * hour)).toBe('8 Oct 2025');
});

test('relative times', () => {
  expect(english.relative(now - 10_000)).toBe('now');
  expect(english.relative(now - 5 * minute)).toBe('5 minutes ago');
  expect(english.relative(now + 2 * hour)).toBe('in 2 hours');
  expect(english.relative(now - 3 * 24 * hour)).toBe('3 days ago');
  expect(english.relative(now - 800 * 24 * hour)).toBe('2 years ago');
});

test('the day the clocks change is one day', () => {
  const changed = Date.parse('2026-10-26T01:00:00Z');
  const format = createTimeFormat({ locale: 'en-GB', timeZone: 'Europe/Berlin', now: () => changed });
  expect(format.day(Date.parse('2026-10-25T00:30:00Z'))).toBe('Yesterday');
});

test('other languages', () => {
  const german = createTimeFormat({ locale: 'de', timeZone: 'Europe/Berlin', now: () => now });
  expect(german.day(now - 24 * hour)).toBe('Gestern');
  expect(german.list(['Ada', 'Grace', 'Alan'])).toBe('Ada, Grace und Alan');
  expect(german.count(12_345)).toBe('12.345');
});
