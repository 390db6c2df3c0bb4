/** The commands in docs/operating/ that make a machine's own files: each is run, into a folder instead of /etc. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const etc = mkdtempSync(join(tmpdir(), 'confab-etc-'));
afterAll(() => rmSync(etc, { recursive: true, force: true }));

const components = ['etcd', 'patroni', 'postgres', 'pgbouncer', 'haproxy', 'keepalived', 'redis', 'sentinel'];
const places = /\b(HERE|PEER|FLOATING|SECRET)_[A-Z]+/;

function commandsOf(page: string): string[] {
  const text = readFileSync(join(root, 'docs/operating', `${page}.md`), 'utf8');
  const blocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
  return blocks.filter((line) => /^(sed|cp|cat|install) /.test(line));
}

describe.each(components)('%s', (component) => {
  test('is filled in by the commands of its page, and nothing stays open', () => {
    const commands = commandsOf(component);
    const made = commands.map((command) => command.split(/ (?:>>? )?(?=\/etc\/)/).at(-1) ?? '');
    for (const [index, command] of commands.entries()) {
      const to = join(etc, made[index] ?? '');
      mkdirSync(dirname(to), { recursive: true });
      const inFolder = command.replaceAll(/(^| )\/etc\//g, `$1${etc}/etc/`);
      const { status, stderr } = spawnSync('sh', ['-c', inFolder], { cwd: root, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      const text = readFileSync(to, 'utf8').replaceAll(/^ *[#;].*$/gm, '');
      expect(text).not.toMatch(places);
    }
    expect(made.length).toBeGreaterThan(0);
  });

  test('says what each of its files is for', () => {
    const page = readFileSync(join(root, 'docs/operating', `${component}.md`), 'utf8');
    const files = readdirSync(join(root, 'deploy', component));
    const named = files.filter((file) => page.includes(`deploy/${component}/${file}`));
    expect(named).toEqual(files);
  });
});
