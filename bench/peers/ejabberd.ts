/** ejabberd with its archive in Postgres, as its own files set it up, without TLS and limits of speed. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createPool } from '@confab/server/platform/postgres/index';
import { cpuSeconds, residentBytes } from '../src/processes.ts';
import { freePort, stopChild } from '../subjects/children.ts';
import { user, type BenchPostgres } from '../subjects/postgres.ts';
import type { Subject } from '../subjects/subject.ts';
import { accountNames, xmppSubject } from './xmpp-peer.ts';
import { untilListening } from '../../tests/support/ports.ts';

const tables = '/usr/share/ejabberd/sql/pg.sql';

/** @returns null where it is not installed, or Postgres cannot be reached by TCP */
export async function startEjabberd(
  postgres: BenchPostgres,
  options: { members: number },
): Promise<Subject | null> {
  if (postgres.port === null || !existsSync(tables)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'confab-ejabberd-'));
  const database = `ejabberd_${Math.random().toString(36).slice(2, 8)}`;
  const address = await postgres.create(database);
  const pool = createPool({ address, log: createMemoryLog(), connectionsMax: 1 });
  await pool.rows({ text: readFileSync(tables, 'utf8'), values: [] });
  await pool.rows({
    text: 'insert into users (username, password) select name, name from unnest($1::text[]) as name',
    values: [accountNames(options.members)],
  });
  await pool.close();
  const port = await freePort();
  const config = join(folder, 'ejabberd.yml');
  writeFileSync(config, configuration(port, { port: postgres.port, database }));
  const child = spawn(
    'setpriv',
    [
      '--pdeathsig=KILL',
      'erl',
      '+K',
      'true',
      '+P',
      '250000',
      '-noinput',
      '-mnesia',
      'dir',
      `"${folder}/mnesia"`,
      '-s',
      'ejabberd',
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        ERL_LIBS: '/usr/lib/x86_64-linux-gnu',
        EJABBERD_CONFIG_PATH: config,
        EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
        ERL_CRASH_DUMP: join(folder, 'crash.dump'),
      },
    },
  );
  const pid = child.pid ?? 0;
  await untilListening(port);
  return xmppSubject({
    name: 'ejabberd',
    port,
    cpuSeconds: () => cpuSeconds(pid),
    residentBytes: () => residentBytes(pid),
    stop: async () => {
      await stopChild(child);
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** A newcomer is not announced to everybody: a thousand who come would cost a million announcements, which nobody measures. */
function configuration(port: number, archive: { port: number; database: string }): string {
  return `hosts:
  - localhost
loglevel: warning
log_rotate_count: 0
listen:
  -
    port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    max_stanza_size: 262144
    backlog: 4096
auth_method: [sql]
auth_password_format: plain
sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: ${archive.port}
sql_database: ${archive.database}
sql_username: ${user}
sql_password: ""
modules:
  mod_mam:
    db_type: sql
    default: always
    assume_mam_usage: true
  mod_muc:
    host: rooms.localhost
    max_users: 100000
    history_size: 20
    default_room_options:
      mam: true
      presence_broadcast: [moderator]
      max_users: 100000
`;
}
