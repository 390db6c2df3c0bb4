import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostNamed, planTopology } from '../topology.ts';
import { forLoopback } from './loopback-files.ts';

const topology = planTopology({ name: 'try', network: '127.80', ground: 'loopback' });
const deployed = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../../../deploy', path), 'utf8');
const adapted = (name: string, path: string, isRoot = false): string =>
  forLoopback({ topology, host: hostNamed(topology, name), isRoot }, path, deployed(path));
const settings = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^\s*[#;]/.test(line))
    .join('\n');

test.each([
  ['pg2', 'etcd/etcd.conf.yml'],
  ['pg2', 'patroni/patroni.yml'],
  ['redis2', 'redis/redis.conf'],
  ['redis2', 'redis/replica.conf'],
  ['redis2', 'sentinel/sentinel.conf'],
  ['lb2', 'pgbouncer/pgbouncer.ini'],
  ['lb2', 'haproxy/haproxy.cfg'],
  ['lb2', 'haproxy/redis.cfg'],
])('on %s no other name and no shared address is left in %s', (host, path) => {
  expect(settings(adapted(host, path))).not.toMatch(/confab\.internal|127\.0\.0\.1/);
});

test('a node has its own name, and both balancers', () => {
  const text = adapted('node2', 'systemd/confab.env');
  expect(text).toContain('@127.80.0.2:6432,127.80.0.3:6432/confab_team');
  expect(text).toContain('@127.80.0.41,127.80.0.42,127.80.0.43/main');
  expect(text).toMatch(/NODE_NAME=node1\.confab\.internal/);
});

test('only root lets HAProxy become another user', () => {
  expect(adapted('lb1', 'haproxy/haproxy.cfg')).not.toContain('user haproxy');
  expect(adapted('lb1', 'haproxy/haproxy.cfg', true)).toContain('user haproxy');
});

test('a file that says something else by now is refused', () => {
  const about = { topology, host: hostNamed(topology, 'redis1'), isRoot: false };
  expect(() => forLoopback(about, 'redis/redis.conf', 'port 6379')).toThrow(
    'does not say "bind HERE_ADDRESS',
  );
});
