import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig, settings, unknownVariables } from '@confab/server/config';
import { describe, expect, it } from 'vitest';
import { analyzeUnit } from './systemd-analyze.ts';

const deploy = join(import.meta.dirname, '../../deploy');

const unit = readFileSync(join(deploy, 'systemd/confab.service'), 'utf8');

describe('deploy/systemd', () => {
  it('the unit is right', () => {
    expect(analyzeUnit('confab.service', unit, ['verify'])).toEqual({ status: 0, said: '' });
    const broken = unit.replace('Type=exec', 'Type=exactly');
    expect(analyzeUnit('broken.service', broken, ['verify']).said).toContain('exactly');
  });

  it('the unit lets the program do little else', () => {
    const words = ['security', '--offline=true', '--threshold=20', '--no-pager'];
    expect(analyzeUnit('confab.service', unit, words).status).toBe(0);
    const open = unit.replaceAll(/^(Protect|Private|Restrict|SystemCall).*$/gm, '');
    expect(analyzeUnit('open.service', open, words).status).not.toBe(0);
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
