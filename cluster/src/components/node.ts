import { askHttp, readJson } from '../platform/asking.ts';
import { fullName, hostsWith, type PlannedHost, type Topology } from '../topology.ts';
import type { Secrets } from '../record.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

/** Debian's user nobody. */
const nobody = '65534';

export function createNode(deps: ComponentDeps & { program: readonly string[] }): Component {
  const { folder, topology, secrets, program } = deps;
  return {
    part: 'node',
    prepare: (host) => makeFolder(homeOf(folder, host, 'node'), { uid: Number(nobody), gid: Number(nobody) }),
    program: (host) => ({
      command: [...program, 'start', '--host', '0.0.0.0', '--port', '80', '--node-name', host.name],
      user: nobody,
      env: {
        ...nodeEnvironment({ topology, secrets }),
        CONFAB_DATA: homeOf(folder, host, 'node'),
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

/** What every node and every command for this cluster has to be told. */
export function nodeEnvironment({
  topology,
  secrets,
}: {
  topology: Topology;
  secrets: Secrets;
}): Record<string, string> {
  const sentinels = hostsWith(topology, 'sentinel').map(({ name }) => `${fullName(name)}:26379`);
  return {
    DATABASE_URL: `postgres://confab:${secrets.database}@${fullName('db')}:6432/confab_chat`,
    REDIS_URL: `redis+sentinel://:${secrets.redis}@${sentinels.join(',')}/main?sentinel_password=${secrets.sentinel}`,
    CONFAB_URL: publicUrlOf(topology),
    CONFAB_TRUSTED_PROXIES: hostsWith(topology, 'haproxy')
      .map(({ address }) => address)
      .join(','),
    CONFAB_LOG_FORMAT: 'json',
  };
}

export const publicUrlOf = ({ floating }: Topology): string => `https://${floating.public}`;

export const nodeUrlOf = ({ address }: PlannedHost): string => `http://${address}`;
