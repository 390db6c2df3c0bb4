import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, untilListening } from './ports.ts';

/** A PgBouncer of one's own, in transaction mode, which leads to the server that it is told. */
export interface TestPgBouncer {
  readonly port: number;
  /** From now on to this one; whoever is connected stays connected. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

export interface PgBouncerOptions {
  target: { port: number };
  database: string;
  user: string;
  password: string;
}

const isRoot = process.getuid?.() === 0;
/** It refuses to run as root. */
const account = isRoot ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

/** Throws, saying what is missing, where there is none. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<TestPgBouncer> {
  if (spawnSync('pgbouncer', ['--version']).status !== 0) {
    throw new Error('pgbouncer is missing. As root: apt-get install pgbouncer');
  }
  const { target, database, user, password } = options;
  const folder = mkdtempSync(join(tmpdir(), 'confab-pgbouncer-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const write = (to: number): void =>
    writeFileSync(file, settings({ port, to, database, users: join(folder, 'users.txt') }));
  writeFileSync(join(folder, 'users.txt'), `"${user}" "${password}"\n`);
  write(target.port);
  const words = [...account, '--pdeathsig=QUIT', 'pgbouncer', '-q', file];
  const child = spawn('setpriv', words, { stdio: 'ignore', cwd: '/' });
  await untilListening(port);
  return {
    port,
    leadTo(to) {
      write(to);
      child.kill('SIGHUP');
    },
    async close() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Settings {
  port: number;
  to: number;
  database: string;
  users: string;
}

function settings({ port, to, database, users }: Settings): string {
  return [
    '[databases]',
    `${database} = host=127.0.0.1 port=${to}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${users}`,
    'pool_mode = transaction',
    'max_client_conn = 200',
    'default_pool_size = 8',
    'server_login_retry = 1',
    'server_connect_timeout = 2',
    '',
  ].join('\n');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
