import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, '.cache/browser-tests');
const sources = ['web', 'client/src', 'protocol/src', 'package-lock.json'];
const dayMs = 24 * 60 * 60_000;

/** The folder of the page, or of the gallery of components, built as it is shipped. Test files that run beside each other build at most once too often. */
export async function builtPage(mode: 'production' | 'gallery' = 'production'): Promise<string> {
  const folder = join(cache, `${mode}-${fingerprint()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, 'making-'));
  await buildPage(mode, made);
  try {
    renameSync(made, folder);
  } catch (error) {
    // Somebody else was quicker.
    if (!existsSync(folder)) throw error;
    rmSync(made, { recursive: true });
  }
  forgetOld(folder);
  return folder;
}

/** In a process of its own: this one's NODE_ENV says that it is a test, and the build would heed that. */
async function buildPage(mode: string, outDir: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = ['build', join(root, 'web'), '--mode', mode, '--outDir', outDir, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, [vite, ...args, '--logLevel', 'error'], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

/** Names, sizes and times of all that the page is made of. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesIn(join(root, source))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path} ${size} ${Math.trunc(mtimeMs)}\n`);
    }
  }
  return hash.digest('hex').slice(0, 24);
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'dist' && name !== 'node_modules' && !/\.test\.tsx?$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesIn(join(path, name)));
}

function forgetOld(present: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (path !== present && Date.now() - statSync(path).mtimeMs > dayMs)
      rmSync(path, { recursive: true, force: true });
  }
}
