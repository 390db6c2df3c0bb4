import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, untilListening } from './ports.ts';

/** One of several Postgres that replicate, on a port that it keeps. */
export interface ReplicaServer {
  readonly port: number;
  /** SIGKILL, as when the power goes. */
  kill(): Promise<void>;
  /** Stands still, and so do its connections. */
  pause(): void;
  goOn(): void;
  /** Becomes the primary; nobody confirms its commits. */
  promote(): void;
  /** Comes back as a replica of the other one, with none of what it had. */
  rejoin(primary: ReplicaServer): Promise<void>;
  /** As the superuser; the answer as psql prints it. */
  sql(text: string): string;
}

/** A primary, and replicas of which one confirms each commit. All programs and files are Debian's Postgres 15. */
export interface ReplicatedPostgres {
  readonly servers: readonly ReplicaServer[];
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** With all servers, or these. */
  url(servers?: readonly { port: number }[]): string;
  close(): Promise<void>;
}

const binaries = '/usr/lib/postgresql';
const [database, user, password] = ['confab_team', 'confab', 'sword-fish'];
const isRoot = process.getuid?.() === 0;
/** As Debian's account of the name, where this is root: Postgres refuses to run as root. */
const asPostgres = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

export async function startReplicatedPostgres({
  replicas,
}: {
  replicas: number;
}): Promise<ReplicatedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-replicated-'));
  chmodSync(folder, 0o755);
  const work = join(folder, 'work');
  mkdirSync(work);
  if (isRoot) run(['chown', 'postgres:', work]);
  const servers: Server[] = [];
  for (let index = 0; index <= replicas; index += 1) {
    servers.push(createServer(join(work, String(index)), await freePort()));
  }
  const [primary, ...others] = servers;
  if (primary === undefined) throw new Error('there is always one');
  await primary.create();
  for (const other of others) await other.rejoin(primary);
  if (replicas > 0) primary.confirm();
  return {
    servers,
    database,
    user,
    password,
    url: (some = servers) =>
      `postgres://${user}:${password}@${some.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${database}`,
    async close() {
      await Promise.all(servers.map((server) => server.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Server extends ReplicaServer {
  create(): Promise<void>;
  /** A commit is answered once a replica has it, too. */
  confirm(): void;
}

function createServer(folder: string, port: number): Server {
  let child: ChildProcess | null = null;
  const socket = `${folder}-run`;

  async function start(settings: readonly string[]): Promise<void> {
    child = spawnTied([binary('postgres'), '-D', folder, ...settings.flatMap((one) => ['-c', one])]);
    await untilListening(port);
    await untilAnswers(() => psql(socket, port, 'postgres', 'select 1'));
  }

  const server: Server = {
    port,
    async create() {
      mkdirSync(socket);
      if (isRoot) run(['chown', 'postgres:', socket]);
      const common = ['--auth-local=trust', '--auth-host=scram-sha-256', '--username=postgres'];
      run([...asPostgres, binary('initdb'), '-D', folder, ...common, '--encoding=UTF8', '--no-locale', '-N']);
      writeSettings(folder, settingsOf(port, socket));
      await start([]);
      server.sql(`create role ${user} login password '${password}'`);
      server.sql(`create database ${database} owner ${user}`);
    },
    confirm() {
      server.sql(`alter system set synchronous_standby_names = 'any 1 (*)'`);
      server.sql('select pg_reload_conf()');
    },
    async kill() {
      if (child === null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      for (const pid of familyOf(child)) signal(pid, 'SIGKILL');
      await gone;
      child = null;
    },
    pause() {
      for (const pid of child === null ? [] : familyOf(child)) signal(pid, 'SIGSTOP');
    },
    goOn() {
      for (const pid of child === null ? [] : familyOf(child)) signal(pid, 'SIGCONT');
    },
    promote() {
      server.sql('select pg_promote()');
    },
    async rejoin(primary) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(socket, { recursive: true });
      if (isRoot) run(['chown', 'postgres:', socket]);
      const from = ['--host', primary.sql('show unix_socket_directories'), '--port', String(primary.port)];
      run([
        ...asPostgres,
        binary('pg_basebackup'),
        '-D',
        folder,
        '-R',
        '-X',
        'stream',
        '-c',
        'fast',
        '-N',
        '-U',
        'postgres',
        ...from,
      ]);
      writeSettings(folder, settingsOf(port, socket));
      writeFileSync(
        join(folder, 'postgresql.auto.conf'),
        replicaSettings(primary.sql('show unix_socket_directories'), primary.port),
      );
      await start([]);
    },
    sql: (text) => psql(socket, port, 'postgres', text),
  };
  return server;
}

function settingsOf(port: number, socket: string): string {
  return [
    `port = ${port}`,
    `listen_addresses = '127.0.0.1'`,
    `unix_socket_directories = '${socket}'`,
    `fsync = off`,
    `max_connections = 80`,
    `wal_level = replica`,
    `dynamic_shared_memory_type = mmap`,
    `log_min_messages = fatal`,
    `timezone = 'UTC'`,
  ].join('\n');
}

function replicaSettings(socket: string, port: number): string {
  return `primary_conninfo = 'host=${socket} port=${port} user=postgres'\n`;
}

function writeSettings(folder: string, text: string): void {
  writeFileSync(join(folder, 'postgresql.conf'), `${text}\n`);
}

function binary(name: string): string {
  const versions = existsSync(binaries) ? readdirSync(binaries).toSorted() : [];
  const path = join(binaries, versions.at(-1) ?? '15', 'bin', name);
  if (!existsSync(path)) throw new Error('Postgres is missing. As root: apt-get install postgresql');
  return path;
}

function run(words: readonly string[]): string {
  const [command = '', ...rest] = words;
  const { status, stdout, stderr } = spawnSync(command, rest, {
    encoding: 'utf8',
    cwd: '/',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
  return stdout.trim();
}

function psql(socket: string, port: number, name: string, text: string): string {
  return run([
    binary('psql'),
    '-h',
    socket,
    '-p',
    String(port),
    '-U',
    'postgres',
    '-d',
    name,
    '-AtXqc',
    text,
  ]);
}

/** It ends with this process, whatever ends that. */
function spawnTied(words: readonly string[]): ChildProcess {
  const tied = isRoot ? [...asPostgres, '--pdeathsig=QUIT'] : ['setpriv', '--pdeathsig=QUIT'];
  const [command = '', ...rest] = [...tied, ...words];
  return spawn(command, rest, { stdio: 'ignore', cwd: '/' });
}

/** The postmaster first, so that it starts no others. */
function familyOf(child: ChildProcess): number[] {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return [];
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return [
    pid,
    ...stdout
      .split('\n')
      .map(Number)
      .filter((one) => one > 0),
  ];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself in between.
  }
}

async function untilAnswers(ask: () => unknown): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      ask();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
