import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('what a browser loads of the client is small and holds no schema', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(import.meta.dirname, 'index.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
  const ofProtocol = inputs
    .filter((path) => path.includes('protocol/'))
    .map((path) => path.split('/').at(-1));
  expect(new Set(ofProtocol)).toEqual(new Set(['errors.ts', 'levels.ts', 'limits.ts']));
  const [file] = outputFiles;
  // The refusals' texts and the limits are 2 KB of it; the web client needs both anyway.
  expect(gzipSync(file?.contents ?? '', { level: 9 }).length).toBeLessThan(18_100);
});
