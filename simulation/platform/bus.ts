/** The bus between nodes: each copy of a message is lost, late, repeated or overtaken as the weather has it. */
import type { BackupBus } from '@confab/server/platform/bus/fallback';
import { createListeners } from '@confab/server/platform/bus/listeners';
import type { Log } from '@confab/server/platform/log/index';
import type { Choices } from '../choices.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Weather } from '../weather.ts';

export interface SimulatedBus extends BackupBus {
  sever(): void;
}

export interface SimulatedWire {
  attach(node: string, log: Log): SimulatedBus;
  /** Nodes of different parts do not hear each other; whoever is in no part hears all. */
  split(parts: readonly (readonly string[])[]): void;
  /** Who does not reach the wire hears nobody, and is heard by nobody. */
  setReach(node: string, reaches: boolean): void;
}

export function createSimulatedWire(deps: {
  kind: string;
  scheduler: Scheduler;
  choices: Choices;
  weather: () => Weather;
}): SimulatedWire {
  const { scheduler, choices } = deps;
  const ends = new Map<string, (topic: string, message: string) => void>();
  let partOf = new Map<string, number>();
  const unreached = new Set<string>();

  function carry(from: string, to: string, message: { topic: string; text: string }): void {
    const { bus } = deps.weather();
    const [here, there] = [partOf.get(from), partOf.get(to)];
    if (from !== to && (unreached.has(from) || unreached.has(to))) return;
    if (here !== undefined && there !== undefined && here !== there) return;
    const lost = from !== to && choices.chance(bus.loss);
    const copies = (lost ? 0 : 1) + (choices.chance(bus.repeat) ? 1 : 0);
    for (let copy = 0; copy < copies; copy += 1) {
      scheduler.after(choices.between(0.05, bus.delayMaxMs), `${deps.kind} ${from} → ${to}`, () =>
        ends.get(to)?.(message.topic, message.text),
      );
    }
  }

  return {
    attach(node, log) {
      const { subscribe, hear } = createListeners(log);
      ends.set(node, hear);
      const sever = (): void => {
        if (ends.get(node) === hear) ends.delete(node);
      };
      return {
        kind: deps.kind,
        isConnected: () => ends.get(node) === hear,
        publish(topic, text) {
          if (ends.get(node) !== hear) return;
          for (const to of ends.keys()) carry(node, to, { topic, text });
        },
        publishToOthers(topic, text) {
          if (ends.get(node) !== hear) return;
          for (const to of ends.keys()) if (to !== node) carry(node, to, { topic, text });
        },
        subscribe,
        sever,
        close() {
          sever();
          return Promise.resolve();
        },
      };
    },
    setReach(node, reaches) {
      if (reaches) unreached.delete(node);
      else unreached.add(node);
    },
    split(parts) {
      partOf = new Map(parts.flatMap((part, index) => part.map((node) => [node, index] as const)));
    },
  };
}
