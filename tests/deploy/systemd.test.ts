import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig, settings, unknownVariables } from '@confab/server/config';
import { afterAll, describe, expect, it } from 'vitest';

const deploy = join(import.meta.dirname, '../../deploy');
const folder = mkdtempSync(join(tmpdir(), 'confab-systemd-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unit = readFileSync(join(deploy, 'systemd/confab.service'), 'utf8');

/** What `systemd-analyze` says of a unit; nothing when it is right. */
function analyze(
  name: string,
  text: string,
  words: readonly string[],
): { status: number | null; said: string } {
  const file = join(folder, name);
  // Only the place of Node differs from machine to machine.
  writeFileSync(file, text.replace('/usr/bin/node', process.execPath));
  const { status, stderr, stdout } = spawnSync('systemd-analyze', [...words, file], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}`.trim() };
}

describe('deploy/systemd', () => {
  it('the unit is right', () => {
    expect(analyze('confab.service', unit, ['verify'])).toEqual({ status: 0, said: '' });
    const broken = unit.replace('Type=exec', 'Type=exactly');
    expect(analyze('broken.service', broken, ['verify']).said).toContain('exactly');
  });

  it('the unit lets the program do little else', () => {
    const words = ['security', '--offline=true', '--threshold=20', '--no-pager'];
    expect(analyze('confab.service', unit, words).status).toBe(0);
    const open = unit.replaceAll(/^(Protect|Private|Restrict|SystemCall).*$/gm, '');
    expect(analyze('open.service', open, words).status).not.toBe(0);
  });

  it('the unit waits until a node has sent its people away', () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(unit) ?? [];
    expect(Number(seconds)).toBeGreaterThan(settings.drainSeconds.usual);
  });

  it('the settings are settings', () => {
    const environment = parseEnv(
      readFileSync(join(deploy, 'systemd/confab.env'), 'utf8'),
    ) as NodeJS.ProcessEnv;
    expect(unknownVariables(environment)).toEqual([]);
    expect(readConfig({}, environment)).toMatchObject({ port: 80, publicUrl: 'https://chat.example.org' });
    expect(() => readConfig({}, { ...environment, CONFAB_PORT: 'http' })).toThrow('CONFAB_PORT');
  });
});

describe('deploy/nfs', () => {
  it('the mount is right', () => {
    const file = 'srv-confab.mount';
    const mount = readFileSync(join(deploy, 'nfs', file), 'utf8');
    expect(analyze(file, mount, ['verify'])).toEqual({ status: 0, said: '' });
    // The name of such a unit has to be its folder.
    expect(analyze('other.mount', mount, ['verify']).said).toContain('Where=');
    expect(mount).toMatch(/^Options=vers=4\.2,hard,/m);
  });

  it('the exports are for nodes only, safe on disk, and do not squash', () => {
    const lines = readFileSync(join(deploy, 'nfs/confab.exports'), 'utf8')
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
    expect(lines).toHaveLength(1);
    const [, path, network, options = ''] = /^(\/\S+) ([\d.]+\/\d+)\((\S+)\)$/.exec(lines[0] ?? '') ?? [];
    expect([path, network]).toEqual(['/srv/confab', '10.0.0.0/24']);
    expect(options.split(',')).toEqual(expect.arrayContaining(['rw', 'sync', 'no_root_squash']));
  });

  it('Ganesha exports the same', () => {
    const text = readFileSync(join(deploy, 'nfs/ganesha.conf'), 'utf8').replaceAll(/#.*$/gm, '');
    expect(text.split('{').length).toBe(text.split('}').length);
    for (const words of [
      'Protocols = 4;',
      'Path = /srv/confab;',
      'Clients = 10.0.0.0/24;',
      'Squash = No_Root_Squash;',
    ]) {
      expect(text, basename('ganesha.conf')).toContain(words);
    }
  });
});
