// `npm run dev`: the whole stack with the demo's world, made anew as sources change. Open the address of the page; it
// passes calls and sockets on to the server, which keeps its data in data/dev.
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';
import { createServer } from 'vite';
import { serverOptions } from './build.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const ports = { page: 5173, server: 8080 };
const pageUrl = `http://localhost:${ports.page}`;

/** One server at a time: the next begins when the last has ended. */
function createRunner() {
  let child = null;
  let turn = Promise.resolve();
  const stop = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  const start = () => {
    const flags = [
      '--demo',
      '--data',
      join(root, 'data/dev'),
      '--port',
      String(ports.server),
      '--drain-seconds',
      '2',
    ];
    const run = `import('./server/dist/cli.js').then((cli) => cli.runCommandLine(['node', ...process.argv]))`;
    child = spawn(process.execPath, ['--enable-source-maps', '-e', run, '--', 'start', ...flags], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      // The page's address, since that is where the browser is.
      env: { ...process.env, CONFAB_URL: pageUrl, CONFAB_LOG_FORMAT: 'text' },
      // Ctrl-C is for this process, which stops the server in order.
      detached: true,
    });
  };
  return {
    restart: () => (turn = turn.then(stop).then(start)),
    stop: () => (turn = turn.then(stop)),
  };
}

const runner = createRunner();
const server = await context({
  ...serverOptions(),
  plugins: [
    ...(serverOptions().plugins ?? []),
    {
      name: 'restart',
      setup: (build) => build.onEnd(({ errors }) => (errors.length === 0 ? runner.restart() : undefined)),
    },
  ],
});
await server.watch();

// Where the page's own server passes calls on to, see web/vite.config.ts.
process.env['CONFAB_URL'] = `http://localhost:${ports.server}`;
const page = await createServer({
  configFile: join(root, 'web/vite.config.ts'),
  server: { port: ports.page, strictPort: true },
});
await page.listen();
console.log(`\nConfab for development: ${pageUrl}\n`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void Promise.all([page.close(), server.dispose(), runner.stop()]).then(() => process.exit(0));
  });
}
