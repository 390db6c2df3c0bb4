import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Components } from './components/index.ts';
import { dataFolder } from './components/patroni.ts';
import type { Network } from './hosts/network.ts';
import type { Programs } from './hosts/programs.ts';
import type { Machine } from './platform/machine.ts';
import { isAlive, killOne, markOf, sendSignal, type ProcessMark, type Signal } from './platform/processes.ts';
import { ClusterProblem } from './problem.ts';
import type { RecordKeeper } from './record.ts';
import type { PartName, PlannedHost } from './topology.ts';

/** Starting and ending programs and whole hosts, remembered in the record. */
export interface Switches {
  /** Null when it does not run. */
  processOf(host: PlannedHost, part: PartName): ProcessMark | null;
  /**
   * Nothing happens when it runs; one that was told to end is awaited first. Resolves when it was started, not when it is
   * ready.
   */
  start(host: PlannedHost, part: PartName): Promise<void>;
  signal(host: PlannedHost, part: PartName, signal: Signal): void;
  /** To every program of the host, and what they started. */
  signalAll(host: PlannedHost, signal: Signal): void;
  isOff(host: PlannedHost): boolean;
  /** As if its power went: first nobody hears it, then all of it is gone. */
  crash(host: PlannedHost): Promise<void>;
  boot(host: PlannedHost): Promise<void>;
}

export interface SwitchesDeps {
  readonly folder: string;
  readonly record: RecordKeeper;
  readonly network: Network;
  readonly programs: Programs;
  readonly machine: Pick<Machine, 'wait'>;
  readonly components: Components;
}

export function createSwitches({
  folder,
  record,
  machine,
  network,
  programs,
  components,
}: SwitchesDeps): Switches {
  const toldToEnd = new Set<string>();
  const nameOf = ({ pid, began }: ProcessMark): string => `${pid} ${began}`;

  const processOf = (host: PlannedHost, part: PartName): ProcessMark | null => {
    if (part === 'postgres') return postmasterOf(dataFolder(folder, host));
    const known = record.read().processes.find((one) => one.host === host.name && one.part === part);
    return known !== undefined && isAlive(known) ? known : null;
  };

  const start = async (host: PlannedHost, part: PartName): Promise<void> => {
    const program = components[part].program(host);
    if (program === null) return;
    const before = processOf(host, part);
    if (before !== null && !toldToEnd.has(nameOf(before))) return;
    while (before !== null && isAlive(before)) await machine.wait(20);
    components[part].clearAway?.(host);
    const mark = await programs.start(host, part, program);
    record.change((known) => ({
      ...known,
      processes: [
        ...known.processes.filter((one) => one.host !== host.name || one.part !== part),
        { host: host.name, part, ...mark },
      ],
    }));
  };

  const signalAll = (host: PlannedHost, signal: Signal): void => {
    for (const pid of network.processesOn(host)) killOne(pid, signal);
  };

  const setOff = (host: PlannedHost, isOff: boolean): void =>
    record.change((before) => ({
      ...before,
      off: [...before.off.filter((name) => name !== host.name), ...(isOff ? [host.name] : [])],
    }));

  return {
    processOf,
    start,
    signal(host, part, signal) {
      const mark = processOf(host, part);
      if (mark === null) throw new ClusterProblem(`${part} does not run on ${host.name}`);
      if (signal === 'SIGKILL' || signal === 'SIGTERM') toldToEnd.add(nameOf(mark));
      // keepalived is two processes, and a signal that cannot be caught reaches one of them only.
      if (part === 'keepalived' && signal !== 'SIGTERM') killOne(-mark.pid, signal);
      else sendSignal(mark, signal);
    },
    signalAll,
    isOff: (host) => record.read().off.includes(host.name),
    async crash(host) {
      await network.cut(host);
      setOff(host, true);
      while (network.processesOn(host).length > 0) {
        signalAll(host, 'SIGKILL');
        await machine.wait(20);
      }
      await network.dropAddresses(host);
    },
    async boot(host) {
      await network.resetAddresses(host);
      await network.heal([host]);
      setOff(host, false);
      for (const part of host.parts) await start(host, part);
    },
  };
}

/** The first line of its file is its number. A file may be older than its process is gone. */
function postmasterOf(folder: string): ProcessMark | null {
  try {
    return markOf(Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]));
  } catch {
    return null;
  }
}
