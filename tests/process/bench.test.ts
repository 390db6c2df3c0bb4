import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../support/ports.ts';
import { buildProgram, confab } from './confab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

let folder = '';
beforeAll(() => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'confab-bench-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const smallest = ['--people', '10', '--rounds', '1', '--seconds', '1', '--warm-up', '0', '--processes', '2'];

it('measures a server that it starts, keeps an account, and writes a page', () => {
  const report = join(folder, 'report.html');
  const { code, out } = confab(['bench', '--profile', 'hot-room', ...smallest, '--report', report, '--json']);
  const result = JSON.parse(out) as {
    account: { acknowledged: number };
    rounds: { servers: { name: string }[] }[];
  };
  expect(result).toMatchObject({
    profile: 'hot-room',
    people: 10,
    account: { lost: 0, doubled: 0, outOfOrder: 0 },
    rounds: [{ errors: 0 }],
    passes: null,
  });
  expect(result.account.acknowledged).toBeGreaterThan(0);
  expect(result.rounds[0]?.servers.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['node', 'postgres']),
  );
  expect(code).toBe(0);
  const page = readFileSync(report, 'utf8');
  expect(page).toContain(
    `${result.account.acknowledged} messages acknowledged: 0 lost, 0 doubled, 0 out of order`,
  );
  expect(page).not.toMatch(/(src|href)=/);
});

it.each([
  [['--profile', 'party'], /Allowed choices are office, talkative, big-room, hot-room, storm/],
  [['--people', '0'], /a whole number from 2 to 50000/],
  [['--people', '1e9'], /a whole number from 2 to 50000/],
  [['--pids', '1;reboot'], /numbers of processes/],
  [['--pids', '1'], /of a server that --target names/],
  [['--target', 'http://127.0.0.1:1'], /--token-file is needed/],
  [['--target', 'http://127.0.0.1:1', '--token-file', '/nowhere'], /The token in \/nowhere cannot be read/],
  [['--report', '/nowhere/report.html'], /The report cannot be written/],
])('refuses %j in words', (args, words) => {
  const { code, out, err: lines } = confab(['bench', ...args]);
  const err = lines.join('\n');
  expect(err).toMatch(words);
  expect(err).not.toMatch(/^\s+at /m);
  expect([code, out]).toEqual([1, '']);
});

it('says what is wrong with a token, an address, and a server that is not there', async () => {
  const file = join(folder, 'token');
  const told = (token: string, target: string) => {
    writeFileSync(file, token);
    return confab(['bench', '--target', target, '--token-file', file]).err.join('\n');
  };
  expect(told('hunter2', 'http://127.0.0.1:1')).toMatch(/there should be an access token and nothing else/);
  const token = `cft_${'a'.repeat(43)}`;
  expect(told(token, 'ftp://127.0.0.1')).toMatch(/--target should be an address/);
  const nobody = `http://127.0.0.1:${await freePort()}`;
  expect(told(token, nobody)).toMatch(/could not be made at http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/);
});
