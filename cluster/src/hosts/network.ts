import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed, type Machine } from '../platform/machine.ts';
import { killOne, processesIn } from '../platform/processes.ts';
import { ClusterProblem } from '../problem.ts';
import { hostsFile, type PlannedHost, type Topology } from '../topology.ts';
import { relayCommand, slowLines, slowPair } from './slow-link.ts';
import { cutChain, cutRules, lossRules, noCuts, portsOf } from './cut-rules.ts';

/** Machines that are network namespaces, on a switch that is one too. Nothing but `build` and `remove` makes or ends any. */
export interface Network {
  build(): Promise<void>;
  /** The host's cables at the switch's end: the host itself sees nothing of it. */
  cut(host: PlannedHost): Promise<void>;
  heal(hosts: readonly PlannedHost[]): Promise<void>;
  /** Between two groups; `machine` stands for everything that runs outside the cluster. */
  partition(one: readonly PlannedHost[], other: readonly PlannedHost[]): Promise<void>;
  /** Whole numbers, of a hundred frames to or from the host. */
  lose(host: PlannedHost, percent: number): Promise<void>;
  /** Every frame to the host and every frame from it comes so much later, in the network of the machines. One host at a time. */
  slow(host: PlannedHost, eachWayMs: number): Promise<void>;
  /** And what was to be lost or late arrives again, and in time. */
  healPartitions(): Promise<void>;
  /** As it is after a start: the addresses that are always its own, and none that floated there. */
  resetAddresses(host: PlannedHost): Promise<void>;
  /** A machine without power has none, although its namespace would keep them. */
  dropAddresses(host: PlannedHost): Promise<void>;
  addressesOf(host: PlannedHost): Promise<string[]>;
  processesOn(host: PlannedHost): number[];
}

const namesFolder = '/etc/netns';
const masks = 24;

export function createNetwork(deps: { topology: Topology; machine: Machine }): Network {
  const { topology, machine } = deps;
  const { switchNamespace, hosts } = topology;
  const inSwitch = (lines: readonly string[]): Promise<string> =>
    machine.run(['ip', '-n', switchNamespace, '-batch', '-'], { input: lines.join('\n') });
  const rules = (text: string): Promise<string> =>
    machine.run(['ip', 'netns', 'exec', switchNamespace, 'nft', '-f', '-'], { input: text });
  const setCables = (some: readonly PlannedHost[], state: 'up' | 'down') =>
    inSwitch(some.flatMap(portsOf).map((port) => `link set ${port} ${state}`));
  const onHost = (host: PlannedHost, lines: readonly string[]): Promise<string> =>
    machine.run(['ip', '-n', host.namespace, '-batch', '-'], { input: lines.join('\n') });

  /** Nothing else runs in the switch but what makes a link slow; a pair of interfaces ends with one of the two. */
  const quicken = async (): Promise<void> => {
    for (const pid of processesIn([switchNamespace])) killOne(pid, 'SIGKILL');
    await machine.run(['ip', '-n', switchNamespace, 'link', 'delete', slowPair[0]]).catch(() => '');
    await inSwitch(hosts.map(({ name }) => `link set ${name}-0 master private`));
  };

  const resetAddresses = async (host: PlannedHost): Promise<void> => {
    const own = interfacesOf(host);
    await onHost(host, [
      ...own.flatMap(([device]) => [`addr flush dev ${device}`, `link set ${device} up`]),
      ...own.map(([device, address]) => `addr add ${address}/${masks} dev ${device}`),
    ]);
  };

  return {
    async build() {
      writeNames(topology);
      const namespaces = [switchNamespace, ...hosts.map(({ namespace }) => namespace)];
      await machine.run(['ip', '-batch', '-'], {
        input: namespaces.map((one) => `netns add ${one}`).join('\n'),
      });
      await machine.run(['ip', '-batch', '-'], { input: cables(topology).join('\n') });
      await inSwitch(switchLines(topology));
      await rules(cutChain);
      await Promise.all(
        hosts.map(async (host) => {
          await onHost(host, ['link set lo up']);
          await resetAddresses(host);
          // Who serves on ports below 1024 here is nobody's root.
          await machine.run([
            'ip',
            'netns',
            'exec',
            host.namespace,
            'sysctl',
            '-qw',
            'net.ipv4.ip_unprivileged_port_start=0',
          ]);
        }),
      );
    },
    cut: async (host) => void (await setCables([host], 'down')),
    heal: async (some) => void (await setCables(some, 'up')),
    partition: async (one, other) =>
      void (await rules(cutRules(one.flatMap(portsOf), other.flatMap(portsOf)))),
    lose: async (host, percent) => void (await rules(lossRules(portsOf(host), percent))),
    async slow(host, eachWayMs) {
      await quicken();
      const [port = ''] = portsOf(host);
      await inSwitch(slowLines(port));
      const command = ['ip', 'netns', 'exec', switchNamespace, ...relayCommand(port, eachWayMs)];
      await machine.launch(command, { logFile: '/dev/null' });
    },
    async healPartitions() {
      await rules(noCuts);
      await quicken();
    },
    resetAddresses,
    dropAddresses: async (host) =>
      void (await onHost(
        host,
        interfacesOf(host).map(([device]) => `addr flush dev ${device}`),
      )),
    async addressesOf(host) {
      const lines = await machine.run(['ip', '-n', host.namespace, '-4', '-o', 'addr']);
      return [...lines.matchAll(/ inet ([\d.]+)\//g)].map((match) => match[1] ?? '');
    },
    processesOn: (host) => processesIn([host.namespace]),
  };
}

/** The machine's own place in the cluster's networks, as a host would have it: for partitions. */
export function machineAsHost(topology: Topology): PlannedHost {
  const { name, machine } = topology;
  return {
    name: 'machine',
    role: 'node',
    namespace: name,
    address: machine.private,
    publicAddress: machine.public,
    parts: [],
  };
}

/** Throws a ClusterProblem, with the reason, where namespaces cannot be made or their addresses are taken. */
export async function checkNetwork({
  topology,
  machine,
}: {
  topology: Topology;
  machine: Machine;
}): Promise<void> {
  if (!machine.isLinux) throw new ClusterProblem('confab cluster needs Linux, for its network namespaces');
  if (!machine.isRoot)
    throw new ClusterProblem(
      'confab cluster needs root, to make network namespaces: use sudo, or --local to do without them',
    );
  const { network, name } = topology;
  const taken = (await machine.run(['ip', '-4', '-o', 'addr'])).includes(` ${network}.`);
  if (taken)
    throw new ClusterProblem(
      `this machine has addresses in ${network}.0.0/16 already: take others by --network, such as --network 10.78`,
    );
  const probe = `${name}-probe`;
  try {
    await machine.run(['ip', 'netns', 'add', probe]);
    await machine.run([
      'ip',
      'netns',
      'exec',
      probe,
      'unshare',
      '--uts',
      '--ipc',
      'mount',
      '-t',
      'tmpfs',
      'tmpfs',
      '/dev/shm',
    ]);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new ClusterProblem(
      `this machine allows no network namespaces (${error.said}): --local does without them`,
      error,
    );
  } finally {
    await machine.run(['ip', 'netns', 'delete', probe]).catch(() => '');
  }
}

/**
 * Ends every process in the namespaces that begin with `name`, and takes the namespaces away with their names. Works
 * whatever there is of it. @returns how many namespaces there were
 */
export async function removeNetwork({ name, machine }: { name: string; machine: Machine }): Promise<number> {
  const known = await machine.run(['ip', 'netns', 'list']).catch(() => '');
  const namespaces = known
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((one) => one.startsWith(`${name}-`));
  await endAll(machine, namespaces);
  // A pair of interfaces ends with one of its two ends; this one is ours even when the switch is gone.
  for (const device of machineDevices(name))
    await machine.run(['ip', 'link', 'delete', device]).catch(() => '');
  await machine.run(['ip', '-batch', '-'], {
    input: namespaces.map((one) => `netns delete ${one}`).join('\n'),
  });
  for (const entry of folderNames(namesFolder)) {
    if (entry.startsWith(`${name}-`)) rmSync(join(namesFolder, entry), { recursive: true, force: true });
  }
  if (folderNames(namesFolder).length === 0) rmSync(namesFolder, { recursive: true, force: true });
  return namespaces.length;
}

async function endAll(machine: Machine, namespaces: readonly string[]): Promise<void> {
  // Who was just forked by one that ended meanwhile is found in the next round.
  for (let round = 0; round < 100; round += 1) {
    const pids = processesIn(namespaces);
    if (pids.length === 0) return;
    for (const pid of pids) killOne(pid, 'SIGKILL');
    await machine.wait(20);
  }
  throw new ClusterProblem(`processes of the cluster do not end: ${processesIn(namespaces).join(', ')}`);
}

function interfacesOf({ address, publicAddress }: PlannedHost): [device: string, address: string][] {
  return publicAddress === null
    ? [['eth0', address]]
    : [
        ['eth0', address],
        ['eth1', publicAddress],
      ];
}

const machineDevices = (name: string): [string, string] => [`${name}-prv`, `${name}-pub`];

/** From the machine's own namespace: every cable, and the machine's own end of its two. */
function cables({ name, hosts, switchNamespace, machine }: Topology): string[] {
  const [toPrivate, toPublic] = machineDevices(name);
  return [
    ...hosts.flatMap((host) =>
      portsOf(host).map(
        (port, index) =>
          `link add ${port} netns ${switchNamespace} type veth peer name eth${index} netns ${host.namespace}`,
      ),
    ),
    `link add machine-0 netns ${switchNamespace} type veth peer name ${toPrivate}`,
    `link add machine-1 netns ${switchNamespace} type veth peer name ${toPublic}`,
    `addr add ${machine.private}/${masks} dev ${toPrivate}`,
    `addr add ${machine.public}/${masks} dev ${toPublic}`,
    `link set ${toPrivate} up`,
    `link set ${toPublic} up`,
  ];
}

function switchLines({ hosts }: Topology): string[] {
  const ports = [...hosts.flatMap(portsOf), 'machine-0', 'machine-1'];
  return [
    'link set lo up',
    ...['private', 'public'].flatMap((bridge) => [`link add ${bridge} type bridge`, `link set ${bridge} up`]),
    ...ports.flatMap((port) => [
      `link set ${port} master ${port.endsWith('-0') ? 'private' : 'public'}`,
      `link set ${port} up`,
    ]),
  ];
}

/** `ip netns exec` shows these files as /etc/hosts and /etc/resolv.conf. */
function writeNames(topology: Topology): void {
  for (const { namespace } of topology.hosts) {
    const folder = join(namesFolder, namespace);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'hosts'), hostsFile(topology));
    writeFileSync(join(folder, 'resolv.conf'), '# all names are in /etc/hosts\n');
  }
}

function folderNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
