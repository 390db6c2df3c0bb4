import { expect, test } from 'vitest';
import { missingPackages } from './packages.ts';

test('a package is known by the program that it brings', () => {
  const has = (program: string): boolean => !['haproxy', 'psql'].includes(program);
  expect(missingPackages({ has })).toEqual(['postgresql-client-15', 'haproxy']);
  expect(missingPackages({ has: () => true })).toEqual([]);
});
