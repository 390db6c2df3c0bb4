import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { living, look } from '../../../tests/support/doctor.ts';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryObjects, createS3Objects, type Objects } from '../platform/objects/index.ts';
import { createMemoryScanner, type Verdict } from '../platform/scanner/index.ts';
import type { FilesBucket } from './check.ts';

const folder = mkdtempSync(join(tmpdir(), 'confab-doctor-files-'));
const store = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: folder,
  configureBuckets: [{ name: 'chat', configs: [] }],
});
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
let endpoint = '';

beforeAll(async () => {
  const { port } = await store.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const named = (bucket: string, at = endpoint): FilesBucket => ({
  kind: 's3',
  ...{ bucket, prefix: 'files/', region: 'us-east-1', endpoint: at },
});
const lookAt = (place: FilesBucket, openObjects = () => createS3Objects(place, keys)) =>
  look('bucket', { settings: { filesBucket: place }, openObjects });

describe('the bucket', () => {
  it('is written to and read back, and left as it was', async () => {
    const kept: string[] = [];
    const place = named('chat');
    const objects = createS3Objects(place, keys);
    const watched: Objects = {
      ...objects,
      put: (key, body, size) => (kept.push(key), objects.put(key, body, size)),
    };
    const row = await lookAt(place, () => watched);
    expect(row).toMatchObject({
      status: 'pass',
      found: `chat at ${endpoint}: written, read back and deleted`,
    });
    expect(kept).toHaveLength(1);
    expect(await objects.read(kept[0] ?? '')).toBe(null);
  });

  it('fails where there is none, where nobody answers, and where something else comes back', async () => {
    expect(await lookAt(named('attic'))).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('NoSuchBucket'),
    });
    expect(await lookAt(named('chat', 'http://127.0.0.1:1'))).toMatchObject({ status: 'fail' });
    const forgetful = { ...createMemoryObjects(), read: () => Promise.resolve(null) };
    expect(await lookAt(named('chat'), () => forgetful)).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('does not come back'),
    });
  });

  it('is not looked for where none is set', async () => {
    expect((await look('bucket')).status).toBe('skipped');
  });
});

describe('one place for files', () => {
  const title = 'one place for files';
  const nodes = [living('north'), living('south')];

  it('is missing where several nodes keep files in their own folders', async () => {
    expect(await look(title, { nodes })).toMatchObject({
      status: 'warn',
      found: '2 nodes, and this one keeps files in its own data folder',
      mend: expect.stringContaining('CONFAB_FILES'),
    });
  });

  it('is there with a folder, with a bucket, and where there is one node only', async () => {
    const passes = [
      { nodes, settings: { filesFolder: '/srv/confab/files' } },
      { nodes, settings: { filesBucket: named('chat') } },
      { nodes: nodes.slice(0, 1) },
    ];
    for (const one of passes) expect((await look(title, one)).status).toBe('pass');
    expect((await look(title, { nodes, settings: { databaseUrl: null } })).status).toBe('skipped');
  });
});

describe('the virus scanner', () => {
  const title = 'virus scanner';
  const by = (answer: Verdict | null) =>
    look(title, { scanner: { state: 'open', part: createMemoryScanner(() => answer) } });

  it('is not looked for where none is set, passes when it answers, and fails when it does not', async () => {
    expect(await look(title)).toMatchObject({ status: 'skipped' });
    expect(await by({ kind: 'clean' })).toMatchObject({ status: 'pass', found: 'a scanner in memory' });
    expect(await by(null)).toMatchObject({ status: 'fail', mend: expect.stringContaining('clamd') });
  });

  it('is told of with what waits for it and what it does not take', async () => {
    const { database, close } = await createTestDatabase();
    try {
      await database.rows(sql`
        insert into contents (hash, key, size, type, scan, scan_due_at) values
          ('a', 'a', 1, 'text/plain', 'waiting', now()), ('b', 'b', 1, 'text/plain', 'too_large', now())`);
      const part = createMemoryScanner(() => ({ kind: 'clean' }));
      const row = await look(title, {
        scanner: { state: 'open', part },
        postgres: { state: 'open', part: database },
      });
      expect(row).toMatchObject({
        status: 'warn',
        found: 'a scanner in memory; 1 file waiting; 1 file too large for it, and not served',
      });
      const looks = await look('pictures and texts of files', {
        postgres: { state: 'open', part: database },
      });
      expect(looks.found).toMatch(/; 2 files from before to be looked at$/);
    } finally {
      await close();
    }
  });
});
