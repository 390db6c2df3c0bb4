/** What docs/operating/three-machines.md says, done: every command of it in order, on three machines made of this one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@confab/cluster/rehearse/report/report';
import { missingPackages, wordsFor } from '@confab/cluster/packages';
import { createMachine } from '@confab/cluster/platform/machine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../process/confab.ts';
import { createMachines, type Machines } from './machines/machines.ts';
import { namespacesMissing, overlayMissing } from './namespaces.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const page = readFileSync(join(import.meta.dirname, '../../docs/operating/three-machines.md'), 'utf8');
const names = ['chat1', 'chat2', 'chat3'] as const;

/** What a machine that copies would do for minutes: see the end of the page. */
const instead = [['cp --recursive . /opt/confab', 'mount --bind /usr/src/confab /opt/confab']] as const;

interface Step {
  readonly on: readonly string[];
  /** One machine after the other, not all at once. */
  readonly inTurn: boolean;
  readonly commands: string;
}

/** Each block of commands, and the machines that the sentence before it names. */
function stepsOf(text: string): Step[] {
  const blocks = [
    ...text.matchAll(/(?:^|[.:] )On ([^\n]*?(?:all three|chat\d)[^\n]*):\n\n```\n([\s\S]*?)```/gm),
  ];
  return blocks.map(([, where = '', commands = '']) => ({
    inTurn: where.includes('one after the other'),
    on: where.includes('all three') ? names : names.filter((name) => where.includes(name)),
    commands: instead.reduce((before, [from, to]) => before.replace(from, to), commands),
  }));
}

const missing =
  namespacesMissing() ?? overlayMissing() ?? (wordsFor(await missingPackages(createMachine())) || null);
if (missing !== null) process.stderr.write(`the page of the three machines is not tried: ${missing}\n`);

describe('the page of the three machines', () => {
  it('says of every block of commands where to run it', () => {
    const steps = stepsOf(page);
    expect(steps.length).toBe((page.match(/^```$/gm) ?? []).length / 2);
    expect(steps.filter(({ on }) => on.length === 0)).toEqual([]);
    for (const [from] of instead) expect(page).toContain(`\n${from}\n`);
  });
});

describe.skipIf(missing !== null)('three empty machines', () => {
  let machines: Machines;
  let failed = false;

  beforeAll(async () => {
    buildProgram();
    machines = await createMachines({
      ...{ chat1: '10.0.0.11', chat2: '10.0.0.12', chat3: '10.0.0.13' },
      files: '10.0.0.20',
    });
    await machines.serveFiles('files');
  });
  afterAll(() => machines?.remove());

  it.each(stepsOf(page).map((step) => [step.commands.trim().split('\n').at(0), step] as const))(
    '%s',
    async (_, { on, commands, inTurn }) => {
      // What comes after a command that failed would wait for what never comes.
      if (failed) throw new Error('something before it failed');
      failed = true;
      if (inTurn) for (const name of on) await machines.run(name, commands);
      else await Promise.all(on.map((name) => machines.run(name, commands)));
      machines.carry();
      failed = false;
    },
  );

  it('have a doctor on each who warns of nothing but what the page names', () => {
    const named = [...page.matchAll(/^\| ([a-z ]+) \| (?!because)/gm)].map(([, title = '']) => title);
    for (const name of names) {
      const said = machines.read(name, '/etc/confab/doctor.txt');
      expect(said.match(/^pass /gm)?.length, said).toBeGreaterThan(25);
      const warnings = said.split('\n').filter((line) => /^(warn|fail) /.test(line));
      expect(warnings.filter((line) => !named.some((title) => line.includes(title)))).toEqual([]);
    }
  });

  it('lost nothing while each part was broken', () => {
    const report = JSON.parse(machines.read('chat1', '/var/lib/confab-rehearsal/report.json')) as Report;
    expect(report).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, wronglyReceived: 0, refused: 0 });
    expect(report.faults.map(({ part, problem }) => [part, problem])).toEqual(
      ['node', 'balancer', 'postgres', 'redis'].map((part) => [part, null]),
    );
    expect(report.acknowledged).toBeGreaterThan(100);
  });
});
