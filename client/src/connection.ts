/**
 * One connection, again and again.
 *
 *   offline      not started, or stopped
 *   connecting   a socket is being opened
 *   greeting     open; hello sent, no welcome yet
 *   live         welcomed: frames and calls flow
 *   waiting      broken; the next attempt comes by itself at `until`
 *   ended        the server said not to come back: signed out, or refused; `start` tries anew
 *
 *   offline → connecting → greeting → live → waiting → connecting …; from anywhere → offline (stop), → ended (goodbye)
 */
import type { ClientFrame, ErrorEnvelope, GoodbyeReason, ServerFrame } from '@confab/protocol';
import { protocolLevels } from '@confab/protocol/levels';
import { limits } from '@confab/protocol/limits';
import type { Clock, Random, Socket, Sockets, Timer } from './platform/index.ts';

/** Opening and greeting together take at most this long: a balancer may hold a socket open to nobody. */
const greetingTimeoutMs = 15_000;
/** The wait after each failure in a row, half to all of it; then twice the last each time, up to the longest. */
const backoffMs = [500, 1_000, 1_000, 1_000, 1_000];
const backoffLongestMs = 30_000;
/** A connection that lived this long was no failure: the next wait is short again. */
const provenMs = 10_000;
/**
 * A link that owes an answer and says nothing for so long is asked whether it lives, again and again until it says
 * something; one that lives is asked after twice as long then. When a balancer dies after it took a call and before it
 * brought the answer, nothing is underway that could fail; now something is, and whoever has its address by then refuses it.
 */
const quietMs = 1_000;
/**
 * A link that was asked while it owes an answer, and has said nothing for so long, is dead: what is sent on it may lead
 * nowhere, with nobody there to refuse it, as when an address moved on or a phone changed its network.
 */
const silentMs = 10_000;
/** How long a link that is suspected dead (the device woke up) has to answer. */
const suspectTimeoutMs = 5_000;

export type ConnectionState =
  | { readonly name: 'offline' | 'connecting' | 'greeting' | 'live' }
  | { readonly name: 'waiting'; readonly until: number }
  | { readonly name: 'ended'; readonly reason: GoodbyeReason; readonly error: ErrorEnvelope | null };

export type Welcome = Extract<ServerFrame, { t: 'welcome' }>;
type Hello = Extract<ClientFrame, { t: 'hello' }>;

export interface Connection {
  readonly state: ConnectionState;
  start(): void;
  stop(): void;
  /** Sent when live, otherwise dropped: whoever sends says it again after the next welcome. */
  send(frame: ClientFrame): void;
  /** online: try at once. visible: the device may have slept, find out soon whether the link still lives. */
  hint(kind: 'online' | 'visible'): void;
}

export function createConnection(deps: {
  /** ws: or wss:, whole. */
  url: string;
  clock: Clock;
  random: Random;
  sockets: Sockets;
  /** What to greet with, besides the level. */
  hello: () => Omit<Hello, 't' | 'level'>;
  onState: (state: ConnectionState) => void;
  /** Every frame after the welcome, and the welcome itself. */
  onFrame: (frame: ServerFrame) => void;
}): Connection {
  const { clock } = deps;
  let state: ConnectionState = { name: 'offline' };
  /** Failures in a row. */
  let failures = 0;
  let retry: Timer | null = null;
  let link: Link | null = null;

  function enter(next: ConnectionState): void {
    state = next;
    deps.onState(state);
  }

  function connect(): void {
    retry?.cancel();
    retry = null;
    enter({ name: 'connecting' });
    link = openLink({
      ...deps,
      onOpen: () => enter({ name: 'greeting' }),
      onFrame(frame) {
        if (frame.t === 'welcome') enter({ name: 'live' });
        if (frame.t !== 'goodbye') deps.onFrame(frame);
      },
      onEnd: ended,
    });
  }

  function ended(ending: Ending): void {
    link = null;
    if (ending.comeBackInMs === null) {
      failures = 0;
      enter({ name: 'ended', reason: ending.reason, error: ending.error });
      return;
    }
    if (ending.livedMs >= provenMs) failures = 0;
    const waitMs = ending.comeBackInMs ?? backoff(failures, deps.random);
    // Being sent elsewhere is no failure, unless it never ends.
    if (ending.comeBackInMs === undefined || ending.livedMs < provenMs) failures += 1;
    retry = clock.after(waitMs, connect);
    enter({ name: 'waiting', until: clock.now() + waitMs });
  }

  return {
    get state() {
      return state;
    },
    start() {
      if (state.name === 'offline' || state.name === 'ended') connect();
    },
    stop() {
      retry?.cancel();
      retry = null;
      link?.close();
      link = null;
      failures = 0;
      if (state.name !== 'offline') enter({ name: 'offline' });
    },
    send(frame) {
      if (state.name === 'live') link?.send(frame);
    },
    hint(kind) {
      if (state.name === 'waiting') connect();
      else if (state.name === 'live' && kind === 'visible') link?.suspect();
    },
  };
}

/**
 * A balancer's address moves, a node starts anew within seconds: so long it is tried each second. By chance, so that those
 * who were cut off together do not come back together.
 */
function backoff(failures: number, random: Random): number {
  const last = backoffMs.length - 1;
  const longest = (backoffMs[Math.min(failures, last)] ?? 0) * 2 ** Math.max(0, failures - last);
  return (Math.min(backoffLongestMs, longest) * (1 + random.fraction())) / 2;
}

/** `comeBackInMs`: undefined when the link just broke; null when the server does not want to see us again. */
type Ending =
  | { comeBackInMs?: number; livedMs: number }
  | { comeBackInMs: null; livedMs: number; reason: GoodbyeReason; error: ErrorEnvelope | null };

interface Link {
  send(frame: ClientFrame): void;
  suspect(): void;
  /** Ends it without a word to `onEnd`. */
  close(): void;
}

/** One socket, from opening to its end, with the heartbeat in between. */
function openLink(deps: {
  url: string;
  clock: Clock;
  sockets: Sockets;
  hello: () => Omit<Hello, 't' | 'level'>;
  onOpen: () => void;
  onFrame: (frame: ServerFrame) => void;
  onEnd: (ending: Ending) => void;
}): Link {
  const { clock } = deps;
  let over = false;
  let welcomedAt: number | null = null;
  const heartbeat = createHeartbeat({ clock, ping: () => send({ t: 'ping' }), onDead: () => fail() });

  function close(): void {
    over = true;
    deadline.cancel();
    heartbeat.stop();
    socket.close();
  }

  function end(ending: { comeBackInMs?: number } | Omit<Extract<Ending, { comeBackInMs: null }>, 'livedMs'>) {
    if (over) return;
    close();
    deps.onEnd({ ...ending, livedMs: welcomedAt === null ? 0 : clock.now() - welcomedAt });
  }

  function fail(): void {
    end({});
  }

  function send(frame: ClientFrame): void {
    if (over) return;
    heartbeat.sent();
    if (frame.t === 'call') heartbeat.called();
    socket.send(JSON.stringify(frame));
  }

  function receive(frame: ServerFrame): void {
    if (frame.t === 'reply' || frame.t === 'refused') heartbeat.answered();
    heartbeat.heard();
    if (frame.t === 'welcome') {
      welcomedAt = clock.now();
      deadline.cancel();
      heartbeat.start(frame.heartbeatMs);
    }
    deps.onFrame(frame);
    if (frame.t !== 'goodbye') return;
    const { comeBackInMs, reason, error } = frame;
    if (comeBackInMs === null) end({ comeBackInMs, reason, error: error ?? null });
    else end({ comeBackInMs });
  }

  const socket: Socket = deps.sockets.open(deps.url, {
    opened() {
      if (over) return;
      deps.onOpen();
      send({ t: 'hello', level: protocolLevels[0], ...deps.hello() });
    },
    message(text) {
      if (over) return;
      const frame = parseFrame(text);
      if (frame) receive(frame);
      else fail();
    },
    closed: fail,
  });
  const deadline = clock.after(greetingTimeoutMs, fail);

  return { send, suspect: () => heartbeat.suspect(), close };
}

interface Heartbeat {
  start(periodMs: number): void;
  heard(): void;
  sent(): void;
  /** Counts what is owed: one answer more, one less. */
  called(): void;
  answered(): void;
  suspect(): void;
  stop(): void;
}

/**
 * Pings each period; dead when a ping stayed without any frame after it for too long. Counts from the ping, not from
 * the last frame: browsers slow the timers of hidden pages down to one a minute, and that must not look like death.
 * For the same reason a page that only listens speaks up when it hears something, not only by timer.
 */
function createHeartbeat(deps: { clock: Clock; ping: () => void; onDead: () => void }): Heartbeat {
  const { clock } = deps;
  let periodMs: number = limits.heartbeatMs;
  let running = false;
  let lastSentAt = 0;
  /** 0 when no ping is. */
  let unansweredSince = 0;
  let tick: Timer | null = null;
  let suspicion: Timer | null = null;
  let quiet: Timer | null = null;
  let owed = 0;
  /** That were answered while something was owed. */
  let questions = 0;

  function ping(): void {
    unansweredSince ||= clock.now();
    deps.ping();
  }

  /** Asks again, or gives up when a ping stayed unanswered for so long. */
  function pingFor(ms: number): void {
    if (unansweredSince && clock.now() - unansweredSince >= ms) deps.onDead();
    else ping();
  }

  function awaitAnswer(): void {
    if (!running) return;
    quiet ??= clock.after(quietMs * 2 ** (unansweredSince ? 0 : questions), () => {
      quiet = null;
      pingFor(silentMs);
      awaitAnswer();
    });
  }

  function beat(): void {
    tick = clock.after(periodMs, beat);
    pingFor(limits.heartbeatTimeoutMs);
  }

  return {
    start(period) {
      running = true;
      periodMs = period;
      tick = clock.after(periodMs, beat);
    },
    heard() {
      if (unansweredSince) questions += 1;
      unansweredSince = 0;
      suspicion?.cancel();
      suspicion = null;
      quiet?.cancel();
      quiet = null;
      if (owed > 0) awaitAnswer();
      if (running && clock.now() - lastSentAt >= periodMs) ping();
    },
    sent() {
      lastSentAt = clock.now();
    },
    called() {
      if (owed === 0) questions = 0;
      owed += 1;
      awaitAnswer();
    },
    answered() {
      owed -= 1;
    },
    suspect() {
      if (suspicion) return;
      suspicion = clock.after(suspectTimeoutMs, deps.onDead);
      ping();
    },
    stop() {
      running = false;
      tick?.cancel();
      suspicion?.cancel();
      quiet?.cancel();
    },
  };
}

/** @returns null for what is no frame at all. A frame of a kind unknown here is one, and is passed over later. */
function parseFrame(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 't' in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
