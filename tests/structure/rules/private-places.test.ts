import { expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { privatePlaces } from './private-places.ts';

function found(path: string, text: string): string {
  return report(privatePlaces(treeOf({ [path]: text })));
}

test('paths of one machine', () => {
  expect(found('docs/a.md', 'see /home/ada/confab/server')).toContain(
    'docs/a.md:1 names a path of one machine',
  );
  expect(found('server/src/a.ts', `open('/root/x')`)).toContain('one machine');
  expect(found('docs/a.md', 'kept in /var/lib/confab; see https://example.org/home/page')).toBe('');
});

test('hosts of package registries', () => {
  expect(found('.npmrc', 'registry=https://registry.example.org/')).toContain('host of a package registry');
  expect(found('package-lock.json', '  "resolved": "https://example.org/a.tgz",')).toContain(
    'download address',
  );
  expect(found('package-lock.json', '  "url": "https://example.org/funding"')).toBe('');
});
