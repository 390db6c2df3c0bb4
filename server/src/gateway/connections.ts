/** The connections of this node: opened, watched for silence, told to leave. */
import { limits, type Signal } from '@confab/protocol';
import { Frame } from '../delivery/index.ts';
import type { Visitor } from '../kit/caller.ts';
import { createAdmission, type AdmissionDeps } from './admission.ts';
import type { Credential } from './authentication.ts';
import { Connection, type Transport } from './connection.ts';
import type { ConnectionDeps } from './connection-deps.ts';

const silencePeriodMs = 5_000;
/** Whoever is to leave and has calls under way is served until they are answered, but not for ever. */
const lookAgainMs = 50;
const busyMsMax = 5_000;

export interface Connections {
  open(transport: Transport, door: { visitor: Visitor; cookie: Credential | null }): Connection;
  /** A typing signal, to whoever watches the room. */
  signalTyping(typing: Extract<Signal, { name: 'typing' }>['data']): void;
  readonly count: number;
  /**
   * Tells one after the other within `spreadMs` to come back at once (to another node, where there is one), and closes
   * each once its calls have been answered. Until its turn each is served. Resolves when all are closed.
   */
  drain(options: { spreadMs: number }): Promise<void>;
  /** Tells everyone to come back, at once and whatever they wait for; who comes is let in. */
  sendAway(options: { spreadMs: number }): void;
  close(): void;
}

export function createConnections(
  deps: Omit<ConnectionDeps, 'watchers' | 'onClosed' | 'admission'> & AdmissionDeps,
): Connections {
  const { clock, random } = deps;
  const all = new Set<Connection>();
  const watchers = new Map<string, Set<Connection>>();
  let emptied: (() => void) | null = null;
  /** Since when everybody is told to leave: over how long they are spread. */
  let leavingMs: number | null = null;

  const shared: ConnectionDeps = {
    ...deps,
    admission: createAdmission(deps),
    watchers: {
      add(roomId, connection) {
        const set = watchers.get(roomId) ?? new Set();
        watchers.set(roomId, set.add(connection));
      },
      remove(roomId, connection) {
        const set = watchers.get(roomId);
        set?.delete(connection);
        if (set?.size === 0) watchers.delete(roomId);
      },
    },
    onClosed(connection) {
      all.delete(connection);
      if (all.size === 0) emptied?.();
    },
  };

  const timer = clock.every(silencePeriodMs, () => {
    const silentSince = clock.now() - limits.heartbeatTimeoutMs;
    for (const connection of all) if (connection.heardAt < silentSince) connection.goodbye('silent', 0);
  });

  function within(spreadMs: number): number {
    return Math.floor(random.fraction() * spreadMs);
  }

  function sayGoodbye(connection: Connection, patienceMs: number): void {
    if (connection.closed) return;
    if (!connection.busy || patienceMs <= 0) return connection.goodbye('draining', 0);
    clock.after(lookAgainMs, () => sayGoodbye(connection, patienceMs - lookAgainMs));
  }

  return {
    open(transport, door) {
      const connection = new Connection(shared, transport, door);
      all.add(connection);
      if (leavingMs !== null) connection.goodbye('draining', within(leavingMs));
      return connection;
    },
    signalTyping(data) {
      const set = watchers.get(data.roomId);
      if (!set) return;
      const frame = new Frame(JSON.stringify({ t: 'signal', name: 'typing', data }));
      for (const connection of set) {
        if (connection.userId !== data.userId && !connection.full) connection.send(frame);
      }
    },
    get count() {
      return all.size;
    },
    drain({ spreadMs }) {
      leavingMs = spreadMs;
      for (const connection of all) {
        const turnInMs = within(spreadMs);
        if (turnInMs === 0) sayGoodbye(connection, busyMsMax);
        else clock.after(turnInMs, () => sayGoodbye(connection, busyMsMax));
      }
      if (all.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        emptied = resolve;
      });
    },
    sendAway({ spreadMs }) {
      for (const connection of all) connection.goodbye('draining', within(spreadMs));
    },
    close() {
      timer.cancel();
      for (const connection of all) connection.goodbye('draining', 1_000);
    },
  };
}
