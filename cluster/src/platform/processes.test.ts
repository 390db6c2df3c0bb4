import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, markOf, processesBelow, readStat, sendSignal } from './processes.ts';

const rest = Array.from({ length: 18 }, (_, index) => String(index + 4)).join(' ');

test('a name may hold anything', () => {
  expect(readStat(7, `7 (a) b (c)) S ${rest} 4711 99`)).toEqual({ pid: 7, began: '4711' });
});

test('what waits for its parent is gone, and so is what cannot be read', () => {
  expect(readStat(7, `7 (a) Z ${rest} 4711 99`)).toBeNull();
  expect(readStat(7, '')).toBeNull();
});

test('a process is known by its number and its beginning', async () => {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  const mark = markOf(child.pid ?? 0);
  if (mark === null) throw new Error('it should run');
  expect(isAlive(mark)).toBe(true);
  const another = { ...mark, began: `${mark.began}1` };
  expect(isAlive(another)).toBe(false);
  sendSignal(another, 'SIGKILL');
  expect(isAlive(mark)).toBe(true);
  const ended = once(child, 'exit');
  sendSignal(mark, 'SIGKILL');
  await ended;
  expect(isAlive(mark)).toBe(false);
  sendSignal(mark, 'SIGKILL');
});

test('a process is found by the folder it works in, also when that is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'confab-processes-'));
  const child = spawn('cat', { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  expect(processesBelow(folder)).toEqual([child.pid]);
  expect(processesBelow(folder.slice(0, -1))).toEqual([]);
  rmSync(folder, { recursive: true });
  expect(processesBelow(folder)).toEqual([child.pid]);
  const ended = once(child, 'exit');
  child.kill();
  await ended;
  expect(processesBelow(folder)).toEqual([]);
});
