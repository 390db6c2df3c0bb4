import { expect, test } from 'vitest';
import { readStat } from './haproxy.ts';
import { readPool } from './pgbouncer.ts';

test('which servers HAProxy finds well', () => {
  const text = [
    '# pxname,svname,qcur,status,weight',
    'chat,FRONTEND,,OPEN,',
    'nodes,node1,0,UP,1',
    'nodes,node2,0,UP 1/2,1',
    'nodes,node3,0,DOWN,1',
    'nodes,BACKEND,0,UP,2',
    '',
  ].join('\n');
  expect(readStat(text)).toEqual([
    { backend: 'nodes', name: 'node1', isUp: true },
    { backend: 'nodes', name: 'node2', isUp: true },
    { backend: 'nodes', name: 'node3', isUp: false },
  ]);
});

test('what the pools of a database hold, whatever columns there are', () => {
  const lines = [
    'version',
    'PgBouncer 1.18.0',
    'database|user|cl_active|cl_waiting|sv_active',
    'confab_team|confab|7|1|3',
    'confab_team|other|2|0|1',
    'pgbouncer|pgbouncer_stats|1|0|0',
  ];
  const pool = readPool(lines, 'confab_team');
  expect([pool('cl_active'), pool('cl_waiting'), pool('sv_active'), pool('sv_new')]).toEqual([9, 1, 4, 0]);
});
