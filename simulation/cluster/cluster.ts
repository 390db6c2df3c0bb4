/** Nodes, people's devices, and what lies between them. */
import { createChecks, type Checks } from '../checks/checks.ts';
import type { Findings } from '../checks/findings.ts';
import type { Choices } from '../choices.ts';
import type { Ground } from '../ground.ts';
import { createDevice, type Device } from '../people/device.ts';
import { createTwoWays, type TwoWays } from '../platform/two-ways.ts';
import { createNames, type Names } from './names.ts';
import { createNetwork, type Door, type Network } from '../platform/network.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import { calm, type Weather } from '../weather.ts';
import type { World } from '../worlds.ts';
import type { Build } from './build.ts';
import { createCommitWatch } from './commit-watch.ts';
import { createSimulatedNode, type SimulatedNode } from './node.ts';

export interface Cluster {
  readonly nodes: readonly SimulatedNode[];
  readonly devices: readonly Device[];
  readonly network: Network;
  readonly ways: TwoWays;
  readonly names: Names;
  readonly choices: Choices;
  readonly checks: Checks;
  setWeather(weather: Weather): void;
  /** Something that ends by itself. */
  later(afterMs: number, what: string, work: () => void): void;
}

export interface ClusterDeps {
  readonly scheduler: Scheduler;
  readonly choices: Choices;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly ground: Ground;
  readonly world: World;
  readonly build: Build;
}

/** A node that is about to go still gets a connection now and then: balancers look only every second or so. */
const staleBalance = 0.1;

export async function createCluster(deps: ClusterDeps): Promise<Cluster> {
  const { scheduler, choices, trace, findings, ground, world, build } = deps;
  let weather = calm;
  const now = (): Weather => weather;
  const commits = await createCommitWatch(ground.database);
  const checks = createChecks({ findings, commits });
  const ways = createTwoWays({ scheduler, choices, weather: now });
  const names = createNames({ scheduler, trace, database: ground.database });
  const common = { scheduler, choices, trace, findings, ways, build, weather: now, real: ground.database };
  const nodes = Array.from({ length: world.nodes }, (_, index) =>
    createSimulatedNode({
      ...common,
      name: `node-${index + 1}`,
      onAppended: commits.look,
      links: () => network.links,
    }),
  );

  function balance(): Door | null {
    const any = choices.chance(staleBalance) ? nodes : nodes.filter(({ state }) => state === 'up');
    return choices.pick(any) ?? null;
  }

  const network: Network = createNetwork({
    ...{ scheduler, choices, trace, balance, weather: now, tap: checks.tap, byteWeight: world.byteWeight },
  });
  const devices = ground.callers.map((caller) => {
    const sockets = network.socketsFor(caller);
    return createDevice({
      ...{ scheduler, choices, trace, caller, build },
      sockets: build.sockets?.(sockets, choices) ?? sockets,
      onProblem: (part, error) =>
        findings.broken('clientBugless', `${caller.device}: ${part}: ${String(error)}`),
    });
  });

  return {
    nodes,
    devices,
    network,
    ways,
    names,
    choices,
    checks,
    setWeather(next) {
      weather = next;
    },
    later: (afterMs, what, work) => void scheduler.after(afterMs, what, work),
  };
}
