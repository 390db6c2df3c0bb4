import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createDeployFiles, fillIn } from './deploy-files.ts';
import { planTopology } from './topology.ts';

const text = 'name: HERE_NAME\npassword: "SECRET_REDIS"\ndir: /var/lib/redis\n';
const places = { HERE_NAME: 'redis2', SECRET_REDIS: 'a$&b' };
const instead = [['/var/lib/redis', '/tmp/redis']] as const;

describe('filling in', () => {
  test('places and texts', () => {
    expect(fillIn('redis.conf', text, { places, instead })).toBe(
      'name: redis2\npassword: "a$&b"\ndir: /tmp/redis\n',
    );
  });

  test('a place that nobody fills in is refused', () => {
    const { SECRET_REDIS: _, ...rest } = places;
    expect(() => fillIn('redis.conf', text, { places: rest })).toThrow(
      'redis.conf has places that nobody fills in: SECRET_REDIS',
    );
  });

  test('a place that the file does not have is refused', () => {
    expect(() => fillIn('redis.conf', text, { places: { ...places, PEER_ADDRESS: '10.0.0.1' } })).toThrow(
      'redis.conf has no place called PEER_ADDRESS',
    );
  });

  test('a text that is not there any more is refused', () => {
    const changed = text.replace('/var/lib/redis', '/srv/redis');
    expect(() => fillIn('redis.conf', changed, { places, instead })).toThrow(
      'redis.conf does not say "/var/lib/redis" any more',
    );
  });
});

describe('writing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'confab-deploy-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('several files after each other, for the owner alone', () => {
    writeFileSync(join(folder, 'a.conf'), 'a HERE_NAME\n');
    writeFileSync(join(folder, 'b.conf'), 'b\n');
    const to = join(folder, 'new/folder/ab.conf');
    const [host] = planTopology({ name: 'try', network: '10.80', ground: 'namespaces' }).hosts;
    if (host === undefined) throw new Error('there are hosts');
    const files = createDeployFiles({ deployFolder: folder });
    files.write(['a.conf', 'b.conf'], to, { places: { HERE_NAME: 'x' } }, { host });
    expect(readFileSync(to, 'utf8')).toBe('a x\nb\n');
    expect(statSync(to).mode & 0o777).toBe(0o600);
  });
});
