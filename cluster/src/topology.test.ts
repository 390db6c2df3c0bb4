import { expect, test } from 'vitest';
import { hostNamed, hostsFile, hostsWith, isClusterName, isNetwork, planTopology } from './topology.ts';

const topology = planTopology({ name: 'try', network: '10.80', ground: 'namespaces' });

test('twelve machines, each with names and addresses of its own', () => {
  const names = topology.hosts.map(({ name }) => name).sort();
  expect(names).toEqual([
    'files1',
    'lb1',
    'lb2',
    'node1',
    'node2',
    'node3',
    'pg1',
    'pg2',
    'pg3',
    'redis1',
    'redis2',
    'redis3',
  ]);
  const addresses = topology.hosts.flatMap(({ address, publicAddress }) => [address, publicAddress]);
  const taken = [
    ...addresses.filter(Boolean),
    ...Object.values(topology.floating),
    ...Object.values(topology.machine),
  ];
  expect(new Set(taken).size).toBe(taken.length);
  expect(hostNamed(topology, 'pg2')).toMatchObject({ namespace: 'try-pg2', address: '10.80.0.32' });
  expect(hostsWith(topology, 'sentinel').map(({ name }) => name)).toEqual(['redis1', 'redis2', 'redis3']);
  expect(() => hostNamed(topology, 'pg4')).toThrow('no host is called pg4');
});

test('only balancers are where people come from', () => {
  const open = topology.hosts.filter(({ publicAddress }) => publicAddress !== null);
  expect(open.map(({ role }) => role)).toEqual(['balancer', 'balancer']);
});

test('every machine knows the others and the floating addresses by name', () => {
  const lines = hostsFile(topology).split('\n');
  expect(lines).toContain('10.80.0.41 redis1.confab.internal redis1');
  expect(lines).toContain('10.80.0.10 db.confab.internal');
  expect(lines).toContain('10.80.0.10 redis.confab.internal');
  expect(lines).toContain('10.80.1.10 chat.confab.internal');
});

test('on loopback nothing floats, and who is no root can have the ports', () => {
  const local = planTopology({ name: 'try', network: '127.80', ground: 'loopback' });
  expect(local.hosts.flatMap(({ parts }) => parts)).not.toContain('keepalived');
  expect(local.hosts.every(({ publicAddress }) => publicAddress === null)).toBe(true);
  expect(local.floating.public).toBe(hostNamed(local, 'lb1').address);
  expect(Object.values(local.ports).every((port) => port >= 1024)).toBe(true);
});

test.each([
  ['confab', true],
  ['a1', true],
  ['', false],
  ['1a', false],
  ['Confab', false],
  ['muchtoolong', false],
  ['a-b', false],
])('%s as the name of a cluster: %s', (name, fits) => {
  expect(isClusterName(name)).toBe(fits);
});

test.each([
  ['10.77', true],
  ['172.16', true],
  ['172.32', false],
  ['192.168', true],
  ['192.169', false],
  ['8.8', false],
  ['10.300', false],
  ['10', false],
])('%s as its network: %s', (network, fits) => {
  expect(isNetwork(network)).toBe(fits);
});

test.each([
  ['127.1', true],
  ['127.255', true],
  ['127.0', false],
  ['127.256', false],
  ['127.01', false],
  ['10.77', false],
])('%s as its part of loopback: %s', (network, fits) => {
  expect(isNetwork(network, 'loopback')).toBe(fits);
});
