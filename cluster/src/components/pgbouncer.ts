import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed } from '../platform/machine.ts';
import type { PlannedHost } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

export function createPgbouncer({ folder, files, users, secrets, machine }: ComponentDeps): Component {
  const home = (host: PlannedHost): string => homeOf(folder, host, 'pgbouncer');

  const ask = async ({ address }: PlannedHost): Promise<string[] | null> => {
    const where = ['-h', address, '-p', '6432', '-U', 'pgbouncer_stats', '-d', 'pgbouncer'];
    try {
      const said = await machine.run(
        ['psql', ...where, '-A', '-P', 'footer=off', '-c', 'show version', '-c', 'show pools'],
        {
          env: { PGPASSWORD: secrets.stats, PGCONNECT_TIMEOUT: '2' },
          timeoutMs: 3_000,
        },
      );
      return said.trim().split('\n');
    } catch (error) {
      if (error instanceof CommandFailed) return null;
      throw error;
    }
  };

  return {
    part: 'pgbouncer',
    prepare(host) {
      const owner = users('postgres');
      makeFolder(home(host), owner);
      const userList = join(home(host), 'userlist.txt');
      const filling = {
        instead: [
          ['/run/postgresql/pgbouncer.pid', join(home(host), 'pgbouncer.pid')],
          ['/etc/pgbouncer/userlist.txt', userList],
        ] as const,
      };
      files.write('pgbouncer/pgbouncer.ini', join(home(host), 'pgbouncer.ini'), filling, { host, owner });
      const places = { SECRET_DATABASE: secrets.database, SECRET_STATS: secrets.stats };
      files.write('pgbouncer/userlist.txt', userList, { places }, { host, owner });
    },
    clearAway: (host) => rmSync(join(home(host), 'pgbouncer.pid'), { force: true }),
    program: (host) => ({ command: ['pgbouncer', join(home(host), 'pgbouncer.ini')], user: 'postgres' }),
    isReady: async (host) => (await ask(host)) !== null,
    async look(host) {
      const lines = await ask(host);
      if (lines === null) return silent;
      const pool = readPool(lines, 'confab_team');
      const waiting = pool('cl_waiting');
      const clients = `${pool('cl_active') + waiting} connections of nodes`;
      const servers = `${pool('sv_active') + pool('sv_idle') + pool('sv_used')} of Postgres`;
      return {
        state: waiting > 0 ? 'degraded' : 'ok',
        role: null,
        version: lines.find((line) => line.startsWith('PgBouncer '))?.slice(10) ?? null,
        detail: `${clients}, ${servers}${waiting > 0 ? `, ${waiting} wait` : ''}`,
      };
    },
  };
}

/** A table as psql prints it unaligned, with the names of its columns: the sum of a column over a database's pools. */
export function readPool(lines: readonly string[], database: string): (column: string) => number {
  const first = lines.findIndex((line) => line.startsWith('database|'));
  const columns = lines[first]?.split('|') ?? [];
  const pools = lines
    .slice(first + 1)
    .map((line) => line.split('|'))
    .filter(([name]) => name === database);
  return (column) => pools.reduce((sum, cells) => sum + Number(cells[columns.indexOf(column)] ?? 0), 0);
}
