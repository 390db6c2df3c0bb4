/** Confab as it is shipped: one node on the run's Postgres, its people and rooms straight in the tables. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { limits } from '@confab/protocol';
import { sql } from '@confab/server/kit/sql';
import { createMemoryLog } from '@confab/server/platform/log/index';
import {
  createPool,
  urlOf,
  type Database,
  type PostgresAddress,
} from '@confab/server/platform/postgres/index';
import { seedPeople, seedRoom, type SeededPerson } from '../../tests/support/seed.ts';
import { numberAt, openMemberSocket } from '../src/member-socket.ts';
import { cpuSecondsOf, descendants, residentBytes } from '../src/processes.ts';
import { freePort, run, stopChild, untilSaid } from './children.ts';
import type { BenchPostgres } from './postgres.ts';
import type { Publisher, Subject } from './subject.ts';

export interface ConfabPublisher extends Publisher {
  /** As `publish`, to another room; tells the message's client id. */
  send(roomId: string, text: string): Promise<string>;
}

export interface ConfabSubject extends Subject {
  readonly port: number;
  /** Of the node, without its database. */
  pids(): number[];
  readonly database: Database;
  readonly people: readonly SeededPerson[];
  /** Client ids of what was acknowledged, in the order of the answers. */
  readonly acknowledged: readonly string[];
  openPublisher(): Promise<ConfabPublisher>;
  /** What the program needs, its garbage collected. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** A new room with everyone in it. */
  makeRoom(people?: readonly SeededPerson[]): Promise<string>;
  /** Where members watch, and publishers write to. */
  roomId(): string;
  /** From now on members watch, and publishers write to, this room. */
  useRoom(roomId: string): void;
}

/** The first ones send; they are in every room. */
const sendersMax = 50;

const heartbeat = '{"t":"ping"}';
const root = join(import.meta.dirname, '../..');

export async function startConfab(
  postgres: BenchPostgres,
  options: { people: number; workers?: number },
): Promise<ConfabSubject> {
  // Building within the node would be counted as its memory.
  await run([process.execPath, join(root, 'tools/build.js')]);
  const port = await freePort();
  const address = await postgres.create(`confab_${randomBytes(4).toString('hex')}`);
  const child = startNode(address, port, options.workers ?? 1);
  await untilSaid(child, /http:\/\//);
  const pid = child.pid ?? 0;
  const database = createPool({ address, log: createMemoryLog(), connectionsMax: 4 });
  const people = await seedPeople(database, options.people);
  const makeRoom = (members = people): Promise<string> => seedRoom(database, members);
  let roomId = await makeRoom();
  let publishers = 0;
  const acknowledged: string[] = [];
  return {
    name: 'Confab',
    port,
    door: { kind: 'websocket', port, path: '/api/v1/socket', heartbeat },
    database,
    people,
    acknowledged,
    makeRoom,
    roomId: () => roomId,
    useRoom: (id) => (roomId = id),
    memberSays: (index) => [
      hello(people[index % people.length]?.token ?? ''),
      JSON.stringify({ t: 'watch', watch: { roomId, epoch: 1, after: 0 } }),
    ],
    async openListener(hear) {
      // Whoever is too far behind is told to begin at the head.
      const [stream] = await database.rows<{ head: string }>(
        sql`select head from streams where id = ${roomId}`,
      );
      const watch = { roomId, epoch: 1, after: Number(stream?.head ?? 0) };
      const socket = await openMemberSocket(
        { port, path: '/api/v1/socket' },
        { onEvents() {}, onText: hear },
      );
      socket.sendText(hello(people[0]?.token ?? ''));
      socket.sendText(JSON.stringify({ t: 'watch', watch }));
      return socket;
    },
    openPublisher: () =>
      openPublisher({
        port,
        token: people[publishers++ % Math.min(people.length, sendersMax)]?.token ?? '',
        roomId: () => roomId,
        onAcknowledged: (clientId) => void acknowledged.push(clientId),
      }),
    pids: () => [pid, ...descendants(pid)],
    cpuSeconds: () => cpuSecondsOf([pid, ...descendants(pid)]),
    residentBytes: () => residentBytes(pid),
    memory: () =>
      new Promise((resolve) => {
        child.once('message', (usage) => resolve(usage as NodeJS.MemoryUsage));
        child.send('memory');
      }),
    stop: async () => {
      await stopChild(child);
      await database.close();
    },
  };
}

/** A node on this database that takes as many calls as there are, with a line to its memory probe. */
function startNode(address: PostgresAddress, port: number, workers: number): ChildProcess {
  const probe = join(import.meta.dirname, 'memory-probe.js');
  const program = [join(root, 'server/bin/confab.js'), 'start', '--port', String(port)];
  if (workers > 1) program.push('--workers', String(workers));
  return spawn(process.execPath, ['--expose-gc', '--import', probe, ...program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: urlOf(address),
      CONFAB_SENDS_PER_MINUTE: '10000000',
      CONFAB_CALLS_PER_MINUTE: '10000000',
      CONFAB_LOG_LEVEL: 'warn',
    },
  });
}

export function hello(token: string): string {
  return JSON.stringify({ t: 'hello', level: 1, client: 'bench', token });
}

/** Sends by calls over one socket, matched by their refs. */
async function openPublisher(door: {
  port: number;
  token: string;
  roomId: () => string;
  onAcknowledged: (clientId: string) => void;
}): Promise<ConfabPublisher> {
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let ref = 0;
  let isOpen = true;
  let welcome = (): void => {};
  // What comes before it has to fit into a small queue.
  const welcomed = new Promise<void>((resolve) => (welcome = resolve));
  const socket = await openMemberSocket(
    { port: door.port, path: '/api/v1/socket' },
    {
      onEvents() {},
      onFrame(bytes, from, to) {
        const head = bytes.toString('latin1', from, from + 14);
        if (head.startsWith('{"t":"welcome"')) return welcome();
        const isRefused = head.startsWith('{"t":"refused"');
        if (!isRefused && !head.startsWith('{"t":"reply"')) return;
        const ref = numberAt(bytes, bytes.indexOf('"ref":', from, 'latin1') + 6);
        const entry = waiting.get(ref);
        waiting.delete(ref);
        if (isRefused) entry?.reject(new Error(bytes.toString('utf8', from, to)));
        else entry?.resolve();
      },
      onClose() {
        isOpen = false;
        clearInterval(beat);
        for (const { reject } of waiting.values()) reject(new Error('a sender was cut off'));
        waiting.clear();
      },
    },
  );
  // While others are measured it has nothing to say, and must not be taken for lost.
  const beat = setInterval(() => socket.sendText(heartbeat), limits.heartbeatMs).unref();
  socket.sendText(hello(door.token));
  await welcomed;
  const prefix = randomBytes(6).toString('hex');
  const send = async (roomId: string, text: string): Promise<string> => {
    if (!isOpen) throw new Error('a sender was cut off');
    ref += 1;
    const mine = ref;
    const clientId = `${prefix}-${mine}`;
    await new Promise<void>((resolve, reject) => {
      waiting.set(mine, { resolve, reject });
      const input = { roomId, clientId, text };
      socket.sendText(JSON.stringify({ t: 'call', ref: mine, name: 'message.send', input }));
    });
    door.onAcknowledged(clientId);
    return clientId;
  };
  return {
    send,
    publish: async (text) => void (await send(door.roomId(), text)),
    close: () => socket.close(),
  };
}
