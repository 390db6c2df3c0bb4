import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import createFastify from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { servePage } from './page.ts';

const folder = mkdtempSync(join(tmpdir(), 'page-'));
const script = 'export const words = "many, many, many";';
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<title>A page</title>');
writeFileSync(join(folder, 'assets/start-1.js'), script);
writeFileSync(join(folder, 'assets/start-1.js.br'), brotliCompressSync(script));
const fastify = createFastify();
await servePage(fastify, folder);
afterAll(async () => {
  await fastify.close();
  rmSync(folder, { recursive: true });
});

test('a file goes out compressed to whoever takes it, for ever where its name says what is in it', async () => {
  const url = '/assets/start-1.js';
  const small = await fastify.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
  expect(small.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringContaining('javascript'),
    vary: 'accept-encoding',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(brotliDecompressSync(small.rawPayload).toString()).toBe(script);
  const plain = await fastify.inject({ url });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body).toBe(script);
});

test('what is no file is the page itself', async () => {
  for (const url of ['/', '/room/12', '/assets/start-1.js.br']) {
    const answer = await fastify.inject({ url, headers: { 'accept-encoding': 'br' } });
    expect(answer.body, url).toContain('A page');
    expect(answer.headers['cache-control']).toBe('no-cache');
  }
});
