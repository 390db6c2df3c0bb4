// `npm run build`: the server into server/dist with esbuild, the page into web/dist with vite. What is up to date is left.
//   node tools/build.js            both
//   node tools/build.js server     one of them
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Each part: what it is made from, where it goes, and how it is made. Tools are loaded only when there is work. */
const parts = {
  server: {
    sources: [
      'server/src',
      'server/native',
      'server/package.json',
      'cluster',
      'bench/src',
      'client',
      'protocol',
      'tsconfig.base.json',
      'tools/build.js',
      'package-lock.json',
    ],
    result: 'server/dist/cli.js',
    make: makeServer,
  },
  web: {
    sources: ['web', 'client', 'protocol', 'tsconfig.base.json', 'tools/build.js', 'package-lock.json'],
    result: 'web/dist/app/index.html',
    make: makeWeb,
  },
};

/** What a part was last made from. */
const stampOf = (name) => join(root, '.cache', `built-${name}`);

/** @returns {string[]} the names of the parts whose result is missing or made from other sources */
export function stale(names = Object.keys(parts)) {
  return names.filter((name) => {
    const { sources, result } = parts[name];
    const made = existsSync(join(root, result)) && existsSync(stampOf(name));
    return !made || readFileSync(stampOf(name), 'utf8') !== fingerprint(sources);
  });
}

/** Makes what is stale. @param {(line: string) => void} say */
export async function build(say, names = Object.keys(parts)) {
  for (const name of stale(names)) {
    const { sources, result, make } = parts[name];
    const before = fingerprint(sources);
    const startedMs = performance.now();
    mustBeWritable(dirname(join(root, result)));
    say(`building ${name} …`);
    await make();
    mkdirSync(dirname(stampOf(name)), { recursive: true });
    writeFileSync(stampOf(name), before);
    say(`built ${name} in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  }
}

/** Tools would complain about each single file. */
function mustBeWritable(folder) {
  let present = folder;
  while (!existsSync(present)) present = dirname(present);
  try {
    accessSync(present, constants.W_OK);
  } catch {
    throw new Error(`this user may not write ${present}`);
  }
}

/** Names, sizes and times of the sources; tests and what is made from sources do not count. */
function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesBelow(join(root, source))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path.slice(root.length)} ${size} ${Math.trunc(mtimeMs)}\n`);
    }
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist' && !/\.test\.tsx?$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(join(path, entry.name)));
}

/** @returns {import('esbuild').BuildOptions} */
export function serverOptions() {
  return {
    entryPoints: {
      cli: join(root, 'server/src/cli/index.ts'),
      crowd: join(root, 'cluster/src/rehearse/crowd/crowd-process.ts'),
      load: join(root, 'bench/src/load/load-process.ts'),
    },
    absWorkingDir: root,
    outdir: 'server/dist',
    bundle: true,
    // What is imported at run time only (a command, the demo) stays a file of its own.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    chunkNames: '[name]-[hash]',
    plugins: [onlyOurs],
    metafile: true,
    logLevel: 'warning',
  };
}

async function makeServer() {
  const { build: bundle } = await import('esbuild');
  await makeNative();
  const { metafile } = await bundle(serverOptions());
  removeOld(join(root, 'server/dist'), new Set(Object.keys(metafile.outputs)));
}

/** What is in C makes it faster, and is missed by nobody where there is no compiler. */
async function makeNative() {
  const { include_dir: headers } = (await import('node-api-headers')).default;
  const folder = join(root, 'server/dist/native');
  const result = join(folder, 'socket-writer.node');
  mkdirSync(folder, { recursive: true });
  // Node's own functions are found when it is loaded.
  const linking = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
  const source = join(root, 'server/native/socket-writer.c');
  // Under another name first: a program that runs has the old one open.
  const made = spawnSync(
    'cc',
    ['-O2', '-shared', '-fPIC', ...linking, '-I', headers, '-o', `${result}.new`, source],
    { stdio: 'ignore' },
  );
  if (made.status === 0) renameSync(`${result}.new`, result);
  else rmSync(result, { force: true });
}

/** A program that runs since before may still want its own files for a while. */
function removeOld(folder, made) {
  const day = 24 * 3_600_000;
  for (const path of filesBelow(folder)) {
    const isOld = Date.now() - statSync(path).mtimeMs > day;
    if (isOld && !made.has(relative(root, path))) rmSync(path);
  }
}

/** Our workspaces are bundled from their sources; every other package is found in node_modules at run time. */
const onlyOurs = {
  name: 'only-ours',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@confab/') ? null : { path, external: true },
    );
  },
};

async function makeWeb() {
  const { build: bundle } = await import('vite');
  await bundle({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    console.error(`no part is called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
    process.exitCode = 2;
  } else {
    await build((line) => console.log(line), names.length > 0 ? names : undefined);
  }
}
