import { areas, examine, type DoctorDeps, type Row, type Settings } from '@confab/server/doctor/index';
import { systemClock } from '@confab/server/platform/clock/index';
import { createDescribedMachine, type Machine } from '@confab/server/platform/machine/index';
import { createSystemNetwork } from '@confab/server/platform/network/index';
import { createMemoryObjects } from '@confab/server/platform/objects/index';
import { findPostgresWays } from '@confab/server/platform/postgres-way';
import { openRedisTalk } from '@confab/server/platform/redis-talk';

/** What differs from a node of a cluster at which nobody looks. */
export interface Case extends Partial<Omit<DoctorDeps, 'settings' | 'machine'>> {
  settings?: Partial<Settings>;
  machine?: Partial<Machine>;
}

const usual: Settings = {
  version: '1.2.0',
  nodeName: 'north',
  host: '0.0.0.0',
  port: 8080,
  publicUrl: null,
  plainPort: 80,
  dataFolder: '/nowhere',
  databaseUrl: 'postgres://confab:secret@localhost/confab_team',
  databaseDirectUrl: null,
  databaseConnections: 10,
  redis: null,
  trustedProxies: [],
  timeServers: [],
  filesFolder: null,
  filesBucket: null,
  mailServer: null,
  repliesAt: null,
  unknownVariables: [],
};

/** Looks at one thing by the title of its check, with the system's own network. */
export async function look(title: string, { settings, machine, ...rest }: Case = {}): Promise<Row> {
  const deps: DoctorDeps = {
    clock: systemClock,
    network: createSystemNetwork(),
    postgres: { state: 'unset' },
    findWays: findPostgresWays,
    pendingMigrations: () => Promise.resolve(0),
    redis: { state: 'unset' },
    openObjects: createMemoryObjects,
    mail: { state: 'unset' },
    scanner: { state: 'unset' },
    openRedis: openRedisTalk,
    nodes: [],
    embedded: { state: 'not used' },
    page: 'built',
    ...rest,
    settings: { ...usual, ...settings },
    machine: createDescribedMachine(machine),
  };
  const check = Object.values(areas)
    .flat()
    .find((one) => one.title === title);
  if (check === undefined) throw new Error(`there is no check "${title}"`);
  const [row] = await examine(deps, [check]);
  if (row === undefined) throw new Error('a check says something');
  return row;
}

/** A node whose lease holds. */
export function living(
  name: string,
  facts: Partial<DoctorDeps['nodes'][number]> = {},
): DoctorDeps['nodes'][number] {
  return {
    name,
    version: '1.2.0',
    address: '127.0.0.1:1',
    state: 'serving',
    startedAt: 0,
    connections: 0,
    renewedAt: 0,
    ...facts,
  };
}
