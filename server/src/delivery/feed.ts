/**
 * One stream as this node serves it: the head, a ring of recent events, the live readers.
 *
 * Events may arrive in any order, repeatedly, or not at all (`receive` is told of hints); they leave in the order of
 * their numbers, without holes: what is missing is read from the log. The head is unknown (null) until the first
 * reader's check of the stream has told it; hints before that wait.
 */
import { limits } from '@confab/protocol';
import { Fault } from '../platform/fault.ts';
import { accessLostBy, emptiesEarlierEvents, type Loss } from './access.ts';
import type { StreamEvent } from './event.ts';
import { Frame } from './frame.ts';
import type { StreamRef } from './stream.ts';
import type { Subscription } from './subscription.ts';

/** Further behind than this a reader gets a snapshot or a page instead of events one by one. */
const catchUpEventsMax = 1_000;
const logPage = 250;
/** A reader who is behind waits so often for a database that is away, some half a minute, before it has to begin anew. */
const triesMax = 30;
const againMs = 1_000;

export interface FeedDeps {
  readonly epoch: number;
  readLog(stream: StreamRef, range: { after: number; limit: number }): Promise<StreamEvent[]>;
  /** Hears of each event once, in order. */
  onEvent(event: StreamEvent): void;
  onError(error: unknown, stream: StreamRef): void;
  soon(work: () => void): void;
  pause(ms: number): Promise<void>;
}

export class Feed {
  readonly stream: StreamRef;
  readonly #deps: FeedDeps;
  readonly #live = new Set<Subscription>();
  readonly #ring: StreamEvent[] = [];
  #ringBytes = 0;
  #head: number | null = null;
  /** Arrived ahead of their turn. */
  readonly #early = new Map<number, StreamEvent>();
  /** The highest number heard of. */
  #rumoured = 0;
  #filling: Promise<{ failedWith?: unknown }> | null = null;
  #pending: StreamEvent[] = [];
  #cooling = false;
  /** Readers of any state, live or catching up; a feed without any can be dropped. */
  #readers = 0;
  /** What was read for one who was behind, for others who come from nearly the same place in the same moment. */
  #reading: { after: number; events: Promise<readonly StreamEvent[]> } | null = null;
  /** What was served to one of them last, encoded. */
  #served: { first: StreamEvent; last: StreamEvent; frame: Frame } | null = null;

  constructor(stream: StreamRef, deps: FeedDeps) {
    this.stream = stream;
    this.#deps = deps;
  }

  get head(): number | null {
    return this.#head;
  }

  get unused(): boolean {
    return this.#readers === 0;
  }

  get liveReaders(): number {
    return this.#live.size;
  }

  /** Tells a new feed where its stream stands; later calls only spread the rumour. */
  settle(head: number): void {
    if (this.#head === null) {
      this.#head = head;
      for (const seq of this.#early.keys()) if (seq <= head) this.#early.delete(seq);
    }
    this.#hear(head);
  }

  /** What this node has seen after a number, oldest first; null when it no longer remembers all of it. */
  eventsAfter(seq: number): readonly StreamEvent[] | null {
    if (this.#head === null || seq >= this.#head) return [];
    const first = this.#ring[0]?.seq ?? this.#head + 1;
    return seq < first - 1 ? null : this.#ring.filter((event) => event.seq > seq);
  }

  /** Keeps nothing longer than those need it who come at once. */
  tidy(): void {
    this.#reading = null;
    this.#served = null;
  }

  /** Takes in events that were committed, from wherever they came. */
  receive(event: StreamEvent): void {
    if (this.#head !== null && event.seq <= this.#head) return;
    if (this.#early.size < limits.ringEventsMax) this.#early.set(event.seq, event);
    this.#hear(event.seq);
  }

  /** The log's head is at least this: reads what is missing. */
  hearOfHead(seq: number): void {
    this.#hear(seq);
  }

  #hear(seq: number): void {
    if (seq > this.#rumoured) this.#rumoured = seq;
    if (this.#head === null) return;
    this.#takeInTurn();
    if (this.#head < this.#rumoured) void this.#fill();
  }

  #takeInTurn(): void {
    if (this.#head === null) return;
    for (let next = this.#early.get(this.#head + 1); next; next = this.#early.get(this.#head + 1)) {
      this.#early.delete(next.seq);
      this.#advance(next);
    }
  }

  /**
   * Reads the log from the head to the highest number heard of; one reading at a time, shared by all who wait. That it failed
   * is said once, and told to whoever waits.
   */
  #fill(): Promise<{ failedWith?: unknown }> {
    this.#filling ??= this.#readMissing()
      .then(
        () => ({}),
        (failedWith: unknown) => {
          this.#deps.onError(failedWith, this.stream);
          return { failedWith };
        },
      )
      .finally(() => {
        this.#filling = null;
      });
    return this.#filling;
  }

  async #readMissing(): Promise<void> {
    while (this.#head !== null && this.#head < this.#rumoured) {
      const before: number = this.#head;
      const events = await this.#deps.readLog(this.stream, { after: before, limit: logPage });
      for (const event of events) {
        if (this.#head !== null && event.seq === this.#head + 1) this.#advance(event);
      }
      this.#takeInTurn();
      // A rumour of what the log does not hold, or a hole made by retention: believe the log.
      if (this.#head === before) {
        const first = events[0];
        if (first && first.seq > before + 1) this.#skipTo(first.seq - 1);
        else this.#rumoured = before;
      }
    }
  }

  /** Events were expired under our feet: nobody can be live across that. */
  #skipTo(head: number): void {
    this.#head = head;
    this.#ring.length = 0;
    this.#ringBytes = 0;
    for (const subscription of this.#live) this.#end(subscription, 'resync');
  }

  #advance(event: StreamEvent): void {
    this.#head = event.seq;
    this.#remember(event);
    this.#deps.onEvent(event);
    this.#pending.push(event);
    const loss = this.stream.kind === 'room' ? accessLostBy(event) : null;
    if (loss) {
      this.#flush();
      for (const subscription of this.#live) {
        if (loses(subscription, loss)) this.#end(subscription, 'access_lost');
      }
      return;
    }
    if (!this.#cooling) this.#flushAndCool();
  }

  #remember(event: StreamEvent): void {
    if (emptiesEarlierEvents(event)) {
      this.#ring.length = 0;
      this.#ringBytes = 0;
      this.tidy();
    }
    this.#ring.push(event);
    this.#ringBytes += event.json.length;
    while (this.#ring.length > limits.ringEventsMax || this.#ringBytes > limits.ringBytesMax) {
      const oldest = this.#ring.shift();
      if (!oldest) break;
      this.#ringBytes -= oldest.json.length;
    }
  }

  /** The first event of a quiet stream goes out at once; what comes while the turn lasts goes together after it. */
  #flushAndCool(): void {
    this.#flush();
    this.#cooling = true;
    this.#deps.soon(() => {
      this.#cooling = false;
      if (this.#pending.length > 0) this.#flushAndCool();
    });
  }

  #flush(): void {
    const events = this.#pending;
    if (events.length === 0) return;
    this.#pending = [];
    if (this.#live.size === 0) return;
    const frame = this.#frameOf(events);
    const last = events.at(-1)?.seq ?? 0;
    for (const subscription of this.#live) {
      subscription.onEvents?.(events);
      if (!subscription.active) continue;
      subscription.subscriber.send(frame);
      if (subscription.subscriber.full) this.#fallBehind(subscription, last);
    }
  }

  #frameOf(events: readonly StreamEvent[]): Frame {
    return new Frame(...events.map((event) => event.frameText(this.#deps.epoch)));
  }

  /** The events between two numbers of a stream are the same, so that only its ends are compared. */
  #servedFrame(events: readonly StreamEvent[]): Frame {
    const [first, last] = [events[0] as StreamEvent, events.at(-1) as StreamEvent];
    if (this.#served?.first !== first || this.#served.last !== last) {
      this.#served = { first, last, frame: this.#frameOf(events) };
    }
    return this.#served.frame;
  }

  #fallBehind(subscription: Subscription, position: number): void {
    this.#live.delete(subscription);
    subscription.position = position;
    this.#run(subscription);
  }

  /** Starts reading from `subscription.position`; the feed must have been settled. */
  join(subscription: Subscription): void {
    this.#readers += 1;
    this.#run(subscription);
  }

  leave(subscription: Subscription): void {
    if (!subscription.active) return;
    subscription.active = false;
    this.#live.delete(subscription);
    this.#readers -= 1;
  }

  #end(subscription: Subscription, reason: 'access_lost' | 'resync'): void {
    if (!subscription.active) return;
    this.leave(subscription);
    subscription.onEnd(reason, this.#head ?? 0);
  }

  #run(subscription: Subscription): void {
    // What can be served from memory is served in this turn, so that a reconnect storm never waits for promises.
    if (!subscription.subscriber.full && this.#serveFromRing(subscription)) return;
    this.#catchUp(subscription).catch((error: unknown) => {
      this.#deps.onError(error, this.stream);
      this.#end(subscription, 'resync');
    });
  }

  async #catchUp(subscription: Subscription): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#readOn(subscription);
      } catch (error) {
        // What it has not seen is still there; only the way to it is broken.
        if (!(error instanceof Fault) || !error.retryable || tries === triesMax) throw error;
        await this.#deps.pause(againMs);
      }
    }
  }

  async #readOn(subscription: Subscription): Promise<void> {
    while (subscription.active) {
      if (subscription.subscriber.full) await subscription.subscriber.drained();
      else if (this.#serveFromRing(subscription)) return;
      else if (subscription.position > (this.#head ?? 0)) {
        this.#hear(subscription.position);
        const filled = await this.#fill();
        if ('failedWith' in filled) throw filled.failedWith;
        if (subscription.position > (this.#head ?? 0)) this.#end(subscription, 'resync');
      } else if (!(await this.#serveFromLog(subscription))) this.#end(subscription, 'resync');
    }
  }

  /** @returns true when the subscription is live now, or has ended. */
  #serveFromRing(subscription: Subscription): boolean {
    const head = this.#head ?? 0;
    if (subscription.position > head) return false;
    // Live readers have been sent what was flushed; the newcomer gets the rest with them. Is it ahead of them, they are
    // sent the rest first: what lies between its position and the head is then missed by it alone.
    if (subscription.position > head - this.#pending.length) this.#flush();
    const flushed = head - this.#pending.length;
    if (subscription.position < flushed) {
      const first = this.#ring[0]?.seq ?? head + 1;
      if (subscription.position < first - 1) return false;
      const missed = this.#ring.filter((event) => event.seq > subscription.position && event.seq <= flushed);
      if (!this.#serve(subscription, missed)) return true;
      if (subscription.subscriber.full) return false;
    }
    this.#live.add(subscription);
    subscription.onLive?.(head);
    return true;
  }

  /** @returns false when the log does not hold what is asked for, or it is too much. */
  async #serveFromLog(subscription: Subscription): Promise<boolean> {
    if ((this.#head ?? 0) - subscription.position > catchUpEventsMax) return false;
    const events = await this.#readAfter(subscription.position);
    if (!subscription.active) return true;
    if (events[0]?.seq !== subscription.position + 1) return false;
    this.#serve(subscription, events);
    return true;
  }

  /** One reading serves all who come from within it. */
  async #readAfter(after: number): Promise<readonly StreamEvent[]> {
    const shared = this.#reading;
    if (shared && shared.after <= after) {
      const rest = (await shared.events).filter((event) => event.seq > after);
      if (rest.length > 0) return rest;
    }
    const reading = { after, events: this.#deps.readLog(this.stream, { after, limit: logPage }) };
    this.#reading = reading;
    return reading.events.catch((error: unknown) => {
      if (this.#reading === reading) this.#reading = null;
      throw error;
    });
  }

  /** Sends events up to and including one that takes access away. @returns false when that happened. */
  #serve(subscription: Subscription, events: readonly StreamEvent[]): boolean {
    const cut = events.findIndex(
      (event) => event.seq > subscription.authorisedAt && losesBy(subscription, event),
    );
    const served = cut === -1 ? events : events.slice(0, cut + 1);
    if (served.length > 0) {
      subscription.onEvents?.(served);
      if (!subscription.active) return false;
      subscription.subscriber.send(this.#servedFrame(served));
      subscription.position = served.at(-1)?.seq ?? subscription.position;
    }
    if (cut === -1) return true;
    this.#end(subscription, 'access_lost');
    return false;
  }
}

function losesBy(subscription: Subscription, event: StreamEvent): boolean {
  if (subscription.stream.kind !== 'room') return false;
  const loss = accessLostBy(event);
  return loss !== null && loses(subscription, loss);
}

function loses(subscription: Subscription, loss: NonNullable<Loss>): boolean {
  if (loss === 'outsiders') return !subscription.subscriber.isMember(subscription.stream.id);
  return subscription.subscriber.userId === loss.userId;
}
