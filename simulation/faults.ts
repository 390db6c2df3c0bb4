/** What goes wrong: each fault does its harm now, and sets when it ends. */
import type { Cluster } from './cluster/cluster.ts';

export type FaultName = keyof typeof faults;
export type FaultWeights = Readonly<Record<FaultName, number>>;
export type Fault = (cluster: Cluster) => void;

const minuteMs = 60_000;

export const faults = {
  cutLink({ network, choices }) {
    choices.pick(network.links)?.cut({ silently: false });
  },
  /** Neither side is told: only the silence tells. */
  cutSilently({ network, choices }) {
    choices.pick(network.links)?.cut({ silently: true });
  },
  /** A slow reader. */
  stallLink({ network, choices }) {
    choices.pick(network.links)?.stall(choices.between(200, 6_000));
  },
  splitBus({ ways, nodes, choices, later }) {
    const first = nodes.filter(() => choices.chance(0.5)).map(({ name }) => name);
    const second = nodes.map(({ name }) => name).filter((name) => !first.includes(name));
    ways.split([first, second]);
    later(choices.between(500, 6_000), 'the bus is whole', () => ways.split([]));
  },
  /** For all nodes: Postgres carries the bus until it is back, for each node a little later or sooner. */
  loseRedis({ ways, nodes, choices, later }) {
    for (const { name } of nodes) loseRedisFor(name, { ways, choices, later });
  },
  /** For one node alone: it asks the others to use both ways. */
  cutRedis({ ways, nodes, choices, later }) {
    const node = choices.pick(nodes);
    if (node) loseRedisFor(node.name, { ways, choices, later });
  },
  crashNode({ nodes, names, choices, later }) {
    const node = choices.pick(nodes.filter(({ state }) => state !== 'down'));
    if (!node) return;
    node.crash();
    // Otherwise it has to wait until its lease is over.
    if (choices.chance(0.7)) names.forget(node.name);
    later(choices.between(50, 3_000), `${node.name} is started again`, () => {
      if (node.state === 'down') node.start();
    });
  },
  drainNode({ nodes, choices }) {
    choices.pick(nodes.filter(({ state }) => state === 'up'))?.drain();
  },
  /** Nodes' clocks may lie up to five minutes apart. */
  jumpClock({ nodes, choices }) {
    choices.pick(nodes)?.setClock(Math.round(choices.between(-2, 2) * minuteMs));
  },
  jumpDeviceClock({ devices, choices }) {
    choices.pick(devices)?.clock.jumpTo(Math.round(choices.between(-60, 60) * minuteMs));
  },
  cutDatabase({ nodes, choices, later }) {
    const node = choices.pick(nodes);
    if (!node) return;
    node.cutDatabase(true);
    later(choices.between(100, 2_000), `${node.name} has its database again`, () => node.cutDatabase(false));
  },
  /** All nodes at once. */
  failOver({ nodes, choices }) {
    const awayMs = choices.between(200, 6_000);
    for (const node of nodes) node.failOver(awayMs);
  },
  /** It stood still for longer than its lease, and another process has its name now. */
  loseLease({ nodes, names, choices, later }) {
    const node = choices.pick(nodes.filter(({ leaseId }) => leaseId !== null));
    const lost = node?.leaseId;
    if (!node || !lost) return;
    names.take(node.name);
    const look = (): void => {
      if (node.leaseId === lost) later(lookAgainMs, `${node.name} still goes by its name`, look);
      else names.giveBack(node.name);
    };
    later(lookAgainMs, `${node.name} still goes by its name`, look);
  },
  reload({ devices, choices }) {
    choices.pick(devices.filter(({ isOn }) => isOn))?.reload();
  },
  goOffline({ devices, choices, later }) {
    const device = choices.pick(devices.filter(({ isOn }) => isOn));
    if (!device) return;
    device.stop();
    later(choices.between(100, 5_000), `${device.device} comes back`, () => {
      if (!device.isOn) device.start();
    });
  },
} satisfies Record<string, Fault>;

const lookAgainMs = 500;

function loseRedisFor(
  name: string,
  { ways, choices, later }: Pick<Cluster, 'ways' | 'choices' | 'later'>,
): void {
  ways.setRedis(name, false);
  later(choices.between(300, 6_000), `Redis is there for ${name}`, () => ways.setRedis(name, true));
}
