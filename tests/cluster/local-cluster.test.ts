/** The same parts on loopback, as a user who is not root makes them. With namespaces there is more to hurt: whole-cluster. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingPackages, wordsFor } from '@confab/cluster/packages';
import { createMachine } from '@confab/cluster/platform/machine';
import type { StatusRow } from '@confab/cluster';
import type { Report } from '@confab/cluster/rehearse/report/report';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildProgram, confab, patience, runConfab } from '../process/confab.ts';
import { namespacesMissing } from './namespaces.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const missing =
  process.platform === 'linux' ? wordsFor(await missingPackages(createMachine(), 'loopback')) : 'Linux';
if (missing !== '') process.stderr.write(`the cluster on loopback is not tried: ${missing}\n`);

/** Of its own, so that one that somebody tries here meanwhile is not in the way. */
const network = `127.${100 + (process.pid % 100)}`;
const base = mkdtempSync(join(tmpdir(), 'confab-local-'));
const folder = join(base, 'it');
const report = join(base, 'rehearsal');
const place = ['--folder', folder];
const person = { asNobody: process.getuid?.() === 0 };

describe.skipIf(missing !== '')('a cluster on loopback', () => {
  beforeAll(async () => {
    buildProgram();
    chmodSync(base, 0o777);
    const up = runConfab(['cluster', 'up', '--local', '--network', network, ...place, '--json'], person);
    expect(await up.ended, up.err()).toBe(0);
    expect(JSON.parse(up.out())).toMatchObject({ publicUrl: `https://${network}.0.2:8443` });
  });
  afterAll(() => {
    confab(['cluster', 'down', ...place], person);
    rmSync(base, { recursive: true, force: true });
  });

  it('is well in every part', async () => {
    await vi.waitFor(() => {
      const { code, out } = confab(['cluster', 'status', ...place, '--json'], person);
      const rows = JSON.parse(out) as StatusRow[];
      expect(rows.filter(({ state }) => state !== 'ok')).toEqual([]);
      expect(rows.map(({ part }) => part)).not.toContain('keepalived');
      expect(code).toBe(0);
    }, patience);
  });

  it('says that there is no network to hurt', () => {
    const wanted = ['rehearse', '--only', 'node-cut', '--report', report, ...place];
    expect(confab(wanted, person)).toMatchObject({
      code: 1,
      err: [
        'node-cut cannot be done: a cluster that was made by --local has no cables to pull, no address that moves and no disk that could be full',
      ],
    });
  });

  it('loses nothing', { timeout: 400_000 }, async () => {
    // Where there are namespaces, another test does all of it.
    const faults = namespacesMissing() === null ? ['--only', 'node-kill'] : ['--smoke'];
    const size = ['--people', '9', '--rate', '10'];
    const words = ['rehearse', ...faults, ...size, '--report', report, '--json', ...place];
    const rehearsal = runConfab(words, person);
    const code = await rehearsal.ended;
    const account = JSON.parse(rehearsal.out()) as Report;
    expect(account.examples, rehearsal.err()).toEqual([]);
    expect(account).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, wronglyReceived: 0, wrongBadges: 0 });
    expect(account.faults.map(({ problem }) => problem)).toEqual(account.faults.map(() => null));
    expect(account.acknowledged).toBeGreaterThan(20);
    expect(code).toBe(0);
  });

  it('is not made where another one is', () => {
    const other = ['--folder', `${folder}-other`, '--network', network];
    expect(confab(['cluster', 'up', '--local', ...other], person)).toMatchObject({
      code: 1,
      err: [
        `Something listens in ${network}.0.0/16 already: take others by --network, such as --network 127.78`,
      ],
    });
    expect(confab(['cluster', 'up', '--local', '--folder', '/var/lib/confab-of-nobody'], person).err).toEqual(
      person.asNobody
        ? ['/var/lib/confab-of-nobody cannot be made (EACCES): take another --folder']
        : expect.anything(),
    );
    expect(confab(['cluster', 'up', '--local', ...place, '--network', '10.77'], person).code).toBe(1);
  });

  it('leaves nothing behind', () => {
    const shared = sharedMemoryOfIt();
    expect(processesOfIt()).not.toEqual([]);
    expect(shared.length).toBe(3);
    expect(confab(['cluster', 'down', ...place], person)).toMatchObject({
      code: 0,
      out: 'Nothing is left of it.\n',
    });
    expect(processesOfIt()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    const known = spawnSync('ipcs', ['-m'], { encoding: 'utf8' }).stdout;
    expect(shared.filter((id) => new RegExp(`\\b${id}\\b`).test(known))).toEqual([]);
  });
});

function sharedMemoryOfIt(): string[] {
  return ['pg1', 'pg2', 'pg3'].flatMap((host) => {
    const file = join(folder, 'hosts', host, 'patroni/data/postmaster.pid');
    return /^ *\d+ +(\d+)$/.exec(readFileSync(file, 'utf8').split('\n')[6] ?? '')?.[1] ?? [];
  });
}

/** Who names its folder, and who listens on its addresses. */
function processesOfIt(): string[] {
  const listening = spawnSync('ss', ['-Hltn'], { encoding: 'utf8' }).stdout.split('\n');
  const named = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(folder));
  return [...named, ...listening.filter((line) => line.includes(` ${network}.`))];
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
