import type { Log } from '../log/index.ts';
import type { Bus } from './index.ts';

/** Who listens to what on one node. */
export interface Listeners {
  subscribe: Bus['subscribe'];
  hear: (topic: string, message: string) => void;
}

export function createListeners(log: Log): Listeners {
  const byTopic = new Map<string, Set<(message: string) => void>>();
  return {
    subscribe(topic, listener) {
      const own = (message: string): void => listener(message);
      const listeners = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, listeners.add(own));
      return () => {
        listeners.delete(own);
        if (listeners.size === 0 && byTopic.get(topic) === listeners) byTopic.delete(topic);
      };
    },
    hear(topic, message) {
      for (const listener of byTopic.get(topic) ?? []) {
        try {
          listener(message);
        } catch (error) {
          // To this listener the message is lost, which the bus may do; the others still get it.
          log.error('a listener on the bus broke', { topic, error });
        }
      }
    },
  };
}
