import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What came with the program. The same from `server/src` and, bundled, from `server/dist`. */
const workspace = join(import.meta.dirname, '..');

export const migrationsFolder = join(workspace, 'migrations');
/** Missing where the page was not built. */
export const pageFolder = join(workspace, '../web/dist/app');

/** What operators start from, and what `confab cluster` runs. */
export const deployFolder = join(workspace, '../deploy');

/** Missing where there was no C compiler when the program was built. */
export const socketWriterFile = join(workspace, 'dist/native/socket-writer.node');

/** Only in a checkout. */
export const builder = join(workspace, '../tools/build.js');

export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
