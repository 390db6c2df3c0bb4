import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { fillIn } from '../deploy-files.ts';
import { askHttp, readJson } from '../platform/asking.ts';
import { hostsWith, type PlannedHost, type Topology } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';
import { filesSettings } from './s3.ts';

/** Debian's user nobody. */
const nobody = '65534';

export function createNode(
  deps: ComponentDeps & { program: readonly string[]; deployFolder: string },
): Component {
  const { folder, topology, secrets, program, deployFolder } = deps;
  return {
    part: 'node',
    prepare(host) {
      makeFolder(homeOf(folder, host, 'node'), { uid: Number(nobody), gid: Number(nobody) });
    },
    program: (host) => ({
      // Those who start the program have the machine's own clock.
      command: [...clockOf(folder, host), ...program, 'start'],
      user: nobody,
      env: {
        ...nodeEnvironment({ topology, secrets, deployFolder, host }),
        CONFAB_DATA: homeOf(folder, host, 'node'),
        ...filesSettings(topology),
        HOME: '/nonexistent',
      },
    }),
    isReady: async ({ address }) => (await askHttp(`http://${address}/readyz`))?.status === 200,
    async look({ address }) {
      const [health, ready, figures] = await Promise.all([
        askHttp(`http://${address}/healthz`),
        askHttp(`http://${address}/readyz`),
        askHttp(`http://${address}/metrics`),
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

/** While it is there, a node that starts has a clock of its own: so many seconds ahead of the machine's, such as `+300`. */
export function clockFile(folder: string, host: PlannedHost): string {
  return join(homeOf(folder, host, 'node'), '..', 'clock');
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
  deps: Pick<ComponentDeps, 'topology' | 'secrets'> & { deployFolder: string; host: PlannedHost },
): Record<string, string> {
  const { topology, secrets, deployFolder, host } = deps;
  const path = 'systemd/confab.env';
  const balancers = hostsWith(topology, 'haproxy').map(({ address }) => address);
  const text = fillIn(path, readFileSync(join(deployFolder, path), 'utf8'), {
    places: {
      SECRET_DATABASE: secrets.database,
      SECRET_REDIS: secrets.redis,
      SECRET_SENTINEL: secrets.sentinel,
    },
    instead: [
      ['CONFAB_URL=https://chat.example.org', `CONFAB_URL=${publicUrlOf(topology)}`],
      ['CONFAB_NODE_NAME=node1.confab.internal', `CONFAB_NODE_NAME=${host.name}`],
      ['CONFAB_TRUSTED_PROXIES=10.0.0.0/24', `CONFAB_TRUSTED_PROXIES=${balancers.join(',')}`],
    ],
  });
  return { ...(parseEnv(text) as Record<string, string>), CONFAB_LOG_FORMAT: 'json' };
}

export const publicUrlOf = ({ floating }: Topology): string => `https://${floating.public}`;

export const nodeUrlOf = ({ address }: PlannedHost): string => `http://${address}`;
