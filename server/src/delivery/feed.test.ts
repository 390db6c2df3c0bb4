import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../platform/fault.ts';
import { StreamEvent } from './event.ts';
import { Feed, type FeedDeps } from './feed.ts';
import type { Frame } from './frame.ts';
import { roomStream } from './stream.ts';
import type { Subscriber, Subscription } from './subscription.ts';

const stream = roomStream('7');

function eventAt(seq: number, name = 'message.sent', data: object = { seq }): StreamEvent {
  return new StreamEvent(stream, { seq, at: seq }, { name, json: JSON.stringify(data) });
}

/** A feed over a log in memory; `later` runs what the feed put off to the end of the turn. */
function createWorld(options: { log?: StreamEvent[] } = {}) {
  const log: StreamEvent[] = options.log ?? [];
  let put: (() => void)[] = [];
  const seen: number[] = [];
  const deps: FeedDeps = {
    epoch: 1,
    readLog: async (_stream, { after, limit }) => log.filter((event) => event.seq > after).slice(0, limit),
    onEvent: (event) => seen.push(event.seq),
    onError: (error) => {
      throw error;
    },
    soon: (work) => put.push(work),
    pause: () => Promise.resolve(),
  };
  const later = (): void => {
    const works = put;
    put = [];
    for (const work of works) work();
  };
  return { log, deps, later, seen, feed: new Feed(stream, deps) };
}

class Reader implements Subscriber {
  readonly userId: string;
  readonly seqs: number[] = [];
  readonly ends: string[] = [];
  full = false;
  member = true;
  liveAt: number | null = null;
  #waiting: (() => void)[] = [];
  constructor(userId = '1') {
    this.userId = userId;
  }
  send(frame: Frame): void {
    for (const text of frame.texts) this.seqs.push((JSON.parse(text) as { seq: number }).seq);
  }
  drained(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
  empty(): void {
    this.full = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  isMember(): boolean {
    return this.member;
  }
  subscribe(feed: Feed, after: number, authorisedAt = after): Subscription {
    const subscription: Subscription = {
      subscriber: this,
      stream,
      position: after,
      authorisedAt,
      active: true,
      onLive: (head) => {
        this.liveAt = head;
      },
      onEnd: (reason) => this.ends.push(reason),
    };
    feed.join(subscription);
    return subscription;
  }
}

/** Lets promises over the log in memory settle: so many of their steps before what was put off gets its turn. */
async function settle(later: () => void, stepsInTurn = 1): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    for (let step = 0; step < stepsInTurn; step += 1) await Promise.resolve();
    later();
  }
}

describe('a feed', () => {
  test('sends events in the order of their numbers, whatever the hints do', async () => {
    const hints = fc.array(
      fc.record({ seq: fc.integer({ min: 1, max: 40 }), turns: fc.integer({ min: 0, max: 2 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        hints,
        fc.nat({ max: 40 }),
        fc.constantFrom(1, 20),
        async (rumours, joinsAfter, steps) => {
          const { feed, log, later, seen } = createWorld();
          for (let seq = 1; seq <= 40; seq += 1) log.push(eventAt(seq));
          const early = new Reader();
          const late = new Reader();
          feed.settle(0);
          early.subscribe(feed, 0);
          for (const { seq, turns } of rumours) {
            feed.receive(eventAt(seq));
            for (let turn = 0; turn < turns; turn += 1) await settle(later, steps);
          }
          late.subscribe(feed, joinsAfter);
          feed.hearOfHead(40);
          await settle(later, steps);
          const all = log.map((event) => event.seq);
          expect(early.seqs).toEqual(all);
          expect(late.seqs).toEqual(all.slice(joinsAfter));
          expect(seen).toEqual(all);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('sends a reader who knows of more than the node what came after that, while others are still to be sent it', async () => {
    const { feed, log, later } = createWorld();
    const other = new Reader();
    feed.settle(0);
    other.subscribe(feed, 0);
    for (let seq = 1; seq <= 4; seq += 1) log.push(eventAt(seq));
    const ahead = new Reader();
    ahead.subscribe(feed, 2);
    await settle(later, 20);
    expect([ahead.seqs, other.seqs]).toEqual([
      [3, 4],
      [1, 2, 3, 4],
    ]);
  });

  test('keeps hints that come before its head is known', async () => {
    const { feed, later } = createWorld();
    feed.receive(eventAt(6));
    feed.settle(5);
    const reader = new Reader();
    reader.subscribe(feed, 5);
    await settle(later);
    expect(reader.seqs).toEqual([6]);
  });

  test('lets a full reader fall behind, and serves it from its number when it has emptied', async () => {
    const { feed, log, later } = createWorld();
    const slow = new Reader();
    const quick = new Reader();
    feed.settle(0);
    slow.subscribe(feed, 0);
    quick.subscribe(feed, 0);
    const commit = (seq: number): void => {
      log.push(eventAt(seq));
      feed.receive(eventAt(seq));
      later();
    };
    commit(1);
    slow.full = true;
    for (let seq = 2; seq <= 10; seq += 1) commit(seq);
    expect(slow.seqs).toEqual([1, 2]);
    expect(quick.seqs).toHaveLength(10);
    slow.empty();
    await settle(later);
    expect(slow.seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('a reader who is behind keeps its place while the database is away, and begins anew when it stays away', async () => {
    const { deps, log } = createWorld();
    for (let seq = 1; seq <= 5; seq += 1) log.push(eventAt(seq));
    let failures = 3;
    const feed = new Feed(stream, {
      ...deps,
      async readLog(from, range) {
        failures -= 1;
        if (failures >= 0) throw new Fault('away', { part: 'postgres', retryable: true });
        return deps.readLog(from, range);
      },
      onError: () => {},
    });
    feed.settle(5);
    const patient = new Reader();
    patient.subscribe(feed, 2);
    for (let turn = 0; turn < 5; turn += 1) await settle(() => {});
    expect([patient.seqs, patient.ends]).toEqual([[3, 4, 5], []]);
    // Ahead of what the node has seen: it has to read the log first.
    log.push(eventAt(6));
    failures = 2;
    const ahead = new Reader();
    ahead.subscribe(feed, 6);
    for (let turn = 0; turn < 5; turn += 1) await settle(() => {});
    expect([ahead.seqs, ahead.ends, ahead.liveAt]).toEqual([[], [], 6]);
    failures = 1_000;
    const unlucky = new Reader();
    unlucky.subscribe(feed, 1);
    for (let turn = 0; turn < 50; turn += 1) await settle(() => {});
    expect([unlucky.seqs, unlucky.ends]).toEqual([[], ['resync']]);
  });

  test('reads the log once for those who come in one moment, and anew for who comes later or from before', async () => {
    const { deps, log } = createWorld();
    for (let seq = 1; seq <= 30; seq += 1) log.push(eventAt(seq));
    const readings: number[] = [];
    let fails = true;
    const feed = new Feed(stream, {
      ...deps,
      async readLog(from, range) {
        readings.push(range.after);
        if (fails) throw new Error('the log is away');
        return deps.readLog(from, range);
      },
      onError: () => {},
    });
    feed.settle(30);
    const unlucky = new Reader();
    unlucky.subscribe(feed, 9);
    await settle(() => {});
    expect(unlucky.ends).toEqual(['resync']);
    fails = false;
    const come = async (...places: number[]): Promise<number[][]> => {
      readings.length = 0;
      const readers = places.map((after) => {
        const reader = new Reader();
        reader.subscribe(feed, after);
        return reader;
      });
      await settle(() => {});
      for (const [index, { seqs }] of readers.entries()) {
        expect(seqs).toEqual(log.slice(places[index]).map(({ seq }) => seq));
      }
      return [readings, readers.map(({ liveAt }) => liveAt ?? 0)];
    };
    expect(await come(10, 10, 20, 12)).toEqual([[10], [30, 30, 30, 30]]);
    expect(await come(15)).toEqual([[], [30]]);
    expect(await come(8)).toEqual([[8], [30]]);
    feed.tidy();
    expect(await come(15)).toEqual([[15], [30]]);
  });

  test('cuts a reader at the number at which they left, and nobody else', async () => {
    const { feed, log, later } = createWorld();
    const leaver = new Reader('1');
    const stayer = new Reader('2');
    feed.settle(0);
    leaver.subscribe(feed, 0);
    stayer.subscribe(feed, 0);
    for (const event of [eventAt(1), eventAt(2, 'member.left', { userId: '1' }), eventAt(3)]) {
      log.push(event);
      feed.receive(event);
    }
    await settle(later);
    expect(leaver.seqs).toEqual([1, 2]);
    expect(leaver.ends).toEqual(['access_lost']);
    expect(stayer.seqs).toEqual([1, 2, 3]);
  });

  test('cuts a reader who catches up from the log at a leaving that came after their right was checked', async () => {
    const log = [
      eventAt(1),
      eventAt(2, 'member.left', { userId: '1' }),
      eventAt(3),
      eventAt(4, 'member.left', { userId: '1' }),
      eventAt(5),
    ];
    const { feed, later } = createWorld({ log });
    feed.settle(5);
    const reader = new Reader('1');
    // They had come back at 3, where the right was checked.
    reader.subscribe(feed, 0, 3);
    await settle(later);
    expect(reader.seqs).toEqual([1, 2, 3, 4]);
    expect(reader.ends).toEqual(['access_lost']);
  });

  test('cuts outsiders when a public room goes private', async () => {
    const { feed, log, later } = createWorld();
    const outsider = new Reader('1');
    outsider.member = false;
    const member = new Reader('2');
    feed.settle(0);
    outsider.subscribe(feed, 0);
    member.subscribe(feed, 0);
    for (const event of [eventAt(1, 'room.changed', { room: { kind: 'private' } }), eventAt(2)]) {
      log.push(event);
      feed.receive(event);
    }
    await settle(later);
    expect(outsider.seqs).toEqual([1]);
    expect(member.seqs).toEqual([1, 2]);
  });

  test.each([
    ['a position whose next event has expired', { first: 10, after: 3 }],
    ['a position beyond the log', { first: 1, after: 99 }],
  ])('answers %s with a resync', async (_name, { first, after }) => {
    const log = Array.from({ length: 10 }, (_, index) => eventAt(first + index));
    const { feed, later } = createWorld({ log });
    feed.settle(first + 9);
    const reader = new Reader();
    reader.subscribe(feed, after);
    await settle(later);
    expect(reader.ends).toEqual(['resync']);
    expect(reader.seqs).toEqual([]);
  });

  test('remembers nothing that a deletion emptied in the log', async () => {
    const { feed, log, later } = createWorld();
    feed.settle(0);
    const early = new Reader();
    early.subscribe(feed, 0);
    feed.receive(eventAt(1, 'message.sent', { text: 'secret' }));
    feed.receive(eventAt(2));
    await settle(later);
    log.push(eventAt(1, 'message.sent', { text: '' }), eventAt(2), eventAt(3, 'message.deleted'));
    feed.receive(eventAt(3, 'message.deleted'));
    feed.receive(eventAt(4));
    log.push(eventAt(4));
    const late = new Reader();
    const texts: string[] = [];
    late.send = (frame) => void texts.push(...frame.texts);
    late.subscribe(feed, 0);
    await settle(later);
    expect(texts).toHaveLength(4);
    expect(texts.join()).not.toContain('secret');
    expect(early.seqs).toEqual([1, 2, 3, 4]);
    expect([feed.eventsAfter(1), feed.eventsAfter(2)?.length]).toEqual([null, 2]);
  });

  test('does not hand on what it read before a deletion', async () => {
    const { feed, log, later } = createWorld();
    for (let seq = 1; seq <= 3; seq += 1) log.push(eventAt(seq, 'message.sent', { text: `secret ${seq}` }));
    feed.settle(3);
    const first = new Reader();
    first.subscribe(feed, 0);
    await settle(later);
    log[1] = eventAt(2, 'message.sent', { text: 'gone' });
    const deletion = eventAt(4, 'message.deleted', { messageId: '2' });
    log.push(deletion);
    feed.receive(deletion);
    const texts: string[] = [];
    const second = new Reader();
    second.send = (frame) => void texts.push(...frame.texts);
    second.subscribe(feed, 0);
    await settle(later);
    expect(texts).toHaveLength(4);
    expect(texts.join()).not.toContain('secret 2');
  });

  test('sends what comes within one turn together', () => {
    const { feed, later } = createWorld();
    const frames: number[] = [];
    const reader = new Reader();
    reader.send = (frame) => void frames.push(frame.texts.length);
    feed.settle(0);
    reader.subscribe(feed, 0);
    for (let seq = 1; seq <= 5; seq += 1) feed.receive(eventAt(seq));
    later();
    expect(frames).toEqual([1, 4]);
  });
});
