import { fullName, hostsWith, type PlannedHost, type Topology } from '../topology.ts';

/** Text of a file, and what stands in its place. */
type Change = readonly [from: string, to: string];

/**
 * A file of `deploy/` for a cluster on loopback. There nobody resolves a host's name, 127.0.0.1 is nobody's own, a user who
 * is not root starts the programs and may not have ports below 1024, and each balancer is a door of its own.
 * Throws a RangeError when the file no longer has what is changed.
 * @param path below `deploy/`
 * @param isRoot whether programs may become users of their own
 */
export function forLoopback(
  { topology, host, isRoot }: { topology: Topology; host: PlannedHost; isRoot: boolean },
  path: string,
  text: string,
): string {
  const changed = changesOf({ topology, host, isRoot }, path).reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new RangeError(`${path} does not say "${from}" any more`);
    return before.replaceAll(from, to);
  }, text);
  return namesToAddresses(topology, host, changed);
}

function changesOf(
  { topology, host, isRoot }: { topology: Topology; host: PlannedHost; isRoot: boolean },
  path: string,
): readonly Change[] {
  const { ports } = topology;
  const { address } = host;
  const onlyHere: Change = ['bind HERE_ADDRESS 127.0.0.1', 'bind HERE_ADDRESS'];
  switch (path) {
    case 'etcd/etcd.conf.yml':
      return [[',http://127.0.0.1:2379', '']];
    case 'patroni/patroni.yml':
      return [
        // What a killed Postgres leaves in shared memory would outlive the cluster.
        ["hot_standby: 'on'", "hot_standby: 'on'\n        dynamic_shared_memory_type: mmap"],
        // The user who made the cluster need not be called postgres.
        ['local all postgres peer', 'local all postgres scram-sha-256'],
      ];
    case 'redis/redis.conf':
    case 'sentinel/sentinel.conf':
      return [onlyHere];
    case 'pgbouncer/pgbouncer.ini':
      return [
        ['host=127.0.0.1', `host=${address}`],
        ['listen_addr = *', `listen_addr = ${address}`],
      ];
    case 'haproxy/haproxy.cfg':
      return [
        ...(isRoot ? [] : ([['    user haproxy\n    group haproxy\n', '']] as const)),
        ['bind chat.confab.internal:80', `bind ${address}:${ports.node}`],
        ['bind chat.confab.internal:443', `bind ${address}:${ports.entrance}`],
        ['redirect scheme https code 301', `redirect prefix https://${address}:${ports.entrance} code 301`],
        ['    bind 127.0.0.1:5432\n', ''],
        ['127.0.0.1:6432', `${address}:6432`],
        ['127.0.0.1:8404', `${address}:8404`],
        ...hostsWith(topology, 'node').map(({ name, address: there }): Change => [
          `${name}.confab.internal:80 `,
          `${there}:${ports.node} `,
        ]),
      ];
    case 'systemd/confab.env':
      return [
        ...[5432, 6432].map((port): Change => [`@db.confab.internal:${port}`, `@${doors(topology, port)}`]),
        ['CONFAB_HOST=0.0.0.0', `CONFAB_HOST=${address}`],
        ['CONFAB_PORT=80', `CONFAB_PORT=${ports.node}`],
      ];
    default:
      return [];
  }
}

/** Nodes try both balancers, since no address moves between them. */
const doors = (topology: Topology, port: number): string =>
  hostsWith(topology, 'haproxy')
    .map(({ address }) => `${address}:${port}`)
    .join(',');

function namesToAddresses(topology: Topology, host: PlannedHost, text: string): string {
  const named = topology.hosts.map(({ name, address }): Change => [fullName(name), address]);
  const own: Change[] = ['chat', 'db', 'redis'].map((name) => [fullName(name), host.address]);
  const any: Change = ['HERE_NAME.confab.internal', 'HERE_ADDRESS'];
  const addresses = new Map([any, ...own, ...named]);
  // What a node is called is no address.
  return text.replace(/(?<!NODE_NAME=)\b\w+\.confab\.internal\b/g, (name) => addresses.get(name) ?? name);
}
