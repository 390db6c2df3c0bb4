import { expect, test } from 'vitest';
import { allZones, cityOf, findZones, offsetOf, regionOf } from './time-zones.ts';

const zones = allZones();

test('zones are found by any of their words, the city first', () => {
  expect(findZones(zones, 'lisb', 5)).toEqual(['Europe/Lisbon']);
  expect(findZones(zones, 'new york', 5)).toEqual(['America/New_York']);
  expect(findZones(zones, 'york america', 5)).toContain('America/New_York');
  expect(findZones(zones, 'europe', 3).every((zone) => zone.startsWith('Europe/'))).toBe(true);
  expect(findZones(['Europe/Paris', 'Pacific/Palau', 'America/Panama'], 'pa', 3)).toEqual([
    'Pacific/Palau',
    'America/Panama',
    'Europe/Paris',
  ]);
  expect(findZones(zones, 'atlantis', 5)).toEqual([]);
  expect(findZones(zones, ' ', 4)).toHaveLength(4);
});

test('names are for people', () => {
  expect(cityOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
  expect(regionOf('America/Argentina/Buenos_Aires')).toBe('America / Argentina');
  expect(cityOf('UTC')).toBe('UTC');
  expect(regionOf('UTC')).toBe('');
});

test('the offset is that of the day', () => {
  expect(offsetOf('Europe/Berlin', Date.parse('2026-07-01T00:00:00Z'))).toBe('GMT+2');
  expect(offsetOf('Europe/Berlin', Date.parse('2026-12-01T00:00:00Z'))).toBe('GMT+1');
  expect(offsetOf('Asia/Kolkata', 0)).toBe('GMT+5:30');
  expect(offsetOf('Moon/Tranquility', 0)).toBe('');
});
