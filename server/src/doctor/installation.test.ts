import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { living, look } from '../../../tests/support/doctor.ts';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { createSystemMachine, type Folder } from '../platform/machine/index.ts';
import { Problem } from '../platform/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'confab-doctor-'));
const { database, close } = await createTestDatabase();
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await close();
});
const system = createSystemMachine();
const alone = { databaseUrl: null, dataFolder: folder };
const full =
  (bytes: number) =>
  (path: string): Folder => ({ ...system.folder(path), freeBytes: bytes });

describe('this machine', () => {
  it('settings', async () => {
    expect(await look('settings')).toMatchObject({ status: 'pass', ids: ['LIFE-1'] });
    expect(await look('settings', { settings: { unknownVariables: ['CONFAB_PROT'] } })).toMatchObject({
      status: 'warn',
      found: 'CONFAB_PROT: no such setting',
    });
  });

  it('data folder', async () => {
    const machine = system;
    expect(await look('data folder', { machine, settings: alone })).toMatchObject({
      status: 'pass',
      found: folder,
    });
    const inner = { ...alone, dataFolder: join(folder, 'a/b') };
    expect((await look('data folder', { machine, settings: inner })).found).toMatch(
      /made at the first start$/,
    );
    const broken = { ...alone, dataFolder: '/dev/null/x' };
    expect(await look('data folder', { machine, settings: broken })).toMatchObject({ status: 'fail' });
    expect((await look('data folder')).status).toBe('skipped');
  });

  it('disk', async () => {
    const at = (bytes: number) => look('disk', { machine: { folder: full(bytes) }, settings: alone });
    expect(await at(5e9)).toMatchObject({ status: 'pass', found: '4.7 GiB free' });
    expect(await at(5e8)).toMatchObject({ status: 'warn' });
    expect(await at(5e7)).toMatchObject({ status: 'fail' });
  });

  it('schema', async () => {
    const postgres = { state: 'open', part: database } as const;
    const pending = (count: number) =>
      look('schema', { postgres, pendingMigrations: () => Promise.resolve(count) });
    expect(await pending(0)).toMatchObject({ status: 'pass', found: 'up to date' });
    expect((await pending(2)).found).toBe('2 migrations, applied at the next start');
    const newer = () => Promise.reject(new Problem('It is newer than the program.'));
    expect(await look('schema', { postgres, pendingMigrations: newer })).toMatchObject({
      status: 'fail',
      found: 'It is newer than the program.',
    });
  });

  it('port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const settings = { host: '127.0.0.1', port };
    expect(await look('port', { settings })).toMatchObject({
      status: 'warn',
      found: `127.0.0.1:${port} is taken`,
    });
    const nodes = [living('north', { address: `10.0.0.1:${port}` })];
    expect(await look('port', { settings, nodes })).toMatchObject({ status: 'pass' });
    await new Promise((resolve) => server.close(resolve));
    expect((await look('port', { settings })).found).toBe(`127.0.0.1:${port} is free`);
    expect(await look('port', { settings: { host: '192.0.2.1', port } })).toMatchObject({
      status: 'fail',
      found: `192.0.2.1:${port}: EADDRNOTAVAIL`,
    });
  });

  it.each([
    [{ host: 'localhost' }, 'pass'],
    [{ host: '0.0.0.0' }, 'warn'],
    [{ publicUrl: 'https://chat.example.org' }, 'pass'],
    [{ publicUrl: 'http://chat.example.org' }, 'warn'],
  ])('address: %o', async (settings, status) => {
    expect((await look('address', { settings })).status).toBe(status);
  });

  it('page', async () => {
    expect((await look('page')).status).toBe('pass');
    expect((await look('page', { page: 'missing' })).status).toBe('warn');
  });
});

describe('files', () => {
  const settings = { filesFolder: folder };

  it('shared folder', async () => {
    expect((await look('shared folder')).status).toBe('skipped');
    const nfs = (options: string, facts: Partial<Folder> = {}) =>
      look('shared folder', {
        settings,
        machine: {
          folder: (path) => ({
            ...system.folder(path),
            mount: { type: 'nfs4', options },
            totalBytes: 50e9,
            freeBytes: 20e9,
            ...facts,
          }),
        },
      });
    expect(await nfs('rw,vers=4.2,hard')).toMatchObject({ status: 'pass', ids: ['FS-1'] });
    expect((await nfs('rw,vers=4.2,soft')).mend).toContain('hard');
    expect(await nfs('rw,vers=4.2,hard', { totalBytes: 30e9 })).toMatchObject({ status: 'warn' });
    expect(await nfs('rw,vers=4.2,hard', { freeBytes: 1e6 })).toMatchObject({ status: 'fail' });
    const local = await look('shared folder', { settings, machine: system });
    expect(local.status).toBe('warn');
    expect(local.found).toMatch(/ on \w+, /);
    const missing = { filesFolder: join(folder, 'none') };
    expect(await look('shared folder', { settings: missing, machine: system })).toMatchObject({
      status: 'fail',
    });
  });

  it('writing to the shared folder', async () => {
    expect(await look('writing to the shared folder', { settings, machine: system })).toMatchObject({
      status: 'pass',
    });
    const missing = { filesFolder: join(folder, 'none') };
    expect(await look('writing to the shared folder', { settings: missing, machine: system })).toMatchObject({
      status: 'fail',
      found: `${missing.filesFolder}: ENOENT`,
    });
    const squashed = await look('writing to the shared folder', {
      settings,
      machine: { tryWriting: () => 'EACCES' },
    });
    expect(squashed.mend).toContain('no_root_squash');
  });
});
