/** The servers under load, each a process of its own: Confab, a bare `ws` loop, a bare C epoll loop (the limit). */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createPool,
  readServers,
  startEmbeddedPostgres,
  type Database,
  type PostgresAddress,
  type Server,
} from '@confab/server/platform/postgres/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { openMemberSocket } from './member-socket.ts';
import { commandOf, cpuSeconds, cpuSecondsOf, descendants, residentBytes } from './processes.ts';
import { seedPeople, seedRoom, type SeededPerson } from '../tests/support/seed.ts';

export interface Publisher {
  /** Sends one message; resolves when it was acknowledged, or at once where nothing acknowledges. */
  publish(text: string): Promise<void>;
}

export interface Subject {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  /** What each member's socket says when it is open. */
  memberSays(index: number): readonly string[];
  /** What it says from time to time, so that it is not taken for lost. */
  readonly heartbeat?: string;
  openPublisher(): Promise<Publisher>;
  /** CPU seconds of the process that delivers. */
  cpuSeconds(): number;
  /** CPU seconds of its database. */
  databaseCpuSeconds(): number;
  residentBytes(): number;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');

/** Waits for a line of a child's output. */
function ready(child: ChildProcess, word: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('the child has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (word.test(line)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

async function startLoop(
  name: string,
  command: (port: number) => readonly [string, readonly string[]],
): Promise<Subject> {
  const port = await freePort();
  const [program, args] = command(port);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await ready(child, /ready/);
  const pid = child.pid ?? 0;
  return {
    name,
    port,
    path: '/',
    memberSays: () => [],
    async openPublisher() {
      const socket = await openMemberSocket({ port, path: '/publish' }, { onEvents() {} });
      return {
        async publish(text) {
          socket.sendText(eventLike(text));
        },
      };
    },
    cpuSeconds: () => cpuSeconds(pid),
    databaseCpuSeconds: () => 0,
    residentBytes: () => residentBytes(pid),
    stop: () => stopChild(child),
  };
}

/** The bare loops send frames of the same size and beginning as Confab's. */
function eventLike(text: string): string {
  return `{"t":"event","stream":"room:1000","epoch":1,"seq":100000,"at":1700000000000,"name":"message.sent","data":{"message":{"id":"100000","seq":100000,"ordinal":100000,"threadOrdinal":null,"at":1700000000000,"roomId":"1000","authorId":"1001","clientId":"0123456789abcdef012345","text":"${text}","mentions":{"users":{},"rooms":{},"all":false,"here":false},"threadId":null,"quoteId":null,"version":1,"editedAt":null,"deletedAt":null,"pinnedAt":null,"reactions":[],"thread":null}}}`;
}

export function startWsLoop(): Promise<Subject> {
  return startLoop('ws loop', (port) => [
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'ws-loop.ts'), String(port)],
  ]);
}

/** @returns null where there is no C compiler. */
export async function startEpollLoop(): Promise<Subject | null> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-epoll-'));
  const program = join(folder, 'epoll-loop');
  try {
    execFileSync('cc', ['-O2', '-o', program, join(import.meta.dirname, 'epoll-loop.c')], { stdio: 'pipe' });
  } catch {
    return null;
  }
  const subject = await startLoop('C epoll loop', (port) => [program, [String(port)]]);
  return {
    ...subject,
    stop: async () => {
      await subject.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface ConfabSubject extends Subject {
  readonly database: Database;
  /** How the driver reaches its database. */
  readonly connection: Server['config'];
  readonly people: readonly SeededPerson[];
  /** What the program needs, its garbage collected. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** A new room with everyone in it. */
  makeRoom(people?: readonly SeededPerson[]): Promise<string>;
  /** From now on members watch, and publishers write to, this room. */
  useRoom(roomId: string): void;
}

export async function startConfab(options: { people: number }): Promise<ConfabSubject> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-bench-'));
  const postgres = await startEmbeddedPostgres({
    dataFolder: folder,
    purpose: 'bench',
    log: createMemoryLog(),
    durable: true,
    connectionsMax: 100,
  });
  const port = await freePort();
  const { address } = postgres;
  const child = startNode(address, port);
  await ready(child, /http:\/\//);
  const pid = child.pid ?? 0;
  const database = createPool({ address, log: createMemoryLog(), connectionsMax: 4 });
  const people = await seedPeople(database, options.people);
  const makeRoom = (members = people): Promise<string> => seedRoom(database, members);
  let roomId = await makeRoom();
  const postgresPids = (): number[] =>
    descendants(process.pid).filter((pid) => commandOf(pid) === 'postgres');
  return {
    name: 'Confab',
    port,
    path: '/api/v1/socket',
    database,
    connection: readServers(address)?.[0]?.config ?? {},
    people,
    makeRoom,
    useRoom: (id) => (roomId = id),
    memberSays: (index) => [
      hello(people[index % people.length]?.token ?? ''),
      JSON.stringify({ t: 'watch', watch: { roomId, epoch: 1, after: 0 } }),
    ],
    heartbeat: '{"t":"ping"}',
    openPublisher: () =>
      openPublisher({
        port,
        token: people[Math.floor(Math.random() * people.length)]?.token ?? '',
        roomId: () => roomId,
      }),
    cpuSeconds: () => cpuSeconds(pid),
    databaseCpuSeconds: () => cpuSecondsOf(postgresPids()),
    residentBytes: () => residentBytes(pid),
    memory: () =>
      new Promise((resolve) => {
        child.once('message', (usage) => resolve(usage as NodeJS.MemoryUsage));
        child.send('memory');
      }),
    stop: async () => {
      await stopChild(child);
      await database.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A node on this database that takes as many calls as there are, with a line to its memory probe. */
function startNode(address: PostgresAddress, port: number): ChildProcess {
  const url =
    'url' in address
      ? address.url
      : `postgres://${address.user}@/${address.database}?host=${encodeURIComponent(address.socketFolder)}`;
  return spawn(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      join(import.meta.dirname, 'memory-probe.js'),
      join(root, 'server/bin/confab.js'),
      'start',
      '--port',
      String(port),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        ...process.env,
        DATABASE_URL: url,
        CONFAB_SENDS_PER_MINUTE: '10000000',
        CONFAB_CALLS_PER_MINUTE: '10000000',
        CONFAB_LOG_LEVEL: 'warn',
      },
    },
  );
}

export function hello(token: string): string {
  return JSON.stringify({ t: 'hello', level: 1, client: 'bench', token });
}

/** Sends by calls over one socket, matched by their refs. */
async function openPublisher(door: {
  port: number;
  token: string;
  roomId: () => string;
}): Promise<Publisher> {
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let ref = 0;
  const socket = await openMemberSocket(
    { port: door.port, path: '/api/v1/socket' },
    {
      onEvents() {},
      onText(text) {
        if (!text.startsWith('{"t":"re')) return;
        const frame = JSON.parse(text) as { t: string; ref: number; error?: { code: string } };
        const entry = waiting.get(frame.ref);
        waiting.delete(frame.ref);
        if (frame.t === 'reply') entry?.resolve();
        else entry?.reject(new Error(`refused: ${frame.error?.code}`));
      },
    },
  );
  socket.sendText(hello(door.token));
  const prefix = Math.random().toString(36).slice(2).padEnd(10, '0');
  return {
    publish(text) {
      ref += 1;
      const mine = ref;
      const input = { roomId: door.roomId(), clientId: `${prefix}-${mine}`, text };
      return new Promise((resolve, reject) => {
        waiting.set(mine, { resolve, reject });
        socket.sendText(JSON.stringify({ t: 'call', ref: mine, name: 'message.send', input }));
      });
    },
  };
}
