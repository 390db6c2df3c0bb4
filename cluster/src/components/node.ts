import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { diskOf, mountDisk } from '../hosts/disks.ts';
import { askHttp, readJson } from '../platform/asking.ts';
import { hostsWith, type PlannedHost, type Topology } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';
import { filesSettings } from './s3.ts';

/** Debian's user nobody. */
const nobody = '65534';

export function createNode(deps: ComponentDeps & { program: readonly string[] }): Component {
  const { folder, topology, secrets, program, files } = deps;
  const urlOf = (host: PlannedHost, path: string): string => `${nodeUrlOf(topology, host)}${path}`;
  return {
    part: 'node',
    async prepare(host) {
      const owner = deps.users('nobody');
      if (topology.ground === 'loopback') return makeFolder(dataOf(folder, topology, host), owner);
      const disk = diskOf(folder, host);
      makeFolder(disk, deps.users('root'));
      await mountDisk(disk, host, deps.machine);
      for (const path of [dataOf(folder, topology, host), temporaryOf(disk)]) makeFolder(path, owner);
      // Who looks for the log finds it where all logs are.
      const log = deps.programs.logFile(host, 'node');
      mkdirSync(dirname(log), { recursive: true });
      symlinkSync(join(disk, 'node.log'), log);
    },
    program: (host) => ({
      // Those who start the program have the machine's own clock.
      command: [...clockOf(folder, host), ...program, 'start'],
      user: nobody,
      env: {
        ...nodeEnvironment({ topology, secrets, files, host }),
        CONFAB_DATA: dataOf(folder, topology, host),
        ...(topology.ground === 'loopback' ? {} : { TMPDIR: temporaryOf(diskOf(folder, host)) }),
        ...filesSettings(topology),
        HOME: '/nonexistent',
      },
    }),
    isReady: async (host) => (await askHttp(urlOf(host, '/readyz')))?.status === 200,
    async look(host) {
      const [health, ready, figures] = await Promise.all([
        askHttp(urlOf(host, '/healthz')),
        askHttp(urlOf(host, '/readyz')),
        askHttp(urlOf(host, '/metrics')),
      ]);
      if (health === null) return silent;
      const { version = null } = (readJson(health.body) as { version?: string } | null) ?? {};
      const { why } = (readJson(ready?.body) as { why?: string } | null) ?? {};
      const connections = /^confab_connections(?:\{[^}]*\})? (\d+)/m.exec(figures?.body ?? '')?.[1];
      const isReady = ready?.status === 200;
      return {
        state: isReady ? 'ok' : 'degraded',
        role: isReady ? 'serving' : 'not ready',
        version,
        detail: isReady ? `${connections ?? '?'} connections` : (why ?? 'does not say why'),
      };
    },
  };
}

function dataOf(folder: string, { ground }: Topology, host: PlannedHost): string {
  return ground === 'loopback' ? homeOf(folder, host, 'node') : join(diskOf(folder, host), 'data');
}

const temporaryOf = (disk: string): string => join(disk, 'tmp');

/** While it is there, a node that starts has a clock of its own: so many seconds ahead of the machine's, such as `+300`. */
export function clockFile(folder: string, host: PlannedHost): string {
  return join(folder, 'hosts', host.name, 'clock');
}

/** By libfaketime, which looks into the file once a second; what runs by the clock since the start is left alone. */
function clockOf(folder: string, host: PlannedHost): string[] {
  const file = clockFile(folder, host);
  if (!existsSync(file)) return [];
  return [
    ...['env', 'LD_PRELOAD=/usr/$LIB/faketime/libfaketimeMT.so.1', `FAKETIME_TIMESTAMP_FILE=${file}`],
    ...['FAKETIME_CACHE_DURATION=1', 'FAKETIME_DONT_FAKE_MONOTONIC=1', 'DONT_FAKE_MONOTONIC=1'],
  ];
}

/** What every node and every command for this cluster has to be told, from the file that systemd would read. */
export function nodeEnvironment(
  deps: Pick<ComponentDeps, 'topology' | 'secrets' | 'files'> & { host: PlannedHost },
): Record<string, string> {
  const { topology, secrets, files, host } = deps;
  const filling = {
    places: {
      SECRET_DATABASE: secrets.database,
      SECRET_REDIS: secrets.redis,
      SECRET_SENTINEL: secrets.sentinel,
    },
    instead: [
      ['CONFAB_URL=https://chat.example.org', `CONFAB_URL=${publicUrlOf(topology)}`],
      ['CONFAB_NODE_NAME=node1.confab.internal', `CONFAB_NODE_NAME=${host.name}`],
      ['CONFAB_TRUSTED_PROXIES=10.0.0.0/24', `CONFAB_TRUSTED_PROXIES=${balancersOf(topology)}`],
    ] as const,
  };
  const text = files.read('systemd/confab.env', filling, host);
  return { ...(parseEnv(text) as Record<string, string>), CONFAB_LOG_FORMAT: 'json' };
}

/** Where balancers' words come from; on loopback everybody's come from 127.0.0.1. */
function balancersOf(topology: Topology): string {
  if (topology.ground === 'loopback') return topology.privateNetwork;
  return hostsWith(topology, 'haproxy')
    .map(({ address }) => address)
    .join(',');
}

export function publicUrlOf({ floating, ports }: Topology): string {
  return `https://${floating.public}${ports.entrance === 443 ? '' : `:${ports.entrance}`}`;
}

export function nodeUrlOf({ ports }: Topology, { address }: PlannedHost): string {
  return `http://${address}${ports.node === 80 ? '' : `:${ports.node}`}`;
}
