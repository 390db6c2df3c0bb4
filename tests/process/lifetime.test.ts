import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processStart } from '@confab/server/platform/postgres/embedded/processes';
import { socketPath } from '@confab/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { mayBecomeOrdinaryUser } from '../support/ordinary-user.ts';
import {
  buildProgram,
  confab,
  patience,
  postmasterOf,
  runConfab,
  sentences,
  type Confab,
  type RunOptions,
} from './confab.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const isRoot = process.getuid?.() === 0;
let top = '';
let dataFolder = '';
let running: Confab[] = [];

/** A migrated data folder: a first start takes its time, and is the point of the first test only. */
let prototype = '';

beforeAll(() => {
  buildProgram();
  prototype = mkdtempSync(join(tmpdir(), 'confab-prototype-'));
  expect(confab(['room', 'list', '--data', prototype]).err).toEqual([
    expect.stringContaining('Nobody is here yet'),
  ]);
});
afterAll(() => rmSync(prototype, { recursive: true, force: true }));
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'confab-process-'));
  chmodSync(top, 0o755);
  dataFolder = join(top, 'data');
});
afterEach(async () => {
  for (const one of running) one.child.kill('SIGTERM');
  await Promise.all(running.map((one) => one.ended));
  running = [];
  rmSync(top, { recursive: true, force: true });
});

function start(args: readonly string[] = [], options: RunOptions = {}): Confab {
  if (!existsSync(dataFolder) && options.env === undefined)
    cpSync(prototype, dataFolder, { recursive: true });
  const one = runConfab(['start', '--port', '0', '--data', dataFolder, ...args], options);
  running.push(one);
  return one;
}

const people = (): unknown => JSON.parse(confab(['user', 'list', '--data', dataFolder, '--json']).out);
const addAnn = () => confab(['user', 'add', 'ann@example.org', 'Ann', '--data', dataFolder]);

describe('confab start', () => {
  it('serves until SIGTERM, then ends in order and leaves nothing running', async () => {
    mkdirSync(dataFolder);
    const one = start();
    const url = await one.url();
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    expect(one.out()).toContain('Nobody is here yet');
    expect((await fetch(`${url}/api/v1/openapi.json`)).status).toBe(200);
    const postmaster = postmasterOf(dataFolder);
    const { runFolder } = JSON.parse(readFileSync(join(dataFolder, 'confab.lock'), 'utf8')) as {
      runFolder: string;
    };

    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
    expect(processStart(postmaster)).toBeNull();
    expect(readdirSync(dataFolder)).toEqual(['postgres']);
    expect(existsSync(join(dataFolder, 'postgres/postmaster.pid'))).toBe(false);
    expect(existsSync(runFolder)).toBe(false);
    expect(sentences(one.err())).toEqual([]);
  });

  it('tells those who are connected to come back, over each address of localhost', async () => {
    const one = start();
    const { port } = new URL(await one.url());
    const hosts = (await lookup('localhost', { all: true })).map(({ address, family }) =>
      family === 6 ? `[${address}]` : address,
    );
    const reachable = hosts.map(async (host) => {
      const socket = new WebSocket(`ws://${host}:${port}${socketPath}`);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return socket;
    });
    const sockets = await Promise.all(reachable);
    const closed = sockets.map((socket) => {
      const frames: string[] = [];
      socket.on('message', (data: Buffer) => frames.push(data.toString()));
      return new Promise<string[]>((resolve) => socket.once('close', () => resolve(frames)));
    });
    one.child.kill('SIGINT');
    for (const frames of await Promise.all(closed)) expect(frames.join()).toContain('"goodbye"');
    expect(await one.ended).toBe(0);
  });

  it('ends at once at the second Ctrl-C, with its database', async () => {
    const one = start(['--drain-seconds', '600']);
    const { port } = new URL(await one.url());
    // A client that never answers a goodbye.
    const socket = new WebSocket(`ws://127.0.0.1:${port}${socketPath}`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.pause();
    const postmaster = postmasterOf(dataFolder);
    one.child.kill('SIGINT');
    await vi.waitFor(() => expect(one.err()).toContain('once more to stop at once'), patience);
    one.child.kill('SIGINT');
    expect(await one.ended).toBe(130);
    await vi.waitFor(() => expect(processStart(postmaster)).toBeNull(), patience);
    socket.terminate();
  });

  it('leaves no database behind when it is killed, and starts again with what was kept', async () => {
    const first = start();
    await first.url();
    expect(addAnn().code).toBe(0);
    const postmaster = postmasterOf(dataFolder);
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    const second = start();
    await second.url();
    expect(processStart(postmaster)).toBeNull();
    expect(people()).toMatchObject([{ handle: 'ann', role: 'owner' }]);
  });

  it('is not kept from working by a folder that only root may enter', async () => {
    chmodSync(top, 0o700);
    await start().url();
    expect(addAnn().code).toBe(0);
  });

  it.runIf(mayBecomeOrdinaryUser)('works for an ordinary user', async () => {
    mkdirSync(dataFolder);
    chmodSync(dataFolder, 0o777);
    const one = start([], { asNobody: true });
    const url = await one.url();
    expect((await fetch(`${url}/api/v1/openapi.json`)).status).toBe(200);
    const postmaster = postmasterOf(dataFolder);
    expect(statSync(`/proc/${postmaster}`).uid).toBe(65534);
    one.child.kill('SIGKILL');
    await one.ended;
    await vi.waitFor(() => expect(processStart(postmaster)).toBeNull(), patience);
    // Cleans up what the killed one could not.
    const again = start([], { asNobody: true });
    await again.url();
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });
});

describe('confab start: one sentence and a non-zero exit for', () => {
  const refused = async (one: Confab): Promise<string> => {
    expect(await one.ended).toBe(1);
    expect(one.out()).toBe('');
    const said = sentences(one.err());
    expect(said).toHaveLength(1);
    return said[0] ?? '';
  };

  it('a second start on the same folder', async () => {
    const first = start();
    await first.url();
    expect(await refused(start())).toBe(
      `The data folder ${dataFolder} is in use by "confab start" (process ${first.child.pid}): stop that first, or choose another folder with --data.`,
    );
  });

  it('a port that is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { port } = server.address() as { port: number };
    const one = start(['--port', String(port)]);
    expect(await refused(one)).toBe(
      `Port ${port} is taken: stop what listens there, or choose another one with --port.`,
    );
    expect(readdirSync(dataFolder)).toEqual(['postgres']);
    expect(existsSync(join(dataFolder, 'postgres/postmaster.pid'))).toBe(false);
    server.close();
  });

  it('an address that is not of this machine', async () => {
    expect(await refused(start(['--host', '192.0.2.1']))).toBe(
      '192.0.2.1 is no address of this machine: choose another one with --host.',
    );
  });

  it.runIf(mayBecomeOrdinaryUser)('a folder that may not be used', async () => {
    mkdirSync(dataFolder, { mode: 0o700 });
    expect(await refused(start([], { asNobody: true }))).toBe(
      `The data folder ${dataFolder} may not be used by user nobody: give that user the folder, or choose another one with --data.`,
    );
  });

  it('a wrong setting', async () => {
    expect(await refused(start([], { env: { CONFAB_LOG_LEVEL: 'loud' } }))).toBe(
      'CONFAB_LOG_LEVEL should be debug, info, warn, error or silent; it is "loud".',
    );
  });

  it('a database that refuses', async () => {
    const { socketFolder } = embeddedOf(start());
    const folder = await socketFolder;
    const env = { DATABASE_URL: `postgres://confab@/nothing?host=${encodeURIComponent(folder)}` };
    expect(await refused(start([], { env }))).toBe(
      `The database of DATABASE_URL cannot be used: there is no database nothing on ${folder}; make it with: create database "nothing" encoding 'UTF8' template template0 owner "confab".`,
    );
  });
});

function embeddedOf(one: Confab): { socketFolder: Promise<string> } {
  const lock = async (): Promise<string> => {
    await one.url();
    const holder = JSON.parse(readFileSync(join(dataFolder, 'confab.lock'), 'utf8')) as {
      socketFolder: string;
    };
    return holder.socketFolder;
  };
  return { socketFolder: lock() };
}

describe('confab with DATABASE_URL', () => {
  it('runs two nodes on one database, without a folder of its own', async () => {
    const socketFolder = await embeddedOf(start()).socketFolder;
    const address = `postgres://confab@/confab?host=${encodeURIComponent(socketFolder)}`;
    const env = { DATABASE_URL: address };
    const elsewhere = join(top, 'elsewhere');
    const nodes = ['north', 'south'].map((name) =>
      start(['--data', elsewhere, '--node-name', name], { env }),
    );
    const urls = await Promise.all(nodes.map((node) => node.url()));
    for (const url of urls) expect((await fetch(`${url}/api/v1/openapi.json`)).status).toBe(200);
    expect(existsSync(elsewhere)).toBe(false);
    for (const node of nodes) node.child.kill('SIGTERM');
    expect(await Promise.all(nodes.map((node) => node.ended))).toEqual([0, 0]);
  });
});

it('runs below a folder of root as the embedded database of the commands, too', () => {
  if (isRoot) chmodSync(top, 0o700);
  expect(addAnn()).toMatchObject({ code: 0, err: [] });
  expect(people()).toMatchObject([{ handle: 'ann' }]);
  const left = spawnSync('find', [dataFolder, '-name', 'confab.lock', '-o', '-name', 'postmaster.pid'], {
    encoding: 'utf8',
  });
  expect(left.stdout).toBe('');
});
