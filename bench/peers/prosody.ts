/** Prosody with the rooms' archive (mod_muc_mam) in Postgres by LuaDBI, without TLS and limits of speed. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSeconds, residentBytes } from '../src/processes.ts';
import { freePort, stopChild } from '../subjects/children.ts';
import { user, type BenchPostgres } from '../subjects/postgres.ts';
import type { Subject } from '../subjects/subject.ts';
import { untilListening } from '../../tests/support/ports.ts';
import { accountNames, xmppSubject } from './xmpp-peer.ts';

const program = '/usr/bin/prosody';

/** @returns null where it is not installed, or Postgres cannot be reached by TCP */
export async function startProsody(
  postgres: BenchPostgres,
  options: { members: number },
): Promise<Subject | null> {
  if (postgres.port === null || !existsSync(program)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'confab-prosody-'));
  const database = `prosody_${Math.random().toString(36).slice(2, 8)}`;
  await postgres.create(database);
  const accounts = join(folder, 'data/localhost/accounts');
  mkdirSync(accounts, { recursive: true });
  for (const name of accountNames(options.members))
    writeFileSync(join(accounts, `${name}.dat`), `return { ["password"] = "${name}"; };\n`);
  const port = await freePort();
  const config = join(folder, 'prosody.cfg.lua');
  writeFileSync(config, configuration(folder, port, { port: postgres.port, database }));
  const child = spawn('setpriv', ['--pdeathsig=KILL', program, '--config', config, '-F'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: folder,
  });
  const pid = child.pid ?? 0;
  await untilListening(port);
  return xmppSubject({
    name: 'Prosody',
    port,
    cpuSeconds: () => cpuSeconds(pid),
    residentBytes: () => residentBytes(pid),
    stop: async () => {
      await stopChild(child);
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

function configuration(folder: string, port: number, archive: { port: number; database: string }): string {
  return `run_as_root = true
pidfile = "${folder}/prosody.pid"
data_path = "${folder}/data"
log = { error = "${folder}/prosody.log" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
modules_enabled = { "saslauth", "disco", "roster" }
modules_disabled = { "s2s", "tls" }
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = { muc_log = "sql" }
sql = { driver = "PostgreSQL", host = "127.0.0.1", port = ${archive.port}, database = "${archive.database}", username = "${user}", password = "" }
VirtualHost "localhost"
Component "rooms.localhost" "muc"
  modules_enabled = { "muc_mam" }
  muc_log_by_default = true
  muc_room_locking = false
  muc_room_default_presence_broadcast = { visitor = false, participant = false, moderator = true }
`;
}
