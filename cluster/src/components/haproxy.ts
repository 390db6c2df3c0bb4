import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askSocket } from '../platform/asking.ts';
import { hostsWith, type PlannedHost } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

export function createHaproxy(deps: ComponentDeps & { certificateFile: string }): Component {
  const { folder, files, programs, users, topology, secrets, certificateFile } = deps;
  const home = (host: PlannedHost): string => homeOf(folder, host, 'haproxy');
  return {
    part: 'haproxy',
    async prepare(host) {
      makeFolder(home(host), users('root'));
      writeFileSync(join(home(host), 'chat.pem'), readFileSync(certificateFile), { mode: 0o600 });
      const filling = {
        instead: [
          ['/run/haproxy/admin.sock', adminSocket(folder, host)],
          ['/etc/haproxy/chat.pem', join(home(host), 'chat.pem')],
        ] as const,
      };
      files.write('haproxy/haproxy.cfg', join(home(host), 'haproxy.cfg'), filling, { host });
      const places = { SECRET_REDIS: secrets.redis, SECRET_SENTINEL: secrets.sentinel };
      files.write('haproxy/redis.cfg', join(home(host), 'redis.cfg'), { places }, { host });
      // What an address that another machine has needs; on loopback there is none.
      if (topology.ground === 'loopback') return;
      const kernelSettings = join(home(host), 'sysctl.conf');
      files.write('haproxy/sysctl.conf', kernelSettings, {}, { host });
      await programs.run(host, { command: ['sysctl', '-q', '-p', kernelSettings] });
    },
    program: (host) => ({
      command: [
        ...['haproxy', '-db', '-f', join(home(host), 'haproxy.cfg')],
        ...['-f', join(home(host), 'redis.cfg')],
      ],
    }),
    // Its own page of health listens on that machine alone.
    isReady: async (host) => (await askAdmin(folder, host, 'show info')) !== null,
    async look(host) {
      const [info, stat] = await Promise.all([
        askAdmin(folder, host, 'show info'),
        askAdmin(folder, host, 'show stat'),
      ]);
      if (info === null || stat === null) return silent;
      const servers = readStat(stat);
      const nodes = servers.filter(({ backend, isUp }) => backend === 'nodes' && isUp);
      const primaries = servers.filter(({ backend, isUp }) => backend === 'database' && isUp);
      const wanted = hostsWith(topology, 'node').length;
      const connections = /^CurrConns: (\d+)/m.exec(info)?.[1] ?? '?';
      const primary = primaries.map(({ name }) => name).join(' and ') || 'none';
      return {
        state:
          nodes.length === 0 || primaries.length !== 1 ? 'down' : nodes.length < wanted ? 'degraded' : 'ok',
        role: null,
        version: /^Version: (\S+)/m.exec(info)?.[1] ?? null,
        detail: `${nodes.length} of ${wanted} nodes, primary ${primary}, ${connections} connections`,
      };
    },
  };
}

export function adminSocket(folder: string, host: PlannedHost): string {
  return join(homeOf(folder, host, 'haproxy'), 'admin.sock');
}

const askAdmin = (folder: string, host: PlannedHost, question: string): Promise<string | null> =>
  askSocket({ path: adminSocket(folder, host) }, `${question}\n`);

export interface BalancedServer {
  readonly backend: string;
  readonly name: string;
  readonly isUp: boolean;
}

/** Reads what `show stat` answers: a line per server, comma-separated, the first line naming the columns. */
export function readStat(text: string): BalancedServer[] {
  const [first = '', ...lines] = text.trim().split('\n');
  const status = first.split(',').indexOf('status');
  return lines
    .map((line) => line.split(','))
    .filter(([, name]) => name !== 'FRONTEND' && name !== 'BACKEND' && name !== undefined)
    .map((cells) => ({
      backend: cells[0] ?? '',
      name: cells[1] ?? '',
      isUp: (cells[status] ?? '').startsWith('UP'),
    }));
}
