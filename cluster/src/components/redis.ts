import { join } from 'node:path';
import { askSocket } from '../platform/asking.ts';
import { ClusterProblem } from '../problem.ts';
import { fullName, hostsWith, type PlannedHost } from '../topology.ts';
import { homeOf, makeFolder, silent, type Component, type ComponentDeps } from './component.ts';

/** The one that is the master at first; deploy/redis/replica.conf names it, and deploy/sentinel/sentinel.conf. */
const firstMaster = 'redis1';

export function createRedis({ folder, files, users, secrets, topology }: ComponentDeps): Component {
  const home = (host: PlannedHost): string => homeOf(folder, host, 'redis');
  return {
    part: 'redis',
    prepare(host) {
      const owner = users('redis');
      makeFolder(home(host), owner);
      makeFolder(join(home(host), 'data'), owner);
      const parts = ['redis/redis.conf', ...(host.name === firstMaster ? [] : ['redis/replica.conf'])];
      const filling = {
        places: { HERE_NAME: host.name, HERE_ADDRESS: host.address, SECRET_REDIS: secrets.redis },
        instead: [['dir /var/lib/redis', `dir ${join(home(host), 'data')}`]] as const,
      };
      files.write(parts, join(home(host), 'redis.conf'), filling, { host, owner });
    },
    program: (host) => ({ command: ['redis-server', join(home(host), 'redis.conf')], user: 'redis' }),
    isReady: async ({ address }) => (await askRedis({ address, password: secrets.redis })) !== null,
    async look({ address }) {
      const facts = await askRedis({ address, password: secrets.redis });
      if (facts === null) return silent;
      const version = facts.get('redis_version') ?? null;
      if (facts.get('role') === 'master') {
        const followed = Number(facts.get('connected_slaves'));
        const wanted = hostsWith(topology, 'redis').length - 1;
        const detail = `${followed} of ${wanted} follow it, ${facts.get('connected_clients') ?? '?'} connections`;
        return { state: followed === wanted ? 'ok' : 'degraded', role: 'master', version, detail };
      }
      const isLinked = facts.get('master_link_status') === 'up';
      const of = shortName(facts.get('master_host') ?? '?', topology.hosts);
      const detail = isLinked ? `follows ${of}` : `does not reach ${of}`;
      return { state: isLinked ? 'ok' : 'degraded', role: 'replica', version, detail };
    },
  };
}

export function createSentinel({
  folder,
  files,
  users,
  secrets,
  timing,
  topology,
}: ComponentDeps): Component {
  const home = (host: PlannedHost): string => homeOf(folder, host, 'sentinel');
  return {
    part: 'sentinel',
    prepare(host) {
      const owner = users('redis');
      makeFolder(home(host), owner);
      const filling = {
        places: {
          HERE_NAME: host.name,
          HERE_ADDRESS: host.address,
          SECRET_REDIS: secrets.redis,
          SECRET_SENTINEL: secrets.sentinel,
        },
        instead: [
          ['dir /var/lib/redis', `dir ${home(host)}`],
          ...(timing === 'quick' ? ([['main 5000', 'main 2000']] as const) : []),
        ] as const,
      };
      files.write('sentinel/sentinel.conf', join(home(host), 'sentinel.conf'), filling, { host, owner });
    },
    program: (host) => ({ command: ['redis-sentinel', join(home(host), 'sentinel.conf')], user: 'redis' }),
    isReady: async (host) => (await askSentinel(host, secrets.sentinel)) !== null,
    async look(host) {
      const facts = await askSentinel(host, secrets.sentinel);
      if (facts === null) return silent;
      const [, status, master = '?', replicas, sentinels] =
        /status=(\w+),address=(\S+?):\d+,slaves=(\d+),sentinels=(\d+)/.exec(facts.get('master0') ?? '') ?? [];
      const wanted = hostsWith(topology, 'sentinel').length;
      const isWhole = status === 'ok' && Number(sentinels) === wanted && Number(replicas) === wanted - 1;
      return {
        state: isWhole ? 'ok' : 'degraded',
        role: null,
        version: facts.get('redis_version') ?? null,
        detail: `master ${shortName(master, topology.hosts)}, knows ${replicas ?? 0} replicas and ${sentinels ?? 0} Sentinels`,
      };
    },
  };
}

/** The host that two Sentinels or more say is the master; null while they do not agree. */
export async function masterOf({
  topology,
  secrets,
}: Pick<ComponentDeps, 'topology' | 'secrets'>): Promise<PlannedHost | null> {
  const sentinels = hostsWith(topology, 'sentinel');
  const answers = await Promise.all(sentinels.map((host) => askSentinel(host, secrets.sentinel)));
  const named = answers.map((facts) => /address=(\S+?):\d+/.exec(facts?.get('master0') ?? '')?.[1]);
  const master = sentinels.find(
    ({ name, address }) => named.filter((one) => one === fullName(name) || one === address).length >= 2,
  );
  return master ?? null;
}

/** Throws a ClusterProblem when no Sentinel wants to. */
export async function failOver({
  topology,
  secrets,
}: Pick<ComponentDeps, 'topology' | 'secrets'>): Promise<void> {
  const [first] = hostsWith(topology, 'sentinel');
  const where = { host: first?.address ?? '', port: sentinelPort };
  const words = `AUTH ${secrets.sentinel}\r\nSENTINEL FAILOVER main\r\nPING\r\n`;
  const answer = await askSocket(where, words, { isWhole: (text) => text.endsWith('+PONG\r\n') });
  if (answer === null || /^-/m.test(answer))
    throw new ClusterProblem(`Sentinel does not hand over: ${answer?.trim() ?? 'no answer'}`);
}

const sentinelPort = 26_379;

const askSentinel = ({ address }: PlannedHost, password: string) =>
  askRedis({ address, password, port: sentinelPort });

interface RedisQuestion {
  address: string;
  password: string;
  port?: number;
}

/** What INFO says, by name; null when there is no answer. */
async function askRedis({
  address,
  password,
  port = 6379,
}: RedisQuestion): Promise<ReadonlyMap<string, string> | null> {
  const answer = await askSocket({ host: address, port }, `AUTH ${password}\r\nINFO\r\nPING\r\n`, {
    isWhole: (text) => text.endsWith('+PONG\r\n'),
  });
  if (answer === null || !answer.includes('redis_version:')) return null;
  const lines = answer.split('\r\n').filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}

function shortName(text: string, hosts: readonly PlannedHost[] = []): string {
  return hosts.find(({ address }) => address === text)?.name ?? text.replace(/\.confab\.internal$/, '');
}
