import { join } from 'node:path';
import { askHttp, readJson } from '../platform/asking.ts';
import type { PlannedHost } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

/** As short as start-patroni.py takes it. */
const quickTiming = [
  ['ttl: 8', 'ttl: 5'],
  ['loop_wait: 2', 'loop_wait: 1'],
  ['retry_timeout: 3', 'retry_timeout: 2'],
] as const;

/** That of Debian, for which Patroni is installed. */
const python = '/usr/bin/python3';

export function createPatroni({ folder, files, users, secrets, timing, topology }: ComponentDeps): Component {
  const isQuick = timing === 'quick';
  const home = (host: PlannedHost): string => homeOf(folder, host, 'patroni');
  const starter = (host: PlannedHost): string => join(home(host), 'start-patroni.py');
  return {
    part: 'patroni',
    prepare(host) {
      const owner = users('postgres');
      makeFolder(home(host), owner);
      makeFolder(socketFolder(folder, host), owner);
      const filling = {
        places: {
          HERE_NAME: host.name,
          HERE_ADDRESS: host.address,
          HERE_NETWORK: topology.privateNetwork,
          SECRET_SUPERUSER: secrets.superuser,
          SECRET_REPLICATION: secrets.replication,
          SECRET_REWIND: secrets.rewind,
        },
        instead: [
          ['/var/lib/postgresql/15/confab', dataFolder(folder, host)],
          ['/var/lib/postgresql/.pgpass-patroni', join(home(host), 'pgpass')],
          ['/run/postgresql', socketFolder(folder, host)],
          ...(isQuick ? quickTiming : []),
        ] as const,
      };
      files.write('patroni/start-patroni.py', starter(host), {}, { host, owner });
      files.write('patroni/patroni.yml', join(home(host), 'patroni.yml'), filling, { host, owner });
    },
    program: (host) => ({
      command: [python, starter(host), join(home(host), 'patroni.yml')],
      user: 'postgres',
    }),
    isReady: async ({ address }) => (await askPatroni(address)) !== null,
    async look({ address }) {
      const known = await askPatroni(address);
      if (known === null) return silent;
      const version = known.patroni?.version ?? null;
      const { dcs_last_seen: seen, pause } = known;
      if (pause === true) return { state: 'degraded', role: null, version, detail: 'paused' };
      return { state: seen === 0 ? 'degraded' : 'ok', role: null, version, detail: 'looks after Postgres' };
    },
  };
}

/** Postgres itself, which Patroni starts and knows best. */
export function createPostgres({ topology }: ComponentDeps): Component {
  return {
    part: 'postgres',
    prepare: () => {},
    program: () => null,
    isReady: async ({ address }) => (await askPatroni(address))?.state === 'running',
    async look(host) {
      const [known, members] = await Promise.all([askPatroni(host.address), membersOf(topology.hosts, host)]);
      if (known === null)
        return { state: 'degraded', role: null, version: null, detail: 'runs, and nobody looks after it' };
      const version = versionText(known.server_version ?? 0);
      const own = members.find(({ name }) => name === host.name);
      const isUp = known.state === 'running';
      const isPrimary = known.role === 'master' || known.role === 'primary';
      const role = isPrimary ? 'primary' : own && isSynchronous(own) ? 'synchronous replica' : 'replica';
      const trouble = isPrimary ? primaryTrouble(members) : replicaTrouble(own);
      const state = !isUp ? 'down' : trouble === null ? 'ok' : 'degraded';
      const timeline = `timeline ${String(known.timeline ?? '?')}`;
      const lag = isPrimary ? '' : `, lag ${String(own?.lag ?? 'unknown')} B`;
      return {
        state,
        role,
        version,
        detail: isUp ? (trouble ?? `${timeline}${lag}`) : (known.state ?? 'unknown'),
      };
    },
  };
}

export function dataFolder(folder: string, host: PlannedHost): string {
  return join(homeOf(folder, host, 'patroni'), 'data');
}

export function socketFolder(folder: string, host: PlannedHost): string {
  return join(homeOf(folder, host, 'patroni'), 'run');
}

/** The host whose Postgres takes writes, as Patroni has it; null while there is none, or two say so. */
export async function primaryOf(hosts: readonly PlannedHost[]): Promise<PlannedHost | null> {
  const answers = await Promise.all(
    hosts.map(({ address }) => askHttp(`http://${address}:8008/primary`, { method: 'OPTIONS' })),
  );
  const primaries = hosts.filter((_, index) => answers[index]?.status === 200);
  return primaries.length === 1 ? (primaries[0] ?? null) : null;
}

interface PatroniAnswer {
  state?: string;
  role?: string;
  server_version?: number;
  timeline?: number;
  pause?: boolean;
  dcs_last_seen?: number;
  patroni?: { version?: string };
}

interface Member {
  name: string;
  role: string;
  state: string;
  lag?: number | string;
}

async function askPatroni(address: string): Promise<PatroniAnswer | null> {
  return readJson((await askHttp(`http://${address}:8008/patroni`))?.body) as PatroniAnswer | null;
}

/** As this host sees the others; another is asked when it does not answer. */
async function membersOf(hosts: readonly PlannedHost[], first: PlannedHost): Promise<Member[]> {
  const databases = hosts.filter(({ role }) => role === 'database');
  for (const { address } of [first, ...databases.filter(({ name }) => name !== first.name)]) {
    const answer = readJson((await askHttp(`http://${address}:8008/cluster`))?.body);
    if (answer !== null) return (answer as { members?: Member[] }).members ?? [];
  }
  return [];
}

/** Commits wait for it, or for one of several like it. */
const isSynchronous = ({ role }: Member): boolean => role === 'sync_standby' || role === 'quorum_standby';

const lagBytesMax = 16 * 1024 * 1024;

function replicaTrouble(own: Member | undefined): string | null {
  if (own === undefined) return 'does not belong to the cluster yet';
  if (typeof own.lag !== 'number') return 'does not follow the primary';
  return own.lag > lagBytesMax ? `is ${Math.round(own.lag / 1024 / 1024)} MB behind` : null;
}

function primaryTrouble(members: readonly Member[]): string | null {
  const running = members.filter(
    ({ role, state }) => role !== 'leader' && /^(running|streaming)$/.test(state),
  );
  if (members.some(isSynchronous)) return null;
  return running.length === 0 ? 'nobody follows it' : 'nobody follows it synchronously';
}

/** 150018 is 15.18. */
function versionText(number: number): string | null {
  return number === 0 ? null : `${Math.floor(number / 10_000)}.${number % 10_000}`;
}
