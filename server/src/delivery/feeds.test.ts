import { expect, it } from 'vitest';
import { createMemoryBus } from '../platform/bus/index.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { StreamEvent } from './event.ts';
import { createFeeds } from './feeds.ts';
import type { Frame } from './frame.ts';
import { userStream } from './stream.ts';
import type { Subscription } from './subscription.ts';

const stream = userStream('7');
const sweepMs = 2_000;

/** Feeds over a log that holds nothing: what arrives, arrives live. */
function openFeeds() {
  const clock = createManualClock();
  const logbook = createMemoryLog();
  const empty = async () => [];
  const database: Database = {
    rows: empty,
    read: (work) => work({ rows: empty }),
    write: (work) => work({ rows: empty }),
    close: async () => {},
  };
  const feeds = createFeeds({
    database,
    log: { epoch: 1, read: empty, write: () => Promise.reject(new Error('not here')) },
    bus: createMemoryBus({ log: logbook }),
    clock,
    logbook,
    onEvent: () => {},
    wanted: () => false,
    nodeId: 'a',
  });
  /** Lets the sweep that has begun end. */
  const sweep = async (): Promise<void> => {
    clock.elapse(sweepMs);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { feeds, sweep };
}

function reader(): Subscription & { seqs: number[] } {
  const seqs: number[] = [];
  const send = (frame: Frame): void => {
    for (const text of frame.texts) seqs.push((JSON.parse(text) as { seq: number }).seq);
  };
  const subscriber = { userId: '7', send, full: false, drained: async () => {}, isMember: () => true };
  return { subscriber, stream, position: 0, authorisedAt: 0, active: true, onEnd: () => {}, seqs };
}

const eventAt = (seq: number): StreamEvent =>
  new StreamEvent(stream, { seq, at: 0 }, { name: 'message.saved', json: '{}' });

it('serves a reader who asks for a feed that nobody has used for long, whenever sweeps run', async () => {
  const { feeds, sweep } = openFeeds();
  const first = reader();
  const feed = feeds.open(stream);
  feed.settle(0);
  feed.join(first);
  for (let n = 0; n < 40; n += 1) await sweep();
  feeds.leave(first);

  const again = feeds.open(stream);
  // Its head is being read from the database meanwhile.
  await sweep();
  const second = reader();
  again.settle(0);
  again.join(second);
  feeds.committed([eventAt(1)]);
  expect(second.seqs).toEqual([1]);
});

it('lets go of a feed that nobody uses any more', async () => {
  const { feeds, sweep } = openFeeds();
  const only = reader();
  const feed = feeds.open(stream);
  feed.settle(0);
  feed.join(only);
  for (let n = 0; n < 40; n += 1) await sweep();
  expect(feeds.counts.feeds).toBe(1);
  feeds.leave(only);
  for (let n = 0; n < 40; n += 1) await sweep();
  expect(feeds.counts.feeds).toBe(0);
});
