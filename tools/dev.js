// `npm run dev`: the whole stack with the demo's world, made anew as sources change. Open the address of the page; it
// passes calls and sockets on to the server, which keeps its data in data/dev and takes a free port.
//   npm run dev -- --port 5173 --data data/dev
import { spawn } from 'node:child_process';
import { createServer as createListener } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { context } from 'esbuild';
import { createServer } from 'vite';
import { serverOptions } from './build.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { port, data } = parseArgs({
  options: { port: { type: 'string', default: '5173' }, data: { type: 'string', default: 'data/dev' } },
}).values;
const pageUrl = `http://localhost:${port}`;

async function freePort() {
  const listener = createListener();
  await new Promise((done) => listener.listen(0, 'localhost', done));
  const { port: free } = listener.address();
  await new Promise((done) => listener.close(done));
  return String(free);
}

/** The program in a process of its own, which ends in order when this one is gone, whatever ended it. */
function startServer(serverPort) {
  const run = `
    process.on('disconnect', () => process.emit('SIGTERM', 'SIGTERM'));
    process.channel.unref();
    import('./server/dist/cli.js').then((cli) => cli.runCommandLine(['node', ...process.argv]));`;
  const flags = ['--demo', '--data', resolve(root, data), '--port', serverPort, '--drain-seconds', '2'];
  const child = spawn(process.execPath, ['--enable-source-maps', '-e', run, '--', 'start', ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // The page's address, since that is where the browser is.
    env: { ...process.env, CONFAB_URL: pageUrl, CONFAB_LOG_FORMAT: 'text' },
    // Ctrl-C is for this process, which stops the server in order.
    detached: true,
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('Confab is ready')) console.log(`Confab for development: ${pageUrl}`);
    else if (!line.startsWith('People reach it')) console.log(line);
  });
  child.once('exit', (code) => {
    if (code !== 0) console.error('The server ended; it starts again when a file of it changes.');
  });
  return child;
}

/** One server at a time: the next begins when the last has ended. */
function createRunner(serverPort) {
  let child = null;
  let closed = false;
  let turn = Promise.resolve();
  const end = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  const start = () => {
    if (!closed) child = startServer(serverPort);
  };
  return {
    restart: () => (turn = turn.then(end).then(start)),
    stop() {
      closed = true;
      return (turn = turn.then(end));
    },
  };
}

const serverPort = await freePort();
// Where the page's own server passes calls on to, see web/vite.config.ts.
process.env['CONFAB_URL'] = `http://localhost:${serverPort}`;
const page = await createServer({
  configFile: join(root, 'web/vite.config.ts'),
  server: { port: Number(port), strictPort: true },
});
try {
  await page.listen();
} catch (error) {
  console.error(`${error.message}. Choose another one with npm run dev -- --port <number>.`);
  process.exit(1);
}

const runner = createRunner(serverPort);
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

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void Promise.all([page.close(), server.dispose(), runner.stop()]).then(() => process.exit(0));
  });
}
await server.watch();
