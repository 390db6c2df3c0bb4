import { join } from 'node:path';
import { askHttp, readJson } from '../platform/asking.ts';
import { ClusterProblem } from '../problem.ts';
import type { PlannedHost } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

export function createEtcd({ folder, files, users }: ComponentDeps): Component {
  const home = (host: PlannedHost): string => homeOf(folder, host, 'etcd');
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
      const [health, known] = await Promise.all([
        askHttp(`http://${address}:2379/health`),
        askStatus(address),
      ]);
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

/** Makes this host's member etcd's leader. Throws a ClusterProblem when it cannot be. */
export async function leadEtcd(hosts: readonly PlannedHost[], { name, address }: PlannedHost): Promise<void> {
  const own = await askStatus(address);
  const targetID = own?.header?.member_id;
  if (targetID === undefined) throw new ClusterProblem(`etcd on ${name} does not answer`);
  if (own?.leader === targetID) return;
  const all = await Promise.all(
    hosts.map(async (host) => ({ host, id: (await askStatus(host.address))?.header?.member_id })),
  );
  const leader = all.find(({ id }) => id !== undefined && id === own?.leader)?.host;
  const answer =
    leader &&
    (await askHttp(`http://${leader.address}:2379/v3/maintenance/transfer-leadership`, {
      method: 'POST',
      body: JSON.stringify({ targetID }),
    }));
  if (answer?.status !== 200)
    throw new ClusterProblem(
      `etcd does not hand its leadership to ${name}: ${answer?.body ?? 'no leader answers'}`,
    );
}

async function askStatus(address: string): Promise<EtcdStatus | null> {
  const answer = await askHttp(`http://${address}:2379/v3/maintenance/status`, {
    method: 'POST',
    body: '{}',
  });
  return readJson(answer?.body) as EtcdStatus | null;
}

const kilobytes = ({ dbSize = '0' }: EtcdStatus): string => `${Math.round(Number(dbSize) / 1024)} kB`;

interface EtcdStatus {
  header?: { member_id?: string };
  version?: string;
  dbSize?: string;
  leader?: string;
}
