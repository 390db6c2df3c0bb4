import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyDisk, fillDisk, mountedBy } from './disks.ts';

test('the disks of one cluster are found, and nobody else’s', () => {
  const mounts = [
    'confab-node1 /var/lib/confab-cluster/hosts/node1/disk tmpfs rw,size=65536k 0 0',
    'confab2-node1 /var/lib/other/hosts/node1/disk tmpfs rw,size=65536k 0 0',
    'tmpfs /run tmpfs rw 0 0',
    '',
  ];
  expect(mountedBy(mounts.join('\n'), 'confab')).toEqual(['/var/lib/confab-cluster/hosts/node1/disk']);
});

test('a host without a disk of its own is not filled', () => {
  const folder = mkdtempSync(join(tmpdir(), 'confab-disk-'));
  expect(() => fillDisk(join(folder, 'disk'))).toThrow('no disk of its own');
  emptyDisk(join(folder, 'disk'));
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
