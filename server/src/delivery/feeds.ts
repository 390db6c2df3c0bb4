/** The streams this node serves, kept up with the log by local commits, hints from the bus, and sweeps of the heads. */
import type { StreamKind } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Bus } from '../platform/bus/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { StreamEvent } from './event.ts';
import type { EventLog } from './event-log.ts';
import { Feed, type FeedDeps } from './feed.ts';
import { streamName, type StreamRef } from './stream.ts';
import type { Subscription } from './subscription.ts';

const busTopic = 'events';
/** What the bus loses is found this much later at the latest. */
const sweepPeriodMs = 2_000;
/** A feed without readers outlives so many sweeps since it was last asked for: the reader may still be asking the database. */
const unusedSweepsMax = 30;

/** A feed as those who read it see it. */
export type OpenFeed = Pick<Feed, 'head' | 'settle' | 'eventsAfter' | 'join'>;

export interface Feeds {
  /** What this node has just committed: to its own readers at once, to the other nodes by the bus. */
  committed(events: readonly StreamEvent[]): void;
  /**
   * Begins to serve a stream before its head is read, so that nothing committed in between is missed.
   * Call `settle` on the result with a head read afterwards, then `join`.
   */
  open(stream: StreamRef): OpenFeed;
  leave(subscription: Subscription): void;
  readonly counts: { feeds: number; lag: number };
  close(): void;
}

export function createFeeds(deps: {
  database: Tx;
  log: EventLog;
  bus: Bus;
  clock: Clock;
  logbook: Log;
  /** Hears of every event of every served stream, once and in order. */
  onEvent: (event: StreamEvent) => void;
  /** Streams that stay served although nobody reads them whole: their badges are wanted. */
  wanted: (stream: StreamRef) => boolean;
  nodeId: string;
}): Feeds {
  const { database, log, bus, clock, logbook, nodeId } = deps;
  const feeds = new Map<string, Feed>();
  /** Sweeps that found a feed unused since it was last asked for. */
  const unusedSweeps = new Map<string, number>();
  let lag = 0;

  const feedDeps: FeedDeps = {
    epoch: log.epoch,
    readLog: (stream, range) => log.read(database, stream, range),
    onEvent: deps.onEvent,
    onError: (error, stream) =>
      logbook.warn('reading a stream failed; the next sweep tries again', {
        stream: streamName(stream),
        error,
      }),
    soon: (work) => clock.soon(work),
    pause: (ms) => new Promise((resolve) => clock.after(ms, resolve)),
  };

  function open(stream: StreamRef): Feed {
    unusedSweeps.delete(stream.id);
    let feed = feeds.get(stream.id);
    if (!feed) {
      feed = new Feed(stream, feedDeps);
      feeds.set(stream.id, feed);
    }
    return feed;
  }

  function take(events: readonly StreamEvent[]): void {
    for (const event of events) feeds.get(event.stream.id)?.receive(event);
  }

  const unsubscribe = bus.subscribe(busTopic, (message) => {
    // One's own come back, too: told by their beginning, before anything is parsed.
    if (!message.startsWith(`${nodeId} `)) take(parseHint(message));
  });

  function dropIfUnused(feed: Feed): void {
    const { id } = feed.stream;
    const count = feed.unused && !deps.wanted(feed.stream) ? (unusedSweeps.get(id) ?? 0) + 1 : 0;
    if (count === 0 || count > unusedSweepsMax) unusedSweeps.delete(id);
    else unusedSweeps.set(id, count);
    if (count > unusedSweepsMax) feeds.delete(id);
  }

  let sweeping = false;
  async function sweep(): Promise<void> {
    for (const feed of feeds.values()) {
      feed.tidy();
      dropIfUnused(feed);
    }
    const ids = [...feeds.keys()];
    if (ids.length === 0) return;
    const rows = await database.rows<{ id: string; head: string }>(
      sql`select id, head from streams where id = any(${ids}::bigint[])`,
    );
    lag = 0;
    for (const row of rows) {
      const feed = feeds.get(row.id);
      if (!feed) continue;
      lag += Math.max(0, Number(row.head) - (feed.head ?? Number(row.head)));
      feed.hearOfHead(Number(row.head));
    }
  }
  const timer = clock.every(sweepPeriodMs, () => {
    if (sweeping) return;
    sweeping = true;
    sweep()
      .catch((error: unknown) => logbook.warn('sweeping the heads of streams failed', { error }))
      .finally(() => {
        sweeping = false;
      });
  });

  return {
    open,
    committed(events) {
      take(events);
      if (bus.isAlone?.() !== true) bus.publish(busTopic, formatHint(nodeId, events));
    },
    leave(subscription) {
      feeds.get(subscription.stream.id)?.leave(subscription);
    },
    get counts() {
      return { feeds: feeds.size, lag };
    },
    close() {
      timer.cancel();
      unsubscribe();
    },
  };
}

type Hint = [kind: StreamKind, id: string, seq: number, at: number, name: string, json: string];

function formatHint(from: string, events: readonly StreamEvent[]): string {
  const hints = events.map((event): Hint => [
    event.stream.kind,
    event.stream.id,
    event.seq,
    event.at,
    event.name,
    event.json,
  ]);
  return `${from} ${JSON.stringify(hints)}`;
}

/** @returns nothing for what is no hint: whoever else may speak on the bus cannot harm. */
function parseHint(message: string): StreamEvent[] {
  try {
    const hints = JSON.parse(message.slice(message.indexOf(' ') + 1)) as Hint[];
    return hints.map(
      ([kind, id, seq, at, name, json]) => new StreamEvent({ kind, id }, { seq, at }, { name, json }),
    );
  } catch {
    return [];
  }
}
