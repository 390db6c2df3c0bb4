import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Problem } from '../../problem.ts';
import { findHolder, lockFolder, type Holder } from './lock.ts';
import { processStart } from './processes.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'confab-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (): string => join(folder, 'confab.lock');
const leave = (holder: Partial<Holder>): void => {
  const facts = { pid: 1, start: 'never', host: hostname(), purpose: 'confab start' };
  writeFileSync(path(), JSON.stringify({ ...facts, socketFolder: null, runFolder: null, ...holder }));
};

it('is held by one, who says where the database is, and is free again afterwards', async () => {
  const lock = await lockFolder(folder, 'confab start');
  expect(lock.previous).toBeNull();
  expect(findHolder(folder)).toMatchObject({ pid: process.pid, purpose: 'confab start', socketFolder: null });
  const second = lockFolder(folder, 'confab user add');
  await expect(second).rejects.toThrow(Problem);
  await expect(second).rejects.toThrow(
    `The data folder ${folder} is in use by "confab start" (process ${process.pid}): stop that first, or choose another folder with --data.`,
  );
  lock.record({ socketFolder: '/tmp/x/s', runFolder: '/tmp/x' });
  expect(findHolder(folder)).toMatchObject({ socketFolder: '/tmp/x/s' });
  lock.release();
  expect(existsSync(path())).toBe(false);
  expect(findHolder(folder)).toBeNull();
  (await lockFolder(folder, 'confab start')).release();
});

it('passes on from the dead, be the number free or in use by another process', async () => {
  for (const dead of [
    { pid: 999_999_999, start: '1' },
    { pid: process.ppid, start: 'another time' },
  ]) {
    leave({ ...dead, runFolder: '/tmp/left' });
    expect(findHolder(folder)).toBeNull();
    const lock = await lockFolder(folder, 'confab start');
    expect(lock.previous).toMatchObject({ ...dead, runFolder: '/tmp/left' });
    lock.release();
  }
});

it('passes on from a file that was cut short', async () => {
  writeFileSync(path(), '{"pid":');
  const lock = await lockFolder(folder, 'confab start');
  expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
});

it('is respected between machines as long as it is touched', async () => {
  leave({ host: 'elsewhere', pid: process.pid, start: processStart(process.pid) });
  const touching = setInterval(() => utimesSync(path(), new Date(), new Date()), 20);
  await expect(lockFolder(folder, 'confab start', 60)).rejects.toThrow(
    `(process ${process.pid} on elsewhere)`,
  );
  clearInterval(touching);
  const lock = await lockFolder(folder, 'confab start', 60);
  expect(lock.previous).toMatchObject({ host: 'elsewhere' });
  lock.release();
});

it('touches its own file', async () => {
  const lock = await lockFolder(folder, 'confab start', 20);
  await expect(lockFolder(folder, 'confab start', 20)).rejects.toThrow(Problem);
  const held = JSON.parse(readFileSync(path(), 'utf8')) as Holder;
  writeFileSync(path(), JSON.stringify({ ...held, host: 'elsewhere' }));
  await expect(lockFolder(folder, 'confab start', 60)).rejects.toThrow('on elsewhere');
  lock.release();
});

it('goes to one of many who find it left behind', async () => {
  leave({ pid: 999_999_999 });
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => lockFolder(folder, 'confab start')),
  );
  const got = results.filter((result) => result.status === 'fulfilled');
  expect(got).toHaveLength(1);
  got[0]?.value.release();
});
