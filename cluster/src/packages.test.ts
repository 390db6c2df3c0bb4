import { expect, test } from 'vitest';
import { missingPackages, wordsFor } from './packages.ts';

const versions =
  (etcd: string, patroni: string) =>
  async ([program]: readonly string[]) =>
    program === 'etcd' ? `etcd Version: ${etcd}\nGit SHA: Not provided\n` : `patroni ${patroni}\n`;
const sound = versions('3.5.16', '4.0.7');

test('a package is known by the program that it brings', async () => {
  const has = (program: string): boolean => !['haproxy', 'psql'].includes(program);
  expect(wordsFor(await missingPackages({ has, run: sound }))).toBe('postgresql-client-15, haproxy');
  expect(await missingPackages({ has: () => true, run: sound })).toEqual([]);
});

test.each([
  ['3.4.23', '3.0.2', 'etcd-server (3.4.23 is too old), patroni (3.0.2 is too old)'],
  ['3.4.30', '4.0.0', 'etcd-server (3.4.30 is too old)'],
  ['3.4.31', '3.3.9', 'patroni (3.3.9 is too old)'],
  ['3.5.12', '2.10.4', 'etcd-server (3.5.12 is too old), patroni (2.10.4 is too old)'],
  ['3.5.13', '4.0.7', ''],
  ['3.10.0', '10.0.0', ''],
  ['from somewhere', '4.0.7', 'etcd-server (of no known version is too old)'],
])('etcd %s and Patroni %s', async (etcd, patroni, expected) => {
  const run = versions(etcd, patroni);
  expect(wordsFor(await missingPackages({ has: () => true, run }))).toBe(expected);
});
