import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { freePort, untilListening } from '../support/ports.ts';
import { analyzeUnit } from './systemd-analyze.ts';

const read = (file: string): string =>
  readFileSync(join(import.meta.dirname, '../../deploy/nfs', file), 'utf8');

let running: { child: ChildProcess; folder: string } | null = null;
afterEach(async () => {
  if (running === null) return;
  const { child, folder } = running;
  running = null;
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
});

it('the mount is right', () => {
  const mount = read('srv-confab.mount');
  expect(analyzeUnit('srv-confab.mount', mount, ['verify'])).toEqual({ status: 0, said: '' });
  // The name of such a unit has to be its folder.
  expect(analyzeUnit('other.mount', mount, ['verify']).said).toContain('Where=');
  expect(mount).toMatch(/^Options=vers=4\.2,hard,/m);
});

it('the exports are for nodes only, safe on disk, and do not squash', () => {
  const lines = read('confab.exports')
    .split('\n')
    .filter((line) => /^[^#]/.test(line));
  expect(lines).toHaveLength(1);
  const [, path, network, options = ''] = /^(\/\S+) ([\d.]+\/\d+)\((\S+)\)$/.exec(lines[0] ?? '') ?? [];
  expect([path, network]).toEqual(['/srv/confab', '10.0.0.0/24']);
  expect(options.split(',')).toEqual(expect.arrayContaining(['rw', 'sync', 'no_root_squash']));
});

/** Starts NFS-Ganesha from the file, with a folder and a port of its own. @returns its log */
async function startGanesha(text: string): Promise<() => string> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-ganesha-'));
  const port = await freePort();
  mkdirSync(join(folder, 'srv'));
  const file = join(folder, 'ganesha.conf');
  writeFileSync(
    file,
    text.replaceAll('/srv/confab', join(folder, 'srv')).replace('NFS_Port = 2049', `NFS_Port = ${port}`),
  );
  const log = join(folder, 'log');
  const words = ['-F', '-f', file, '-L', log, '-p', join(folder, 'pid'), '-N', 'NIV_EVENT'];
  const tied = ['--pdeathsig=KILL', 'ganesha.nfsd', ...words];
  running = { child: spawn('setpriv', tied, { stdio: 'ignore' }), folder };
  await untilListening(port);
  return () => readFileSync(log, 'utf8');
}

// It reads files by their handles, which root alone may do.
const isRoot = process.getuid?.() === 0;

it.runIf(isRoot)('Ganesha serves from its file', { timeout: 30_000 }, async () => {
  const log = await startGanesha(read('ganesha.conf'));
  await vi.waitFor(() => expect(log()).toContain('NFS SERVER INITIALIZED'));
  expect(log()).toContain('Configuration file successfully parsed');
  expect(log()).not.toMatch(/config_errs_to_log|fixing up/);
});

it.runIf(isRoot)('Ganesha would say what is wrong with a file', { timeout: 30_000 }, async () => {
  const log = await startGanesha(read('ganesha.conf').replace('No_Root_Squash', 'Nobody_Squash'));
  await vi.waitFor(() => expect(log()).toContain('Unknown token (Nobody_Squash)'));
});
