import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createManualClock, systemClock } from '../clock/index.ts';
import { Fault } from '../fault.ts';
import { createBounded } from './bounded.ts';
import { objectsContract } from './contract.ts';
import {
  createFolderObjects,
  createMemoryObjects,
  createS3Objects,
  readPlace,
  type Objects,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'confab-objects-'));
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const s3 = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'chat', configs: [] }],
});
let endpoint = '';

beforeAll(async () => {
  const { port } = await s3.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

function inBucket(at: string): Objects {
  const place = readPlace(`s3://chat/files?endpoint=${at}`);
  if (place?.kind !== 's3') throw new Error('no place');
  return createS3Objects(place, credentials);
}

objectsContract('memory', () => createMemoryObjects());
objectsContract('folder', () => createFolderObjects({ folder: join(folder, 'local'), clock: systemClock }));
objectsContract('S3', () => inBucket(endpoint));

describe('a store that is away', { timeout: 60_000 }, () => {
  it('is a fault, in a folder that is none', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    const objects = createFolderObjects({ folder: path, clock: systemClock });
    const put = objects.put('a/1', createNothing(), 0);
    await expect(put).rejects.toMatchObject({ name: 'Fault', part: 'files' });
  });

  it('is a fault, at an address where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    server.close();
    await once(server, 'close');
    const objects = inBucket(`http://127.0.0.1:${port}`);
    await expect(objects.read('a/1')).rejects.toMatchObject({ part: 'files', retryable: true });
    await expect(objects.put('a/1', createNothing(), 0)).rejects.toThrow(Fault);
  });

  it('holds its two threads and no more when it hangs, and everyone is told in time', async () => {
    const clock = createManualClock();
    const bounded = createBounded(clock, { insideMax: 2, waitingMax: 2, ms: 1_000 });
    let begun = 0;
    let answer = (): void => {};
    const hang = (): Promise<void> => {
      begun += 1;
      return new Promise((resolve) => (answer = resolve));
    };
    const asked = Array.from({ length: 5 }, () => bounded(hang).catch((error: unknown) => error));
    expect(await asked[4]).toBeInstanceOf(Fault);
    clock.elapse(1_000);
    for (const one of await Promise.all(asked)) expect(one).toBeInstanceOf(Fault);
    expect(begun).toBe(2);
    answer();
    await expect(bounded(() => Promise.resolve('back'))).resolves.toBe('back');
  });
});

it('reads where files are to be kept', () => {
  expect(readPlace('s3://chat')).toMatchObject({ bucket: 'chat', prefix: '', endpoint: null });
  expect(readPlace('s3://chat/a/b/?region=eu-north-1')).toMatchObject({
    prefix: 'a/b/',
    region: 'eu-north-1',
  });
  expect(readPlace('/srv/files')).toEqual({ kind: 'folder', folder: '/srv/files' });
  for (const wrong of [
    'http://chat',
    's3://',
    's3://key:secret@chat',
    's3://chat?endpoint=x',
    's3://chat?a=b',
  ]) {
    expect(readPlace(wrong)).toBeUndefined();
  }
});

async function* createNothing(): AsyncGenerator<Uint8Array> {}
