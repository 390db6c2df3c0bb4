/**
 * The people connected to this node, and what is told about them: to other nodes by the bus, to those who watch them.
 * Changes are collected for a second. A node that comes asks the others to say everything. Every ten seconds each node says everything again, so that what the bus loses is
 * found; what a node has not said for thirty seconds is no longer so, since a node that died says nothing.
 */
import type { Presence } from '@confab/protocol';
import type { Bus } from '../platform/bus/index.ts';
import type { Clock, Timer } from '../platform/clock/index.ts';
import { createPresenceState, type Word } from './state.ts';
import { formatSaying, parseSaying } from './wire.ts';

const topic = 'presence';
const askTopic = 'presence.ask';
/** A node asks as soon as it is heard, if it is within so many seconds; what is said every ten seconds serves as well. */
const askTriesMax = 10;
const flushPeriodMs = 1_000;
const heartbeatPeriodMs = 10_000;
const expiryMs = 30_000;
/** People in one message: small enough for any bus. */
const wordsMax = 500;

export type PresenceListener = (presences: Record<string, Presence>) => void;

export interface Tracker {
  connected(connectionId: string, userId: string): void;
  disconnected(connectionId: string): void;
  /** Somebody's connection is in use, or left alone. Connections that are gone are passed over. */
  set(connectionId: string, state: 'online' | 'away'): void;
  setDoNotDisturb(userId: string, until: number | null): void;
  isConnected(userId: string): boolean;
  of(userIds: readonly string[]): Record<string, Presence>;
  /** Calls back at once and with every change; returns the way to stop. */
  watch(userIds: readonly string[], listener: PresenceListener): () => void;
  close(): void;
}

interface Connected {
  readonly userId: string;
  state: 'online' | 'away';
}

export function createTracker(deps: { bus: Bus; clock: Clock; nodeId: string }): Tracker {
  const { bus, clock, nodeId } = deps;
  const state = createPresenceState();
  const connections = new Map<string, Connected>();
  const connectionsOf = new Map<string, Set<Connected>>();
  const doNotDisturb = new Map<string, number>();
  const watchers = new Map<string, Set<PresenceListener>>();
  /** What those who watch somebody were told last. */
  const told = new Map<string, Presence>();
  let unsaid = new Set<string>();
  let untold = new Set<string>();
  let count = 0;
  let timer: Timer | null = null;

  function wordOn(userId: string): Word {
    const mine = [...(connectionsOf.get(userId) ?? [])];
    const online = mine.some((connection) => connection.state === 'online');
    const present = online ? 'online' : mine.length > 0 ? 'away' : 'offline';
    return { userId, state: present, doNotDisturbUntil: doNotDisturb.get(userId) ?? null };
  }

  function say(userIds: Iterable<string>): void {
    const words = [...userIds].map(wordOn);
    for (let start = 0; start < words.length; start += wordsMax) {
      count += 1;
      const some = words.slice(start, start + wordsMax);
      state.hear(some, { nodeId, count, heardAt: clock.now() });
      bus.publish(topic, formatSaying({ nodeId, count, words: some }));
    }
  }

  function changed(userId: string): void {
    count += 1;
    state.hear([wordOn(userId)], { nodeId, count, heardAt: clock.now() });
    unsaid.add(userId);
    noteChange(userId);
  }

  function noteChange(userId: string): void {
    untold.add(userId);
    timer ??= clock.after(flushPeriodMs, flush);
  }

  function flush(): void {
    timer = null;
    const saying = unsaid;
    unsaid = new Set();
    say(saying);
    const telling = untold;
    untold = new Set();
    tell(telling);
  }

  function tell(userIds: Iterable<string>): void {
    const news = new Map<PresenceListener, Record<string, Presence>>();
    for (const userId of userIds) {
      const listeners = watchers.get(userId);
      const presence = state.of(userId, clock.now());
      if (!listeners || told.get(userId) === presence) continue;
      told.set(userId, presence);
      for (const listener of listeners) {
        const some = news.get(listener) ?? {};
        some[userId] = presence;
        news.set(listener, some);
      }
    }
    for (const [listener, presences] of news) listener(presences);
  }

  function of(userIds: readonly string[]): Record<string, Presence> {
    return Object.fromEntries(userIds.map((userId) => [userId, state.of(userId, clock.now())]));
  }

  const unsubscribe = bus.subscribe(topic, (message) => {
    const saying = parseSaying(message);
    if (!saying || saying.nodeId === nodeId) return;
    state.hear(saying.words, { nodeId: saying.nodeId, count: saying.count, heardAt: clock.now() });
    for (const { userId } of saying.words) if (watchers.has(userId)) noteChange(userId);
  });
  const unsubscribeAsk = bus.subscribe(askTopic, (from) => {
    if (from === nodeId || connectionsOf.size === 0) return;
    for (const userId of connectionsOf.keys()) unsaid.add(userId);
    timer ??= clock.after(flushPeriodMs, flush);
  });
  let asking: Timer | null = null;
  function ask(tries: number): void {
    asking = null;
    if (bus.isConnected()) bus.publish(askTopic, nodeId);
    else if (tries < askTriesMax) asking = clock.after(flushPeriodMs, () => ask(tries + 1));
  }
  ask(0);
  const heartbeat = clock.every(heartbeatPeriodMs, () => {
    say(connectionsOf.keys());
    state.expire(clock.now() - expiryMs);
    // Everybody watched is looked at: time alone ends a do-not-disturb.
    tell(watchers.keys());
  });

  return {
    connected(connectionId, userId) {
      const connection: Connected = { userId, state: 'online' };
      connections.set(connectionId, connection);
      connectionsOf.set(userId, (connectionsOf.get(userId) ?? new Set()).add(connection));
      changed(userId);
    },
    disconnected(connectionId) {
      const connection = connections.get(connectionId);
      if (!connection) return;
      connections.delete(connectionId);
      const { userId } = connection;
      const others = connectionsOf.get(userId);
      others?.delete(connection);
      if (others?.size === 0) {
        connectionsOf.delete(userId);
        doNotDisturb.delete(userId);
      }
      changed(userId);
    },
    set(connectionId, next) {
      const connection = connections.get(connectionId);
      if (!connection || connection.state === next) return;
      connection.state = next;
      changed(connection.userId);
    },
    setDoNotDisturb(userId, until) {
      if (!connectionsOf.has(userId)) return;
      if (until === null) doNotDisturb.delete(userId);
      else doNotDisturb.set(userId, until);
      changed(userId);
    },
    isConnected: (userId) => connectionsOf.has(userId),
    of,
    watch(userIds, listener) {
      const watched = new Set(userIds);
      // One function may watch twice: each watch is told by a listener of its own.
      const own: PresenceListener = (presences) => listener(presences);
      for (const userId of watched) {
        watchers.set(userId, (watchers.get(userId) ?? new Set()).add(own));
        if (!told.has(userId)) told.set(userId, state.of(userId, clock.now()));
      }
      own(of([...watched]));
      return () => {
        for (const userId of watched) {
          const listeners = watchers.get(userId);
          listeners?.delete(own);
          if (listeners?.size !== 0) continue;
          watchers.delete(userId);
          told.delete(userId);
        }
      };
    },
    close() {
      timer?.cancel();
      flush();
      heartbeat.cancel();
      asking?.cancel();
      unsubscribe();
      unsubscribeAsk();
    },
  };
}
