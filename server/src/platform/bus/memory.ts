import type { Log } from '../log/index.ts';
import type { Bus } from './index.ts';
import { createListeners } from './listeners.ts';

/** What connects the buses of several nodes in one process. */
export interface MemoryWire {
  /** @param hear gets every message that any node puts on the wire. */
  attach(hear: (topic: string, message: string) => void): () => void;
  send(topic: string, message: string): void;
}

export function createMemoryWire(): MemoryWire {
  const ends = new Set<(topic: string, message: string) => void>();
  return {
    attach(hear) {
      ends.add(hear);
      return () => void ends.delete(hear);
    },
    send(topic, message) {
      // After the publisher's own work, so that a listener never runs in the middle of it.
      queueMicrotask(() => {
        for (const hear of ends) hear(topic, message);
      });
    },
  };
}

/** The bus of a node that is alone, or that shares `wire` with others in this process. */
export function createMemoryBus(deps: { log: Log; wire?: MemoryWire }): Bus {
  const { log, wire = createMemoryWire() } = deps;
  const listeners = createListeners(log);
  const detach = wire.attach(listeners.hear);
  let closed = false;
  return {
    kind: 'memory',
    isConnected: () => !closed,
    publish(topic, message) {
      if (!closed) wire.send(topic, message);
    },
    subscribe: listeners.subscribe,
    async close() {
      closed = true;
      detach();
    },
  };
}
