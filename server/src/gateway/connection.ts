/**
 * One socket, whatever carries it. States: greeting (only `hello` is heard) → identifying (frames wait) → open → closed.
 * What a client follows and watches is its subscriptions; calls go to dispatch. Everything it is sent passes `send`,
 * whose queue is bounded: over the limit its streams fall behind and catch up by their numbers when it has emptied.
 */
import {
  limits,
  protocolLevels,
  type Badge,
  type ClientFrame,
  type ErrorEnvelope,
  type GoodbyeReason,
  type ServerFrame,
} from '@confab/protocol';
import { Frame, type BadgeListener, type Subscriber } from '../delivery/index.ts';
import type { Caller, Visitor } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { callerOf, type Credential, type Identity } from './authentication.ts';
import type { ConnectionDeps } from './connection-deps.ts';
import { createFollowing, type Following } from './following.ts';

/** What carries frames: a real socket, or one of the simulation. */
export interface Transport {
  send(frame: Frame): void;
  /** Bytes accepted by `send` and not yet taken by the network. */
  readonly queuedBytes: number;
  /** Calls back once, when the queue has emptied. */
  onceDrained(listener: () => void): void;
  /** Closes with a WebSocket close code after what was sent. */
  close(code: number, reason: string): void;
}

/** Frames that may wait while it is found out who speaks: all watches, and then some. */
const earlyFramesMax = limits.watchedRoomsMax + limits.socketCallsInFlightMax;
/** A reader that takes nothing for this long is cut off. */
const stalledMs = 30_000;

export class Connection implements Subscriber, BadgeListener {
  readonly id: string;
  readonly #deps: ConnectionDeps;
  readonly #transport: Transport;
  readonly #visitor: Visitor;
  readonly #cookie: Credential | null;
  #state: 'greeting' | 'identifying' | 'open' | 'closed' = 'greeting';
  /** Came after hello, before it was known who speaks. */
  #early: ClientFrame[] = [];
  #caller: Caller | null = null;
  #expiresAt: number | null = null;
  #callsInFlight = 0;
  #following: Following | null = null;
  #drainWaiters: (() => void)[] = [];
  #presenceOff: (() => void) | null = null;
  heardAt: number;

  constructor(
    deps: ConnectionDeps,
    transport: Transport,
    door: { visitor: Visitor; cookie: Credential | null },
  ) {
    this.id = deps.random.id();
    this.#deps = deps;
    this.#transport = transport;
    this.#visitor = door.visitor;
    this.#cookie = door.cookie;
    this.heardAt = deps.clock.now();
  }

  get userId(): string {
    return this.#caller?.userId ?? '';
  }

  get closed(): boolean {
    return this.#state === 'closed';
  }

  get busy(): boolean {
    return this.#callsInFlight > 0;
  }

  /** One frame from the client. */
  receive(text: string): void {
    if (this.closed) return;
    this.heardAt = this.#deps.clock.now();
    try {
      this.#hear(text);
    } catch (error) {
      this.#refuse(this.#deps.dispatch.envelope(error, { connection: this.id }));
    }
  }

  #hear(text: string): void {
    const frame = this.#deps.validators.frame(parse(text));
    if (this.#state === 'greeting') {
      if (frame.t !== 'hello') throw new Refusal('unauthenticated');
      this.#state = 'identifying';
      this.#greet(frame).catch((error: unknown) => this.#refuse(this.#deps.dispatch.envelope(error, {})));
      return;
    }
    if (this.#state === 'identifying') {
      if (this.#early.length >= earlyFramesMax) throw new Refusal('too_many', { retryAfterMs: 1_000 });
      this.#early.push(frame);
      return;
    }
    this.#obey(frame);
  }

  #obey(frame: ClientFrame): void {
    if (!this.#caller) throw new Refusal('unauthenticated');
    if (this.#expired()) return this.goodbye('signed_out', null);
    switch (frame.t) {
      case 'hello':
        throw new Refusal('invalid', { path: '/t', expected: 'hello only once' });
      case 'call':
        this.#call(frame, this.#caller);
        break;
      case 'follow':
        this.#following?.follow(frame.follow);
        break;
      case 'watch':
        this.#following?.watch(frame.watch);
        break;
      case 'unwatch':
        this.#following?.unwatch(frame.roomId);
        break;
      case 'presence':
        this.#presenceOff?.();
        this.#presenceOff = this.#deps.presence.watch(frame.userIds, (presences) =>
          this.sendFrame({ t: 'signal', name: 'presence', data: { presences } }),
        );
        break;
      case 'ping':
        this.sendFrame({ t: 'pong', at: this.#deps.clock.now() });
        break;
    }
  }

  async #greet(hello: Extract<ClientFrame, { t: 'hello' }>): Promise<void> {
    if (!protocolLevels.some((level) => level === hello.level)) {
      throw new Refusal('level_unsupported', { levels: protocolLevels });
    }
    const credential: Credential | null = hello.token ? { kind: 'token', secret: hello.token } : this.#cookie;
    const identity = credential && (await this.#identify(credential));
    if (this.closed) return;
    if (!identity) throw new Refusal('unauthenticated');
    if (!identity.scopes.includes('read')) throw new Refusal('forbidden', { needs: 'scope read' });
    this.#admit(identity);
    this.sendFrame({
      t: 'welcome',
      level: hello.level,
      epoch: this.#deps.epoch,
      userId: identity.userId,
      node: this.#deps.nodeName,
      version: this.#deps.version,
      at: this.#deps.clock.now(),
      heartbeatMs: limits.heartbeatMs,
    });
    if (hello.follow) this.#following?.follow(hello.follow);
    for (const watch of hello.watch ?? []) this.#following?.watch(watch);
    this.#state = 'open';
    for (const frame of this.#early.splice(0)) if (!this.closed) this.#obey(frame);
  }

  #identify(credential: Credential): Promise<Identity | null> {
    return this.#deps.admission.greet({ credential, isGone: () => this.closed });
  }

  #admit(identity: Identity): void {
    const caller = callerOf(this.#visitor, identity, this.id);
    this.#caller = caller;
    this.#expiresAt = identity.expiresAt;
    this.#following = createFollowing(this.#deps, this, {
      userId: identity.userId,
      sendFrame: (frame) => this.sendFrame(frame),
      endedSessions: ({ sessionIds, tokenIds }) => {
        const mine = caller.sessionId
          ? sessionIds.includes(caller.sessionId)
          : tokenIds.includes(caller.tokenId ?? '');
        if (mine) this.goodbye('signed_out', null);
      },
      roleChanged: (role) => {
        if (this.#caller) this.#caller = { ...this.#caller, role };
      },
    });
    this.#deps.presence.connected(this.id, identity.userId);
  }

  #expired(): boolean {
    return this.#expiresAt !== null && this.#expiresAt <= this.#deps.clock.now();
  }

  #call(frame: { ref: number; name: string; input: unknown }, caller: Caller): void {
    if (this.#callsInFlight >= limits.socketCallsInFlightMax) {
      const error = this.#deps.dispatch.envelope(new Refusal('too_many', { retryAfterMs: 1_000 }), {});
      this.sendFrame({ t: 'refused', ref: frame.ref, error });
      return;
    }
    this.#callsInFlight += 1;
    void this.#deps.dispatch.call(frame.name, frame.input, caller, 'socket').then((reply) => {
      this.#callsInFlight -= 1;
      this.sendFrame(
        reply.ok
          ? { t: 'reply', ref: frame.ref, output: reply.output }
          : { t: 'refused', ref: frame.ref, error: reply.error },
      );
    });
  }

  sendFrame(frame: ServerFrame): void {
    if (this.closed) return;
    this.send(new Frame(JSON.stringify(frame)));
  }

  // Subscriber

  send(frame: Frame): void {
    if (this.closed) return;
    this.#transport.send(frame);
  }

  get full(): boolean {
    return this.#transport.queuedBytes > limits.socketQueueBytesMax;
  }

  drained(): Promise<void> {
    if (this.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#drainWaiters.push(resolve);
      if (this.#drainWaiters.length > 1) return;
      const stalled = this.#deps.clock.after(stalledMs, () => this.goodbye('slow', 0));
      this.#transport.onceDrained(() => {
        stalled.cancel();
        this.#releaseDrainWaiters();
      });
    });
  }

  #releaseDrainWaiters(): void {
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const resolve of waiters) resolve();
  }

  isMember(roomId: string): boolean {
    return this.#following?.isMember(roomId) ?? false;
  }

  // BadgeListener

  watches(roomId: string): boolean {
    return this.#following?.watches(roomId) ?? false;
  }

  sendBadges(badges: readonly Badge[]): void {
    if (this.full) return this.#following?.badgesMissed();
    this.sendFrame({ t: 'badges', full: false, at: this.#deps.clock.now(), rooms: [...badges] });
  }

  // Endings

  #refuse(error: ErrorEnvelope): void {
    this.sendFrame({
      t: 'goodbye',
      reason: 'refused',
      comeBackInMs: this.#comeBackInMs(error),
      error,
    });
    this.#end(1008, error.code);
  }

  #comeBackInMs({ code, data }: ErrorEnvelope): number | null {
    const { retryAfterMs } = data;
    if (code === 'busy' && typeof retryAfterMs === 'number') return retryAfterMs;
    return code === 'unavailable' ? this.#deps.admission.comeBackInMs() : null;
  }

  /** Says why, and closes. */
  goodbye(reason: GoodbyeReason, comeBackInMs: number | null): void {
    if (this.closed) return;
    this.sendFrame({ t: 'goodbye', reason, comeBackInMs });
    this.#end(reason === 'draining' ? 1012 : 1000, reason);
  }

  #end(code: number, reason: string): void {
    this.#transport.close(code, reason);
    this.lost();
  }

  /** The socket is gone, from whichever side. */
  lost(): void {
    if (this.closed) return;
    this.#state = 'closed';
    this.#following?.close();
    this.#presenceOff?.();
    if (this.#caller) this.#deps.presence.disconnected(this.id);
    this.#releaseDrainWaiters();
    this.#deps.onClosed(this);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('invalid', { path: '', expected: 'JSON' });
  }
}
