/** The bus as a cluster has it: Redis, and Postgres while a node does not reach Redis. Either may lose and repeat. */
import { createFallbackBus, type Bus } from '@confab/server/platform/bus/index';
import type { BusWatcher } from '@confab/server/platform/bus/fallback';
import type { Clock } from '@confab/server/platform/clock/index';
import type { Log } from '@confab/server/platform/log/index';
import type { Choices } from '../choices.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Weather } from '../weather.ts';
import { createSimulatedWire, type SimulatedWire } from './bus.ts';

export interface TwoWays extends Pick<SimulatedWire, 'split'> {
  attach(node: { name: string; clock: Clock; log: Log }): Bus & { sever(): void };
  /** The node does not reach Redis, or does again; it notices a little later. */
  setRedis(node: string, reaches: boolean): void;
}

/** What a node believes of Redis, and how it is told. */
interface End {
  believes: boolean;
  readonly watcher: BusWatcher;
}

const noticeMaxMs = 1_500;

export function createTwoWays(deps: {
  scheduler: Scheduler;
  choices: Choices;
  weather: () => Weather;
}): TwoWays {
  const { scheduler, choices } = deps;
  const redis = createSimulatedWire({ ...deps, kind: 'redis' });
  const postgres = createSimulatedWire({ ...deps, kind: 'postgres' });
  const ends = new Map<string, End>();
  const without = new Set<string>();

  function notice(node: string, end: End): void {
    const reaches = !without.has(node);
    if (ends.get(node) !== end || end.believes === reaches) return;
    end.believes = reaches;
    end.watcher.changed(reaches ? null : 'simulated');
  }

  function openRedis(node: string, log: Log, watcher: BusWatcher) {
    const way = redis.attach(node, log);
    const end: End = { believes: true, watcher };
    ends.set(node, end);
    if (without.has(node)) scheduler.after(0, `${node} finds no Redis`, () => notice(node, end));
    return {
      ...way,
      isConnected: () => end.believes && way.isConnected(),
      publish(topic: string, message: string) {
        // Its own listeners are told in any case; what is sent before it notices is lost.
        way.publish(topic, message);
        if (!end.believes) watcher.unsent([[topic, message]]);
      },
    };
  }

  return {
    attach({ name, clock, log }) {
      const next = postgres.attach(name, log);
      let sever = next.sever;
      const bus = createFallbackBus({
        ...{ log, clock, next },
        openPreferred(watcher) {
          const way = openRedis(name, log, watcher);
          sever = () => {
            way.sever();
            next.sever();
          };
          return way;
        },
      });
      return {
        get kind() {
          return bus.kind;
        },
        isConnected: () => bus.isConnected(),
        publish: (topic, message) => bus.publish(topic, message),
        subscribe: (topic, listener) => bus.subscribe(topic, listener),
        close: () => bus.close(),
        sever: () => sever(),
      };
    },
    split(parts) {
      redis.split(parts);
      postgres.split(parts);
    },
    setRedis(node, reaches) {
      redis.setReach(node, reaches);
      if (reaches) without.delete(node);
      else without.add(node);
      const end = ends.get(node);
      if (end === undefined) return;
      const label = `${node} notices that Redis ${reaches ? 'is back' : 'is gone'}`;
      scheduler.after(choices.between(0, noticeMaxMs), label, () => notice(node, end));
    },
  };
}
