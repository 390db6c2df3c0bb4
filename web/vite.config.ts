import { defineConfig } from 'vite';

/** Everything the client uses is older than these: popover, light-dark(), CSS nesting, dialog. */
const browsers = ['chrome123', 'edge123', 'firefox128', 'safari17.5'];

/** `vite` serves the client for development, `vite build` makes it; `--mode gallery` does the same with the gallery of components. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  build: {
    target: browsers,
    cssTarget: browsers,
    outDir: mode === 'gallery' ? 'dist/gallery' : 'dist/app',
    emptyOutDir: true,
    // data: URLs would need a hole in the content security policy
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: mode === 'gallery' ? 'gallery.html' : 'index.html' },
  },
  server: {
    proxy: { '/api': { target: process.env['CONFAB_URL'] ?? 'http://127.0.0.1:3000', ws: true } },
  },
}));
