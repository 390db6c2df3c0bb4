/**
 * The heart: numbered events in streams, and everybody who reads on from the last number they have seen.
 * Owns streams, events and readers. Promises one order without holes to each reader, whatever the bus loses.
 * Knows event names only where an event takes access away or moves a badge; refuses to know what messages mean.
 */
import type { Bus } from '../platform/bus/index.ts';
import type { Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import { inHaste, type Database } from '../platform/postgres/index.ts';
import { createBadges, type Badges } from './badges.ts';
import type { StreamEvent } from './event.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createFeeds, type Feeds } from './feeds.ts';
import { createRetention } from './retention.ts';

export interface Delivery {
  readonly log: EventLog;
  readonly feeds: Feeds;
  readonly badges: Badges;
  /** For statements that append by themselves, such as the commit lane's. */
  committed(events: readonly StreamEvent[]): void;
  /** Hears of every event of a served stream on this node, once and in order. */
  onEvent(listener: (event: StreamEvent) => void): void;
  /** Hears that this node has committed events: wakes readers. */
  onCommit(listener: () => void): void;
  /** What has to be done now and then; starts at once, and whoever asks closes it. */
  chores(settings: { retentionDays: number }): Chore[];
  close(): void;
}

export async function createDelivery(deps: {
  database: Database;
  bus: Bus;
  clock: Clock;
  logbook: Log;
  nodeId: string;
}): Promise<Delivery> {
  const { database, bus, clock, logbook, nodeId } = deps;
  const listeners: ((event: StreamEvent) => void)[] = [];
  const commitListeners: (() => void)[] = [];
  const badges = createBadges({ clock });
  const log = await createEventLog({ database, clock, onCommit: committed });
  const feeds: Feeds = createFeeds({
    database: inHaste(database),
    log,
    bus,
    clock,
    logbook,
    nodeId,
    onEvent: (event) => {
      if (event.stream.kind === 'room') badges.see(event);
      for (const listener of listeners) listener(event);
    },
    wanted: (stream) => stream.kind === 'room' && badges.wanted(stream.id),
  });

  function committed(events: readonly StreamEvent[]): void {
    feeds.committed(events);
    for (const listener of commitListeners) listener();
  }

  return {
    log,
    feeds,
    badges,
    committed,
    onEvent: (listener) => listeners.push(listener),
    onCommit: (listener) => commitListeners.push(listener),
    chores: ({ retentionDays: days }) => [createRetention({ database, clock, logbook, days })],
    close() {
      badges.close();
      feeds.close();
    },
  };
}

export type { Appender, EventLog, Position } from './event-log.ts';
export { StreamEvent } from './event.ts';
export { readAfterAll, type StreamPlace } from './event-log.ts';
export { Frame } from './frame.ts';
export type { Badges, BadgeListener } from './badges.ts';
export type { Feeds } from './feeds.ts';
export { createReader, findReaderLags, type ReaderDeps } from './readers.ts';
export {
  parseStreamName,
  roomStream,
  streamName,
  userStream,
  workspaceStream,
  type StreamRef,
} from './stream.ts';
export type { Subscriber, Subscription } from './subscription.ts';
