import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'vite';

/** Large, and asked for only by few; the same files compressed. */
const leftOut = /\.(?:map|br|gz)$|^service-worker\.js$/;
/** The build names these after their content. */
const named = /^assets\//;

/** Writes `service-worker.js`, which knows every file of the build. */
export function serviceWorker(source: string): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      await build({
        entryPoints: [source],
        outfile: join(dir, 'service-worker.js'),
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        define: {
          buildFiles: JSON.stringify(filesOf(dir)),
          // What the library tells developers stays out.
          'process.env.NODE_ENV': '"production"',
        },
      });
    },
  };
}

function filesOf(folder: string): { url: string; revision: string | null }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !leftOut.test(path))
    .toSorted()
    .map((path) => ({ url: `/${path}`, revision: named.test(path) ? null : hashOf(join(folder, path)) }));
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}
