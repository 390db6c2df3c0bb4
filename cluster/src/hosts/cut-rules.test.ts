import { expect, test } from 'vitest';
import { planTopology } from '../topology.ts';
import { cutRules, lossRules, portsOf } from './cut-rules.ts';

const { hosts } = planTopology({ name: 'try', network: '10.80', ground: 'namespaces' });
const named = (...names: string[]) => hosts.filter(({ name }) => names.includes(name));

test('a balancer has a cable in both networks', () => {
  expect(named('lb1', 'pg1').map(portsOf)).toEqual([['pg1-0'], ['lb1-0', 'lb1-1']]);
});

test('nothing passes in either direction', () => {
  expect(cutRules(named('pg1').flatMap(portsOf), named('pg2', 'lb1').flatMap(portsOf)).split('\n')).toEqual([
    'add rule bridge confab cuts iifname { "pg1-0" } oifname { "pg2-0", "lb1-0", "lb1-1" } drop',
    'add rule bridge confab cuts iifname { "pg2-0", "lb1-0", "lb1-1" } oifname { "pg1-0" } drop',
  ]);
});

test('so many of a hundred are lost, on their way there and back', () => {
  expect(lossRules(['node1-0'], 5).split('\n')).toEqual([
    'add rule bridge confab cuts iifname "node1-0" numgen random mod 100 < 5 drop',
    'add rule bridge confab cuts oifname "node1-0" numgen random mod 100 < 5 drop',
  ]);
});
