/** `npm run dev`, on a copy of the tree, since it edits sources. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { patience } from './confab.ts';

const root = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'confab-development-'));
const workspaces = ['protocol', 'client', 'cluster', 'bench', 'server', 'web'];
let development: ChildProcess | null = null;

afterAll(() => {
  // Its server ends with it.
  development?.kill('SIGKILL');
  rmSync(copy, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

/** Sources are copied, packages are linked; our own packages must lead to the copy. */
function copyTree(): void {
  const isSource = (path: string): boolean => !['node_modules', 'dist'].includes(basename(path));
  for (const name of [...workspaces, 'tools', 'package.json', 'package-lock.json', 'tsconfig.base.json']) {
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      filter: isSource,
      preserveTimestamps: true,
    });
  }
  for (const workspace of ['', ...workspaces]) {
    const from = join(root, workspace, 'node_modules');
    if (existsSync(from)) linkPackages(from, join(copy, workspace, 'node_modules'));
  }
  mkdirSync(join(copy, 'node_modules/@confab'), { recursive: true });
  for (const name of workspaces) symlinkSync(join(copy, name), join(copy, 'node_modules/@confab', name));
}

function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@confab' && !name.startsWith('.')) symlinkSync(join(from, name), join(to, name));
  }
}

async function freePort(): Promise<string> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, 'localhost', resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof address === 'object' && address ? String(address.port) : '';
}

/** Processes that were started by this one, or by those. */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] = /^\d+ \(.*\) \w (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        return [];
      }
    });
  const below = (one: number): number[] =>
    parents.filter(({ parent }) => parent === one).flatMap((entry) => [entry.pid, ...below(entry.pid)]);
  return below(pid);
}

const lives = (pid: number): boolean => existsSync(`/proc/${pid}`);

test(
  'development: the demo runs, follows edits of server and page, and leaves nothing running',
  { timeout: 240_000 },
  async () => {
    copyTree();
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const child = spawn(process.execPath, ['tools/dev.js', '--port', port, '--data', 'kept'], {
      cwd: copy,
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    development = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const text = async (path: string): Promise<string> => (await fetch(url + path)).text();

    await vi.waitFor(() => expect(said).toContain(`Confab for development: ${url}`), patience);
    expect(said).toContain('sign in as ada@velo.example');
    expect(await text('/')).toContain('/@vite/client');
    const signIn = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email: 'ada@velo.example', password: 'ride-a-bicycle' }),
    });
    expect(signIn.status).toBe(200);
    const started = descendants(child.pid ?? 0);
    expect(started.length).toBeGreaterThan(2);

    appendFileSync(join(copy, 'server/src/program.ts'), `process.stdout.write('edited server\\n');\n`);
    await vi.waitFor(() => expect(said).toMatch(/edited server[^]*Confab for development/), patience);
    expect((await fetch(`${url}/api/v1/rooms`)).status).toBe(401);

    expect(await text('/src/main.tsx')).not.toContain('edited page');
    appendFileSync(join(copy, 'web/src/main.tsx'), `console.log('edited page');\n`);
    await vi.waitFor(async () => expect(await text('/src/main.tsx')).toContain('edited page'), patience);

    const all = [...new Set([...started, ...descendants(child.pid ?? 0)])];
    child.kill('SIGINT');
    expect(await ended, said).toBe(0);
    await vi.waitFor(() => expect(all.filter(lives)).toEqual([]), patience);
  },
);
