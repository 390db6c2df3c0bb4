import { join } from 'node:path';
import { defineConfig } from 'vite';
import { budget } from './build/budget.ts';
import { compressed } from './build/compressed.ts';
import { serviceWorker } from './build/service-worker.ts';

/** Everything the client uses is older than these: popover, light-dark(), CSS nesting, dialog. */
const browsers = ['chrome123', 'edge123', 'firefox128', 'safari17.5'];

/** Before the first room can be used; see the budgets in docs/benchmarks.md. */
const scriptBytesMax = 150_000;

/** `vite` serves the client for development, `vite build` makes it; `--mode gallery` does the same with the gallery of components. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  plugins:
    mode === 'gallery'
      ? []
      : [
          budget(scriptBytesMax),
          serviceWorker(join(import.meta.dirname, 'src/service-worker/main.ts')),
          compressed(),
        ],
  build: {
    target: browsers,
    cssTarget: browsers,
    outDir: mode === 'gallery' ? 'dist/gallery' : 'dist/app',
    emptyOutDir: true,
    // data: URLs would need a hole in the content security policy
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: mode === 'gallery' ? 'gallery.html' : 'index.html',
      // What every start needs in one file: shared with lazy parts it would come in two dozen small ones.
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
  },
  server: {
    proxy: { '/api': { target: process.env['CONFAB_URL'] ?? 'http://127.0.0.1:3000', ws: true } },
  },
}));
