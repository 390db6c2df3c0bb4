/**
 * Presence and typing: signals, never stored, never carrying truth; latest wins.
 * Owns what is known of connections here and on other nodes. Promises changes within a second, less than half a minute
 * after a node's death, and nothing about those who are not watched.
 */
import type { StreamEvent } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Bus } from '../platform/bus/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { createDoNotDisturb } from './do-not-disturb.ts';
import { hearTyping, setTyping, type Typing } from './set-typing.ts';
import { createTracker, type Tracker } from './tracker.ts';

export interface Presences extends Pick<Tracker, 'connected' | 'disconnected' | 'watch' | 'of' | 'close'> {
  readonly handlers: Handlers<'presence.set' | 'presence.get' | 'typing.set'>;
  /** Hears of everybody who writes, on whatever node. Returns the way to stop. */
  onTyping(listener: (typing: Typing) => void): () => void;
}

export function createPresence(deps: {
  database: Tx;
  bus: Bus;
  clock: Clock;
  logbook: Log;
  nodeId: string;
  /** Events of the streams this node serves; those of connected people are among them. */
  onEvent: (listener: (event: StreamEvent) => void) => void;
}): Presences {
  const { database, bus } = deps;
  const tracker = createTracker(deps);
  const doNotDisturb = createDoNotDisturb({ ...deps, tracker });

  return {
    connected(connectionId, userId) {
      const isFirst = !tracker.isConnected(userId);
      tracker.connected(connectionId, userId);
      if (isFirst) doNotDisturb.arrived(userId);
    },
    disconnected: tracker.disconnected,
    watch: tracker.watch,
    of: tracker.of,
    close() {
      doNotDisturb.close();
      tracker.close();
    },
    onTyping: (listener) => hearTyping(bus, listener),
    handlers: {
      'presence.set': (caller, input) => {
        if (caller.connectionId !== null) tracker.set(caller.connectionId, input.state);
        return Promise.resolve({});
      },
      'presence.get': (_caller, input) => Promise.resolve({ presences: tracker.of(input.userIds) }),
      'typing.set': (caller, input) => setTyping({ database, bus }, caller, input),
    },
  };
}
