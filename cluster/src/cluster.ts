import { rmSync, writeFileSync } from 'node:fs';
import { leadEtcd } from './components/etcd.ts';
import { holdersOf } from './components/keepalived.ts';
import { clockFile, nodeUrlOf, publicUrlOf } from './components/node.ts';
import { primaryOf } from './components/patroni.ts';
import { failOver, masterOf } from './components/redis.ts';
import { diskOf, emptyDisk, fillDisk } from './hosts/disks.ts';
import { machineAsHost } from './hosts/network.ts';
import { createMachine, until } from './platform/machine.ts';
import type { Signal } from './platform/processes.ts';
import { ClusterProblem } from './problem.ts';
import { openRecord, type OwnerAccount } from './record.ts';
import { certificateFiles, createSite, type Site } from './site.ts';
import { isSettled, readStatus, type StatusRow } from './status.ts';
import { hostNamed, hostsWith, type Ground, type PartName, type PlannedHost, type Role } from './topology.ts';

/** A cluster that `up` made: where its people go, and everything that can be done to its machines. */
export interface Cluster {
  readonly folder: string;
  /** On `loopback` nothing of the network can be hurt, and no address moves. */
  readonly ground: Ground;
  readonly publicUrl: string;
  /** The certificate of who signed the balancers': to be trusted, in PEM. */
  readonly caFile: string;
  readonly owner: OwnerAccount;
  readonly hosts: readonly ClusterHostFacts[];
  /** Each node by itself, reached without a balancer. */
  readonly nodes: readonly { readonly name: string; readonly url: string }[];
  /** Throws a RangeError for a name that is not in `hosts`. */
  host(name: string): ClusterHost;
  /** No word passes between the two groups; `machine` is whoever runs outside, this process too. Adds to what is cut. */
  partition(one: readonly string[], other: readonly string[]): Promise<void>;
  /** Of a hundred frames to or from the host so many get lost, until all is healed. */
  lose(host: string, percent: number): Promise<void>;
  /** Every frame to the host and from it takes so much longer, until all is healed. One host at a time. */
  slow(host: string, eachWayMs: number): Promise<void>;
  /** The Sentinels make another Redis the master, although nothing is wrong with this one. */
  failRedisOver(): Promise<void>;
  /** Etcd's member on the host leads from now on. */
  leadEtcd(host: string): Promise<void>;
  /** Takes every partition away and puts every cable in, but those of hosts that are off. */
  healAll(): Promise<void>;
  /** Who has which task now. */
  parts(): Promise<PartsNow>;
  status(): Promise<StatusRow[]>;
  /** Resolves when everything is as it should be; throws a ClusterProblem that lists what is not, when it takes too long. */
  settled(options?: { timeoutMs?: number }): Promise<void>;
}

export interface ClusterHostFacts {
  readonly name: string;
  readonly address: string;
  readonly role: Role;
  readonly parts: readonly PartName[];
  readonly isOff: boolean;
}

export interface ClusterHost {
  readonly name: string;
  /** As if its power went. */
  crash(): Promise<void>;
  /** After a crash: its own addresses, its cables, and every part, started but not yet ready. */
  boot(): Promise<void>;
  /** Nobody hears it and it hears nobody; it sees nothing of it. */
  cut(): Promise<void>;
  heal(): Promise<void>;
  /** All of its programs stand still. */
  freeze(): void;
  thaw(): void;
  /** `postgres` is Patroni's child, which is started again by Patroni. Throws a ClusterProblem when the part does not run. */
  signal(part: PartName, signal: Signal): void;
  /**
   * How far ahead of the machine's the clock of its node is, for a node that was started after this was said; null: it has the
   * machine's, once it is started again.
   */
  setClock(aheadSeconds: number | null): void;
  /** Nothing happens when it runs; one that was told to end is awaited first. */
  start(part: PartName): Promise<void>;
  /** A node's own, with its data and its log: not one byte more. Throws a ClusterProblem where it has none of its own. */
  fillDisk(): void;
  emptyDisk(): void;
}

export interface PartsNow {
  /** The host whose Postgres takes writes; null while there is none. */
  readonly primary: string | null;
  /** What at least two Sentinels call the master. */
  readonly master: string | null;
  /** The balancer with the floating address; null while none or several have it. On loopback the one that people come to. */
  readonly holder: string | null;
}

/** Throws a ClusterProblem when no cluster was made in the folder, or when it did not come up. */
export function openCluster(folder: string): Cluster {
  const machine = createMachine();
  const record = openRecord(folder);
  const { complete, owner } = record.read();
  if (!complete || owner === null)
    throw new ClusterProblem(`the cluster in ${folder} did not come up: take it away by confab cluster down`);
  return createCluster(createSite({ folder, record, machine }), owner);
}

function createCluster(site: Site, owner: OwnerAccount): Cluster {
  const { folder, topology, network, switches, record, machine } = site;
  const planned = (name: string): PlannedHost =>
    name === 'machine' ? machineAsHost(topology) : hostNamed(topology, name);
  return {
    folder,
    ground: topology.ground,
    publicUrl: publicUrlOf(topology),
    caFile: certificateFiles(folder).ca,
    owner,
    get hosts() {
      const { off } = record.read();
      return topology.hosts.map(({ name, address, role, parts }) => ({
        ...{ name, address, role, parts },
        isOff: off.includes(name),
      }));
    },
    nodes: hostsWith(topology, 'node').map((host) => ({ name: host.name, url: nodeUrlOf(topology, host) })),
    host: (name) => createHost(site, hostNamed(topology, name)),
    partition: (one, other) => network.partition(one.map(planned), other.map(planned)),
    lose: (host, percent) => network.lose(hostNamed(topology, host), percent),
    slow: (host, eachWayMs) => network.slow(hostNamed(topology, host), eachWayMs),
    failRedisOver: () => failOver({ topology, secrets: record.read().secrets }),
    leadEtcd: (host) => leadEtcd(hostsWith(topology, 'etcd'), hostNamed(topology, host)),
    async healAll() {
      await network.healPartitions();
      await network.heal(topology.hosts.filter((host) => !switches.isOff(host)));
    },
    async parts() {
      const [primary, master, holders] = await Promise.all([
        primaryOf(hostsWith(topology, 'postgres')),
        masterOf({ topology, secrets: record.read().secrets }),
        holdersOf({ topology, network }),
      ]);
      return {
        primary: primary?.name ?? null,
        master: master?.name ?? null,
        holder: holders.length === 1 ? (holders[0]?.name ?? null) : null,
      };
    },
    status: () => readStatus(site),
    settled: ({ timeoutMs = 90_000 } = {}) => untilSettled(site, { machine, timeoutMs }),
  };
}

/** Throws a ClusterProblem that lists what is not as it should be. */
export async function untilSettled(
  site: Site,
  { machine, timeoutMs }: { machine: Site['machine']; timeoutMs: number },
): Promise<void> {
  let rows: readonly StatusRow[] = [];
  const holds = async (): Promise<boolean> => isSettled((rows = await readStatus(site)));
  if (await until(machine, { timeoutMs, everyMs: 1_000 }, holds)) return;
  const wrong = rows.filter(({ state }) => state !== 'ok');
  const list = wrong.map(({ host, part, state, detail }) => `${part} on ${host} is ${state} (${detail})`);
  throw new ClusterProblem(
    `after ${Math.round(timeoutMs / 1000)} s not all is well: ${list.join('; ') || 'there is no primary'}`,
  );
}

function createHost({ folder, network, switches }: Site, host: PlannedHost): ClusterHost {
  return {
    name: host.name,
    crash: () => switches.crash(host),
    boot: () => switches.boot(host),
    cut: () => network.cut(host),
    heal: () => network.heal([host]),
    freeze: () => switches.signalAll(host, 'SIGSTOP'),
    thaw: () => switches.signalAll(host, 'SIGCONT'),
    signal: (part, signal) => switches.signal(host, part, signal),
    setClock(aheadSeconds) {
      const file = clockFile(folder, host);
      if (aheadSeconds === null) rmSync(file, { force: true });
      else writeFileSync(file, `+${aheadSeconds}\n`);
    },
    start: (part) => switches.start(host, part),
    fillDisk: () => fillDisk(diskOf(folder, host)),
    emptyDisk: () => emptyDisk(diskOf(folder, host)),
  };
}
