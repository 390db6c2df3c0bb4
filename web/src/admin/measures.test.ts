import { expect, test } from 'vitest';
import { createMeasures } from './measures.ts';

test('sizes, times and numbers are short, in each language', () => {
  const english = createMeasures('en-GB');
  expect(english.bytes(0)).toBe('0 byte');
  expect(english.bytes(128_400_000)).toBe('128 MB');
  expect(english.bytes(2_300_000_000)).toBe('2.3 GB');
  expect(english.duration(0.42)).toBe('0.4 ms');
  expect(english.duration(12.4)).toBe('12 ms');
  expect(english.duration(3_210)).toMatch(/^3\.2 secs?$/);
  expect(english.duration(600_000)).toMatch(/^10 mins?$/);
  expect(english.number(1_234)).toBe('1,234');
  expect(createMeasures('de').duration(0.42)).toBe('0,4 ms');
  expect(createMeasures('ja').duration(600_000)).toBe('10 分');
});
