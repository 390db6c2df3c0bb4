import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Ends the build with an error when the scripts that a page loads before anything else weigh more, in bytes after gzip. */
export function budget(gzipBytesMax: number): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_, files) {
      const counted = new Set<string>();
      const count = (name: string): number => {
        const file = files[name];
        if (file?.type !== 'chunk' || counted.has(name)) return 0;
        counted.add(name);
        return file.imports.reduce((sum, one) => sum + count(one), gzipSync(file.code).length);
      };
      const entries = Object.values(files).filter((file) => file.type === 'chunk' && file.isEntry);
      const bytes = entries.reduce((sum, { fileName }) => sum + count(fileName), 0);
      if (bytes <= gzipBytesMax) return;
      this.error(
        `The page's first scripts weigh ${kilobytes(bytes)} after gzip, more than ${kilobytes(gzipBytesMax)}: ${[...counted].join(', ')}`,
      );
    },
  };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
