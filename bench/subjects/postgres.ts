/**
 * The one Postgres that every server of a run keeps its messages in: Debian's, where that is installed, since the peers and
 * pgbench reach it by TCP; the embedded one otherwise. It syncs each commit, with the settings it comes with.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createMemoryLog } from '@confab/server/platform/log/index';
import {
  createPool,
  startEmbeddedPostgres,
  urlOf,
  type PostgresAddress,
} from '@confab/server/platform/postgres/index';
import { commandOf, cpuSecondsWithEnded, cpuSecondsOf, descendants } from '../src/processes.ts';
import { freePort, run, stopChild } from './children.ts';

export interface BenchPostgres {
  readonly name: string;
  /** Of TCP, or null for the embedded one. */
  readonly port: number | null;
  readonly programs: string | null;
  /** A new database. */
  create(database: string): Promise<PostgresAddress>;
  /** Of its processes now. */
  pids(): number[];
  /** Of all its processes, those that have ended too. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

const debian = '/usr/lib/postgresql';
export const user = 'bench';

export async function startBenchPostgres(): Promise<BenchPostgres> {
  const programs = debianPrograms();
  return programs === null ? startEmbedded() : startDebian(programs);
}

function debianPrograms(): string | null {
  if (!existsSync(debian)) return null;
  const newest = readdirSync(debian).sort().at(-1);
  const folder = join(debian, newest ?? '', 'bin');
  return newest !== undefined && existsSync(join(folder, 'postgres')) ? folder : null;
}

async function startDebian(programs: string): Promise<BenchPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-bench-postgres-'));
  const port = await freePort();
  // Postgres refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  const account = ['setpriv', '--pdeathsig=INT', ...owner];
  if (isRoot) await run(['chown', 'postgres:', folder]);
  const data = join(folder, 'data');
  const initdb = [join(programs, 'initdb'), '-D', data, '-U', user, '-A', 'trust', '-E', 'UTF8'];
  await run([...account, ...initdb, '--no-locale'], { cwd: folder });
  const settings = [`port=${port}`, 'max_connections=300', `unix_socket_directories=${folder}`];
  const command = [
    ...account,
    join(programs, 'postgres'),
    '-D',
    data,
    ...settings.flatMap((one) => ['-c', one]),
  ];
  const [program = '', ...args] = command;
  // Its log tells of every connection that its clients did not close.
  const child = spawn(program, args, { stdio: 'ignore', cwd: folder });
  const url = (database: string): string => `postgres://${user}@127.0.0.1:${port}/${database}`;
  await untilAnswers(url('postgres'));
  return {
    name: `Postgres of Debian (${programs.split('/').at(-2)})`,
    port,
    programs,
    create: async (database) => {
      await execute(url('postgres'), `create database ${database}`);
      return { url: url(database) };
    },
    pids: () => [child.pid ?? 0, ...descendants(child.pid ?? 0)],
    cpuSeconds: () => cpuSecondsWithEnded(child.pid ?? 0) + cpuSecondsOf(descendants(child.pid ?? 0)),
    stop: async () => {
      await stopChild(child, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startEmbedded(): Promise<BenchPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-bench-postgres-'));
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({
    dataFolder: folder,
    purpose: 'bench',
    log: createMemoryLog(),
    durable: true,
    connectionsMax: 200,
  });
  const { address } = postgres;
  const pids = (): number[] => descendants(process.pid).filter((pid) => commandOf(pid) === 'postgres');
  return {
    name: 'embedded Postgres',
    port: null,
    programs: null,
    create: async (database) => {
      await execute(urlOf(address), `create database ${database}`);
      return 'url' in address ? { url: address.url } : { ...address, database };
    },
    pids,
    cpuSeconds: () => cpuSecondsOf(pids()),
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function execute(url: string, text: string): Promise<void> {
  const database = createPool({ address: { url }, log: createMemoryLog(), connectionsMax: 1 });
  await database.rows({ text, values: [] });
  await database.close();
}

async function untilAnswers(url: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
