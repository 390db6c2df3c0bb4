import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { add, createHistogram } from '../histogram.ts';
import type { MemberTarget } from '../member-socket.ts';
import type { Acknowledged, Order, RoundCount, Second, Storm, Testimony } from './load-words.ts';
import type { Actor } from './office.ts';
import { openSession, type Session } from './session.ts';
import { startSpeaking, words } from './speaking.ts';

export interface Load {
  enter(): Promise<void>;
  talk(): void;
  /** What was counted since the last time. */
  takeCount(): RoundCount;
  /** @returns how long each took to be back and to have caught up, its wait left out */
  storm(storm: Storm): Promise<number[]>;
  finish(): Promise<Testimony>;
}

const enterAtOnce = 25;
const settleMs = 1_000;
/** Where the protocol's socket is. */
const socketPath = '/api/v1/socket';

export function createLoad(order: Order, onSecond: (second: Second) => void): Load {
  const { seats, plan } = order;
  const random = randomFrom(order.seed);
  const sessions: Session[] = [];
  const acknowledged: Acknowledged[] = [];
  const odd = { gap: 0, repeat: 0, backwards: 0 };
  const sentAt = createSentTimes();
  let firstError: string | null = null;
  let count = emptyCount();
  let second = { sends: 0, deliveries: 0, longestMs: 0 };
  let cpuBefore = process.cpuUsage();
  let stop: () => Promise<void> = async () => {};

  const clock = setInterval(() => {
    onSecond({ at: Math.floor(Date.now() / 1_000), ...second });
    second = { sends: 0, deliveries: 0, longestMs: 0 };
  }, 1_000);

  const timed = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      count.errors += 1;
      firstError ??= error instanceof Error ? error.message : String(error);
      // Nothing that fails at once is tried again at once.
      await pause(100);
    }
  };

  const actors = new Map<Session, Actor>();
  const actorOf = (session: Session): Actor => {
    const known = actors.get(session);
    if (known) return known;
    const asked: Session = {
      ...session,
      async call(name, input) {
        const startedAt = performance.now();
        const output = await session.call(name, input);
        count.calls += 1;
        add(count.call, performance.now() - startedAt);
        return output;
      },
    };
    const actor: Actor = {
      session: asked,
      random,
      recent: new Map(),
      say: (...about) => say(asked, ...about),
    };
    actors.set(session, actor);
    return actor;
  };

  async function say(
    session: Session,
    roomId: string,
    { threadId }: { threadId?: string } = {},
  ): Promise<string> {
    const clientId = sentAt.mark();
    const startedAt = performance.now();
    const input = { roomId, clientId, text: words, ...(threadId === undefined ? {} : { threadId }) };
    const output = (await session.call('message.send', input)) as {
      messageId: string;
      position: { seq: number };
    };
    const tookMs = performance.now() - startedAt;
    add(count.send, tookMs);
    count.acknowledged += 1;
    second.sends += 1;
    second.longestMs = Math.max(second.longestMs, tookMs);
    acknowledged.push([roomId, output.position.seq, clientId]);
    return output.messageId;
  }

  const events = {
    onDelivery() {
      count.deliveries += 1;
      second.deliveries += 1;
    },
    onMessage(clientId: string) {
      const tookMs = sentAt.since(clientId);
      if (tookMs !== null) add(count.delivery, tookMs);
    },
    onOdd: (what: keyof typeof odd, by: number) => void (odd[what] += by),
    onSkip: () => void (count.resyncs += 1),
  };

  return {
    async enter() {
      for (let from = 0; from < seats.length; from += enterAtOnce) {
        const some = seats.slice(from, from + enterAtOnce);
        sessions.push(
          ...(await Promise.all(
            some.map((seat, index) => openSession(targetOf(order, from + index), seat, events)),
          )),
        );
        // An answer says that the server has let them in, and knows what they look at.
        await Promise.all(
          sessions.slice(from).map((session) => session.call('presence.set', { state: 'online' })),
        );
      }
    },
    talk() {
      stop = startSpeaking({ sessions, plan, random, actorOf, timed });
    },
    takeCount() {
      const { user, system } = process.cpuUsage(cpuBefore);
      const taken = { ...count, cpuSeconds: (user + system) / 1e6 };
      cpuBefore = process.cpuUsage();
      count = emptyCount();
      return taken;
    },
    storm: ({ awayMs, withinMs }) =>
      Promise.all(
        sessions.map(async (session) => {
          const wait = awayMs + random() * withinMs;
          const startedAt = performance.now();
          await session.reconnect(wait);
          return performance.now() - startedAt - wait;
        }),
      ),
    async finish() {
      await stop();
      await pause(settleMs);
      clearInterval(clock);
      for (const session of sessions) session.close();
      const { gap: gaps, repeat: repeats, backwards } = odd;
      return { acknowledged, gaps, repeats, backwards, firstError };
    },
  };
}

type Counting = { -readonly [Name in keyof RoundCount]: RoundCount[Name] };

function emptyCount(): Counting {
  const [send, delivery, call] = [createHistogram(), createHistogram(), createHistogram()];
  return {
    deliveries: 0,
    acknowledged: 0,
    errors: 0,
    calls: 0,
    resyncs: 0,
    cpuSeconds: 0,
    send,
    delivery,
    call,
  };
}

/** The moment of sending travels in the client id, so that another process of this machine can tell how long it took. */
function createSentTimes() {
  const prefix = randomBytes(4).toString('hex');
  let next = 0;
  const nowUs = (): number => Math.round((performance.timeOrigin + performance.now()) * 1_000);
  return {
    mark(): string {
      next += 1;
      return `b-${prefix}-${next.toString(36)}-${nowUs().toString(36)}`;
    },
    since(clientId: string): number | null {
      const at = /^b-[0-9a-f]{8}-[0-9a-z]+-([0-9a-z]+)$/.exec(clientId)?.[1];
      return at === undefined ? null : (nowUs() - Number.parseInt(at, 36)) / 1_000;
    },
  };
}

function targetOf({ url, number }: Order, index: number): MemberTarget {
  const { hostname, port, protocol } = new URL(url);
  const isTls = protocol === 'https:';
  const isHere = hostname.startsWith('127.');
  return {
    host: hostname,
    port: Number(port) || (isTls ? 443 : 80),
    path: socketPath,
    isTls,
    // One address has 28,000 ports to come from; another address of the loop has as many again.
    ...(isHere ? { localAddress: `127.0.${number}.${1 + Math.floor(index / 20_000)}` } : {}),
  };
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
