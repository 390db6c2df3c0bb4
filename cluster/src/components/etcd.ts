import { join } from 'node:path';
import { askHttp, readJson } from '../platform/asking.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

export function createEtcd({ folder, files, users }: ComponentDeps): Component {
  const home = (host: Parameters<Component['prepare']>[0]): string => homeOf(folder, host, 'etcd');
  return {
    part: 'etcd',
    prepare(host) {
      const owner = users('etcd');
      makeFolder(home(host), owner);
      makeFolder(join(home(host), 'data'), owner);
      const filling = {
        places: { HERE_NAME: host.name, HERE_ADDRESS: host.address },
        instead: [['/var/lib/etcd/confab', join(home(host), 'data')]] as const,
      };
      files.write('etcd/etcd.conf.yml', join(home(host), 'etcd.conf.yml'), filling, { host, owner });
    },
    program: (host) => ({
      command: ['etcd', '--config-file', join(home(host), 'etcd.conf.yml')],
      user: 'etcd',
    }),
    async isReady({ address }) {
      const answer = await askHttp(`http://${address}:2379/health`);
      return answer?.status === 200 && answer.body.includes('"true"');
    },
    async look({ address }) {
      const [health, status] = await Promise.all([
        askHttp(`http://${address}:2379/health`),
        askHttp(`http://${address}:2379/v3/maintenance/status`, { method: 'POST', body: '{}' }),
      ]);
      const known = readJson(status?.body) as EtcdStatus | null;
      if (known === null) return silent;
      const isLeader = known.leader !== undefined && known.leader === known.header?.member_id;
      const isWell = health?.status === 200;
      return {
        state: isWell ? 'ok' : 'degraded',
        role: isLeader ? 'leader' : 'follower',
        version: known.version ?? null,
        detail: isWell ? kilobytes(known) : health === null ? 'is slow to answer' : 'there is no majority',
      };
    },
  };
}

const kilobytes = ({ dbSize = '0' }: EtcdStatus): string => `${Math.round(Number(dbSize) / 1024)} kB`;

interface EtcdStatus {
  header?: { member_id?: string };
  version?: string;
  dbSize?: string;
  leader?: string;
}
