import { expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { migrations } from './migrations.ts';

const good = '-- compatible: the first schema\ncreate table a ();';

test('numbers have no gaps and no twins', () => {
  const names = (...paths: string[]): string =>
    report(migrations(treeOf(Object.fromEntries(paths.map((path) => [`server/migrations/${path}`, good])))));
  expect(names('0001-start.sql', '0002-files.sql')).toBe('');
  expect(names('0001-start.sql', '0003-files.sql')).toContain('should be called server/migrations/0002-');
  expect(names('0001-start.sql', '0001-twin.sql')).toContain('should be called server/migrations/0002-');
  expect(names('start.sql')).toContain('0001-');
});

test('the first line says compatible or breaking', () => {
  const first = (text: string): string =>
    report(migrations(treeOf({ 'server/migrations/0001-a.sql': text })));
  expect(first('create table a ();')).toContain('must start with');
  expect(first('-- breaking: drops a column the previous release reads\n')).toBe('');
});
