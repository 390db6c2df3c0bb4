import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { living, look } from '../../../tests/support/doctor.ts';
import { createMemoryObjects, createS3Objects, type Objects } from '../platform/objects/index.ts';
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
