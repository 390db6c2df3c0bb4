/** A small crowd on real nodes: what is right is found right, and what was tampered with is found. */
import { join } from 'node:path';
import { systemClock } from '@confab/client';
import { openDoor } from '@confab/cluster/rehearse/crowd/door';
import type { Cast } from '@confab/cluster/rehearse/crowd/people';
import { rehearse, type Rehearsal } from '@confab/cluster/rehearse/rehearse';
import type { Fault } from '@confab/cluster/rehearse/faults/fault';
import { holds, reportOf } from '@confab/cluster/rehearse/report/report';
import { sql } from '@confab/server/kit/sql';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startCluster, type Cluster } from '../support/cluster.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const crowdFile = join(import.meta.dirname, '../../cluster/src/rehearse/crowd/crowd-process.ts');
let cluster: Cluster;
let ownerToken: string;
let known: Cast | null = null;

beforeAll(async () => {
  cluster = await startCluster({ nodes: 2 });
  const url = cluster.addressFor(0);
  const { cookie } = await openDoor(url, null).enter('workspace.setUp', {
    workspaceName: 'Rehearsal',
    name: 'Ann',
    email: 'ann@example.org',
    password: 'correct horse battery',
  });
  const { secret } = await openDoor(url, { cookie }).call('token.create', {
    name: 'rehearsal',
    scopes: ['read', 'write', 'admin'],
  });
  ownerToken = secret;
});
afterAll(() => cluster.close());

const fault = (over: Partial<Fault>): Fault => ({
  name: 'restart',
  title: 'Both nodes are drained and come back',
  part: 'node',
  aimMs: 1_000,
  holdMs: 0,
  async inject() {},
  async heal() {},
  async settled() {},
  ...over,
});

const rehearseWith = (run: string, faults: Fault[]): Promise<Rehearsal> =>
  rehearse({
    gathering: { url: cluster.addressFor(0), ownerToken, people: 9, teamSize: 3, known },
    faults,
    perSecond: 30,
    calmMs: 1_500,
    run,
    crowdFile,
    execArgv: ['--import', 'tsx'],
    extraCaFile: null,
    clock: systemClock,
    onProgress() {},
    onCast: (cast) => (known = cast),
  });

it('accounts for everything while nodes are drained and come back', async () => {
  const report = reportOf(await rehearseWith('calm', [fault({ inject: () => cluster.restartAll() })]));
  expect(report.examples).toEqual([]);
  expect(holds(report)).toBe(true);
  expect(report.acknowledged).toBeGreaterThan(50);
  expect(report.faults[0]?.brokenConnections).toBeGreaterThan(0);
});

it('finds a message that was taken from the log, and says which fault could not be done', async () => {
  const takeOne = fault({
    async inject() {
      await cluster.database.rows(sql`
        delete from messages where id = (select max(id) from messages where text like 'torn p%')`);
      throw new Error('no hand free');
    },
  });
  const report = reportOf(await rehearseWith('torn', [takeOne]));
  expect(report.lost).toBeGreaterThan(0);
  expect(report.faults[0]?.problem).toBe('could not be done: no hand free');
  expect(holds(report)).toBe(false);
});
