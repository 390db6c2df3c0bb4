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
  /** Namespaces with a switch between them; or, without any, all on this machine's loopback, each on an address of its own. */
  readonly ground: Ground;
  readonly hosts: readonly PlannedHost[];
  /** The namespace with the bridges. */
  readonly switchNamespace: string;
  /** Moves between the balancers. On loopback nothing moves: these are the first balancer's own. */
  readonly floating: { readonly public: string; readonly private: string };
  /** Where nodes listen, and where balancers do over TLS. Ordinary users may not have ports below 1024. */
  readonly ports: { readonly node: number; readonly entrance: number };
  /** Of the machine that all of it runs on. */
  readonly machine: { readonly public: string; readonly private: string };
  /** What those who come from the cluster's machines come from. */
  readonly privateNetwork: string;
}

export type Ground = 'namespaces' | 'loopback';

const domain = 'confab.internal';
const partsOf: Readonly<Record<Role, readonly PartName[]>> = {
  database: ['etcd', 'patroni', 'postgres'],
  redis: ['redis', 'sentinel'],
  files: ['s3'],
  balancer: ['pgbouncer', 'haproxy', 'keepalived'],
  node: ['node'],
};

/** How a cluster is told from others, and where it stands. */
export interface Plan {
  /** What its namespaces begin with. */
  readonly name: string;
  readonly network: string;
  readonly ground: Ground;
}

export function planTopology({ name, network, ground }: Plan): Topology {
  const onLoopback = ground === 'loopback';
  const host = (role: Role, prefix: string, first: number) => (number: number) => {
    const last = first + number;
    return {
      name: `${prefix}${number}`,
      role,
      namespace: `${name}-${prefix}${number}`,
      address: `${network}.0.${last}`,
      publicAddress: role === 'balancer' && !onLoopback ? `${network}.1.${last}` : null,
      // There is no address that could float.
      parts: partsOf[role].filter((part) => !(onLoopback && part === 'keepalived')),
    };
  };
  const balancers = [1, 2].map(host('balancer', 'lb', 1));
  const door = balancers[0]?.address ?? '';
  return {
    ...{ name, network, ground },
    // Data stores first, then who speaks to them.
    hosts: [
      ...[1, 2, 3].map(host('database', 'pg', 30)),
      ...[1, 2, 3].map(host('redis', 'redis', 40)),
      ...[1].map(host('files', 'files', 50)),
      ...balancers,
      ...[1, 2, 3].map(host('node', 'node', 20)),
    ],
    switchNamespace: `${name}-switch`,
    floating: onLoopback
      ? { public: door, private: door }
      : { public: `${network}.1.10`, private: `${network}.0.10` },
    ports: onLoopback ? { node: 8080, entrance: 8443 } : { node: 80, entrance: 443 },
    machine: { public: `${network}.1.1`, private: `${network}.0.1` },
    // Whoever speaks to an address of loopback does it from 127.0.0.1.
    privateNetwork: onLoopback ? '127.0.0.0/8' : `${network}.0.0/24`,
  };
}

/** What an operator may call a cluster: interfaces are named after it, and those names are short. */
export function isClusterName(text: string): boolean {
  return /^[a-z][a-z0-9]{0,7}$/.test(text);
}

/** Two numbers of a private network; of loopback, any but those of 127.0.0.1. */
export function isNetwork(text: string, ground: Ground = 'namespaces'): boolean {
  if (ground === 'loopback') return /^127\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/.test(text);
  const [, first, second] = /^(\d{1,3})\.(\d{1,3})$/.exec(text) ?? [];
  if (first === undefined || second === undefined || Number(second) > 255) return false;
  return (
    first === '10' || text === '192.168' || (first === '172' && Number(second) >= 16 && Number(second) < 32)
  );
}

export function fullName(host: string): string {
  return `${host}.${domain}`;
}

/** How others reach a host; on loopback nobody resolves its name. */
export function nameOrAddress({ ground }: Topology, { name, address }: PlannedHost): string {
  return ground === 'loopback' ? address : fullName(name);
}

/** What /etc/hosts says on every machine of the cluster. */
export function hostsFile({ hosts, floating }: Topology): string {
  return [
    '127.0.0.1 localhost',
    ...hosts.map(({ name, address }) => `${address} ${fullName(name)} ${name}`),
    ...['db', 'redis'].map((service) => `${floating.private} ${fullName(service)}`),
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
