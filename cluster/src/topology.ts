/** Which machine runs what, under which name and address. Pure: nothing here has to exist. */

/** What runs on a machine; `postgres` belongs to Patroni, which starts it. */
export const partNames = [
  'etcd',
  'patroni',
  'postgres',
  'redis',
  'sentinel',
  's3',
  'pgbouncer',
  'haproxy',
  'keepalived',
  'node',
] as const;
export type PartName = (typeof partNames)[number];

export type Role = 'balancer' | 'node' | 'database' | 'redis' | 'files';

export interface PlannedHost {
  /** Such as `pg1`; in files `pg1.confab.internal`. */
  readonly name: string;
  readonly role: Role;
  readonly namespace: string;
  /** In the network of the machines. */
  readonly address: string;
  /** In the network that people come from; balancers only. */
  readonly publicAddress: string | null;
  /** In the order in which they start. */
  readonly parts: readonly PartName[];
}

export interface Topology {
  /** What namespaces of this cluster begin with. */
  readonly name: string;
  /** The first two numbers of all addresses, such as `10.77`. */
  readonly network: string;
  readonly hosts: readonly PlannedHost[];
  /** The namespace with the bridges. */
  readonly switchNamespace: string;
  /** Moves between the balancers. */
  readonly floating: { readonly public: string; readonly private: string };
  /** Of the machine that all of it runs on. */
  readonly machine: { readonly public: string; readonly private: string };
  readonly privateNetwork: string;
}

const domain = 'confab.internal';
const partsOf: Readonly<Record<Role, readonly PartName[]>> = {
  database: ['etcd', 'patroni', 'postgres'],
  redis: ['redis', 'sentinel'],
  files: ['s3'],
  balancer: ['pgbouncer', 'haproxy', 'keepalived'],
  node: ['node'],
};

/** @param named the beginning of its namespaces, and the first two numbers of its addresses */
export function planTopology({ name, network }: { name: string; network: string }): Topology {
  const host = (role: Role, prefix: string, first: number) => (number: number) => {
    const last = first + number;
    return {
      name: `${prefix}${number}`,
      role,
      namespace: `${name}-${prefix}${number}`,
      address: `${network}.0.${last}`,
      publicAddress: role === 'balancer' ? `${network}.1.${last}` : null,
      parts: partsOf[role],
    };
  };
  return {
    name,
    network,
    // Data stores first, then who speaks to them.
    hosts: [
      ...[1, 2, 3].map(host('database', 'pg', 30)),
      ...[1, 2, 3].map(host('redis', 'redis', 40)),
      ...[1].map(host('files', 'files', 50)),
      ...[1, 2].map(host('balancer', 'lb', 1)),
      ...[1, 2, 3].map(host('node', 'node', 20)),
    ],
    switchNamespace: `${name}-switch`,
    floating: { public: `${network}.1.10`, private: `${network}.0.10` },
    machine: { public: `${network}.1.1`, private: `${network}.0.1` },
    privateNetwork: `${network}.0.0/24`,
  };
}

/** What an operator may call a cluster: interfaces are named after it, and those names are short. */
export function isClusterName(text: string): boolean {
  return /^[a-z][a-z0-9]{0,7}$/.test(text);
}

/** Two numbers of a private network. */
export function isNetwork(text: string): boolean {
  const [, first, second] = /^(\d{1,3})\.(\d{1,3})$/.exec(text) ?? [];
  if (first === undefined || second === undefined || Number(second) > 255) return false;
  return (
    first === '10' || text === '192.168' || (first === '172' && Number(second) >= 16 && Number(second) < 32)
  );
}

export function fullName(host: string): string {
  return `${host}.${domain}`;
}

/** What /etc/hosts says on every machine of the cluster. */
export function hostsFile({ hosts, floating }: Topology): string {
  return [
    '127.0.0.1 localhost',
    ...hosts.map(({ name, address }) => `${address} ${fullName(name)} ${name}`),
    `${floating.private} ${fullName('db')}`,
    `${floating.public} ${fullName('chat')}`,
    '',
  ].join('\n');
}

/** @throws RangeError for a host that is not there */
export function hostNamed({ hosts }: Topology, name: string): PlannedHost {
  const found = hosts.find((host) => host.name === name);
  if (found === undefined)
    throw new RangeError(`no host is called ${name}; there are ${hosts.map((host) => host.name).join(', ')}`);
  return found;
}

export function hostsWith({ hosts }: Topology, part: PartName): readonly PlannedHost[] {
  return hosts.filter(({ parts }) => parts.includes(part));
}
