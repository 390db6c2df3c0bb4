import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { readConfig, unknownVariables, type Config } from '../config.ts';
import { sql } from '../kit/sql.ts';
import { systemClock } from '../platform/clock/index.ts';
import { createPinoLog } from '../platform/log/index.ts';
import {
  createPool,
  findEmbeddedPostgres,
  inspectEmbeddedPostgres,
  pendingMigrations,
  type PostgresAddress,
} from '../platform/postgres/index.ts';
import { Problem, systemCode } from '../platform/problem.ts';
import { builder, migrationsFolder, pageFolder } from '../program.ts';
import type { Surroundings } from './flags.ts';

/** One thing looked at. `mend` says what to do, where something is to be done. */
interface Finding {
  what: string;
  state: 'ok' | 'warn' | 'fail';
  found: string;
  mend: string | null;
}

const bytesWanted = 1024 ** 3;
const bytesNeeded = 200 * 1024 ** 2;
const skewMsMax = 1_000;

/** Prints what was found; the exit code is 1 when something failed. Changes nothing. */
export async function examine({ flags, output }: Surroundings): Promise<void> {
  const config = readConfig(flags);
  const findings = [
    settingsFinding(),
    ...(config.databaseUrl === null
      ? [folderFinding(config.dataFolder), diskFinding(config.dataFolder)]
      : []),
    ...(await databaseFindings(config)),
    await portFinding(config),
    addressFinding(config),
    pageFinding(),
  ];
  output.table(
    findings.map((finding) => ({ ...finding })),
    'Nothing was looked at.',
  );
  if (findings.some(({ state }) => state === 'fail')) process.exitCode = 1;
}

const ok = (what: string, found: string): Finding => ({ what, state: 'ok', found, mend: null });
const warn = (what: string, found: string, mend: string): Finding => ({ what, state: 'warn', found, mend });
const fail = (what: string, found: string, mend: string): Finding => ({ what, state: 'fail', found, mend });

function settingsFinding(): Finding {
  const unknown = unknownVariables();
  if (unknown.length === 0) return ok('settings', 'all of them are known');
  return warn(
    'settings',
    `${unknown.join(', ')}: no such setting`,
    'Look for a slip of the pen in docs/configuration.md.',
  );
}

/** The folder, or, before the first start, the nearest one above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function folderFinding(folder: string): Finding {
  const what = 'data folder';
  try {
    accessSync(nearest(folder), constants.W_OK | constants.X_OK);
    return ok(what, existsSync(folder) ? folder : `${folder}, made at the first start`);
  } catch (error) {
    return fail(
      what,
      `${folder}: ${systemCode(error)}`,
      'Give this user the folder, or choose another with --data.',
    );
  }
}

function diskFinding(folder: string): Finding {
  const { bavail, bsize } = statfsSync(nearest(folder));
  const free = bavail * bsize;
  const found = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  if (free < bytesNeeded) return fail('disk', found, 'Free some space: without it nothing can be written.');
  return free < bytesWanted ? warn('disk', found, 'Free some space soon.') : ok('disk', found);
}

async function databaseFindings(config: Config): Promise<Finding[]> {
  const { databaseUrl, dataFolder } = config;
  if (databaseUrl !== null)
    return lookInto({ url: databaseUrl }, 'of DATABASE_URL', 'Check DATABASE_URL and that Postgres runs.');
  const running = findEmbeddedPostgres(dataFolder);
  if (running !== null) {
    return lookInto(
      running.address,
      `embedded, run by "${running.purpose}"`,
      'Run the doctor as the user who runs Confab.',
    );
  }
  try {
    const state = inspectEmbeddedPostgres(dataFolder);
    return [
      ok('database', state === 'new' ? 'embedded, made at the first start' : 'embedded, not running now'),
    ];
  } catch (error) {
    if (error instanceof Problem) return [fail('database', error.message, 'As it says.')];
    throw error;
  }
}

async function lookInto(address: PostgresAddress, which: string, mend: string): Promise<Finding[]> {
  const log = createPinoLog({ level: 'silent', format: 'json' });
  const database = createPool({ address, log, connectionsMax: 1 });
  try {
    const [server] = await database.rows<{ version: string; now: Date }>(sql`
      select current_setting('server_version') as version, clock_timestamp() as now`);
    const askedAt = systemClock.now();
    return [
      ok('database', `${which}, Postgres ${server?.version}`),
      await schemaFinding(() => pendingMigrations(database, migrationsFolder)),
      clockFinding((server?.now.getTime() ?? 0) - askedAt),
    ];
  } catch (error) {
    return [fail('database', `${which}: ${(error as Error).message}`, mend)];
  } finally {
    await database.close();
  }
}

async function schemaFinding(count: () => Promise<number>): Promise<Finding> {
  try {
    const pending = await count();
    return ok('schema', pending === 0 ? 'up to date' : `${pending} migrations, applied at the next start`);
  } catch (error) {
    if (error instanceof Problem) return fail('schema', error.message, 'As it says.');
    throw error;
  }
}

function clockFinding(skewMs: number): Finding {
  const found = `${Math.abs(skewMs) < skewMsMax ? 'as' : `${(skewMs / 1_000).toFixed(1)} s off`} the database's`;
  if (Math.abs(skewMs) < skewMsMax) return ok('clock', found);
  return warn('clock', found, 'Let both machines ask a time server (NTP).');
}

async function portFinding({ host, port, dataFolder }: Config): Promise<Finding> {
  const found = `${host}:${port}`;
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCode(error)));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
  if (code === null) return ok('port', `${found} is free`);
  if (code !== 'EADDRINUSE')
    return fail('port', `${found}: ${code}`, 'Choose others with --host and --port.');
  if (findEmbeddedPostgres(dataFolder)?.purpose === 'confab start')
    return ok('port', `${found}, taken by Confab`);
  return warn(
    'port',
    `${found} is taken`,
    'Unless it is Confab: stop what listens there, or choose another with --port.',
  );
}

function addressFinding({ host, publicUrl }: Config): Finding {
  const here = /^(localhost|127\.|::1)/;
  if (publicUrl === null) {
    if (here.test(host)) return ok('address', 'this machine only');
    return warn(
      'address',
      'unknown to Confab',
      'Set CONFAB_URL to where people reach it, so that links are right.',
    );
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || here.test(hostname)) return ok('address', publicUrl);
  return warn(
    'address',
    publicUrl,
    'Put an entrance with HTTPS before it: passwords cross the network in the clear.',
  );
}

function pageFinding(): Finding {
  if (existsSync(join(pageFolder, 'index.html'))) return ok('page', 'built');
  // A checkout builds what is missing by itself, see bin/confab.js.
  if (existsSync(builder)) return ok('page', 'built at the next start');
  return warn('page', 'missing, so that only the API is served', 'Install Confab anew.');
}
