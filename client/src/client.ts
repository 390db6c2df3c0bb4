import type { CallName, Input, Message, Output, ServerFrame } from '@confab/protocol';
import { socketPath } from '@confab/protocol/levels';
import { limits } from '@confab/protocol/limits';
import { createArrivals, type Place } from './arrivals.ts';
import { createCalls, type Calls } from './calls.ts';
import { createChanges, type Changes } from './changes.ts';
import { createCommands, type Commands } from './commands.ts';
import { createConnection, type ConnectionState } from './connection.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createOwnStreams } from './own-streams.ts';
import { createPages } from './pages.ts';
import { createPersistence } from './persistence.ts';
import type { Platform } from './platform/index.ts';
import { createScrolling, type Scrolling } from './scrolling.ts';
import { createSignals, type Signals } from './signals.ts';
import { meetUsers, wantUsers } from './state/people.ts';
import { applyEvent, kindOf, type AnyEvent, type KnownEvent } from './state/reducers.ts';
import { limitTimeline } from './state/room-messages.ts';
import { clearState, createState, ownerOf, type State } from './state/state.ts';
import { createWanted } from './wanted.ts';
import { createWatchedRooms } from './watched-rooms.ts';

type SignalFrame = Extract<ServerFrame, { t: 'signal' }>;

export interface ClientOptions {
  /** Where the server is: `https://chat.example.org`, or with ws: or wss:. Its path is not used. */
  url: string;
  /** A personal access token; a browser has its cookie. */
  token?: string;
  /** Name and version of the program, for the server's log. */
  name?: string;
  platform: Platform;
  /** Rooms watched at once; others are let go of, least recently opened first. */
  watchedRoomsMax?: number;
  /** Messages of one room held at once. */
  messagesMax?: number;
  /** Something failed that no caller waits for; chat goes on without it. */
  onProblem?: (part: 'storage' | 'snapshot', error: unknown) => void;
}

export interface Client
  extends
    Commands,
    Scrolling,
    Pick<Outbox, 'retry' | 'discard'>,
    Pick<Signals, 'followPresence' | 'setPresence' | 'setTyping'> {
  /** What is known now. Views read it; nobody outside changes it. */
  readonly state: State;
  readonly connection: ConnectionState;
  /** Reads what was kept on the device, then connects. Resolves when the former is done. */
  start(): Promise<void>;
  /** Disconnects and writes what is not written. `start` goes on from there. */
  stop(): Promise<void>;
  /** Resolves when there is a state to show: kept from the last time, or a first snapshot. */
  ready(): Promise<void>;
  /** Forgets everything on this device: after signing out. Stop first. */
  forget(): Promise<void>;
  /** See Calls; people in the answer are known afterwards. */
  call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** Resolves when what a command did has arrived by its stream; at once when that stream is not followed. */
  reached(position: Place): Promise<void>;
  /** People to be shown who may not be known; they come under `user:ID`. */
  needUsers(userIds: Iterable<string>): void;
  subscribe: Changes['subscribe'];
  /** Every event of the own streams and of watched rooms, once and in order, after the state contains it. */
  onEvent(listener: (event: KnownEvent) => void): () => void;
  onSignal(listener: (signal: SignalFrame) => void): () => void;
  /** online: there is a network again. visible, hidden: the page is looked at, or no longer. */
  hint(kind: 'online' | 'visible' | 'hidden'): void;
}

/** A client: nothing happens before `start`. Everything it does is on the platform it is given. */
export function createClient(options: ClientOptions): Client {
  const { platform } = options;
  const { clock, random, sockets, storage } = platform;
  const messagesMax = options.messagesMax ?? 1_000;
  const changes = createChanges();
  const state = createState(changes.touch);
  const eventListeners = new Set<(event: KnownEvent) => void>();
  const signalListeners = new Set<(signal: SignalFrame) => void>();
  const news: KnownEvent[] = [];
  let isStarted = false;
  let loading: Promise<void> | null = null;

  const isLive = () => connection.state.name === 'live';
  const onStorageFailure = (error: unknown) => options.onProblem?.('storage', error);
  const calls: Calls = createCalls({ clock, send: (frame) => connection.send(frame) });
  const arrivals = createArrivals({ state, isFollowed: (roomId) => watched.follows(roomId) });
  const persistence = createPersistence({
    state,
    changes,
    storage,
    clock,
    leadership: platform.leadership,
    onFailure: onStorageFailure,
  });
  const outbox = createOutbox({
    state,
    clock,
    random,
    storage,
    call: calls.call,
    arrivals,
    isLive,
    flush: changes.flush,
    onStorageFailure,
  });
  const pages = createPages({
    state,
    call: calls.call,
    messagesMax,
    isWatched: (roomId) => watched.has(roomId),
    onFollowing: (following, at) => own.met(following, at),
    onPage(_, { messages, position }) {
      for (const message of messages) outbox.confirm(message, position.epoch);
      settle();
    },
  });
  const own = createOwnStreams({
    state,
    clock,
    call: calls.call,
    follow: (follow) => connection.send({ t: 'follow', follow }),
    apply,
    onSnapshot: settle,
    onProblem: (error) => options.onProblem?.('snapshot', error),
  });
  const watched = createWatchedRooms({
    state,
    clock,
    max: Math.min(options.watchedRoomsMax ?? limits.watchedRoomsMax, limits.watchedRoomsMax),
    isStarted: () => isStarted,
    send: (frame) => connection.send(frame),
    apply,
    loadStored: persistence.loadPage,
    loadNewest: async (roomId, beforeMerge) => void (await pages.room(roomId, {}, beforeMerge)),
    onUncounted: () => own.refreshBadges(),
    onReplaced: (roomId) => scrolling.reloadThreads(roomId),
    onEvict: () => void persistence.flush(),
  });
  const scrolling = createScrolling({ state, watched, pages, settle });
  const commands = createCommands({ state, outbox, random, call, settle });
  const signals = createSignals({
    state,
    clock,
    call: calls.call,
    send: (frame) => connection.send(frame),
    isLive,
    settle,
  });
  const wanted = createWanted({ state, clock, call: calls.call, pages, isLive, settle });
  const connection = createConnection({
    url: socketUrl(options.url),
    clock,
    random,
    sockets,
    hello: () => ({
      client: (options.name ?? 'confab').slice(0, 100),
      ...(options.token === undefined ? {} : { token: options.token }),
      ...followOf(own.hello()),
      watch: watched.hello(),
    }),
    onState: connectionChanged,
    onFrame(frame) {
      receive(frame);
      settle();
    },
  });

  /** The end of each step: what has arrived is let go of, and everybody is told. */
  function settle(): void {
    outbox.look();
    arrivals.look();
    wanted.look();
    changes.flush();
    for (const event of news.splice(0)) for (const listener of eventListeners) listener(event);
  }

  function connectionChanged({ name }: ConnectionState): void {
    if (name !== 'live') {
      calls.linkDown();
      own.disconnected();
      watched.disconnected();
    }
    if (name === 'offline' || name === 'ended') calls.end();
    changes.touch('connection');
    settle();
  }

  function receive(frame: ServerFrame): void {
    switch (frame.t) {
      case 'welcome':
        return welcomed(frame);
      case 'reply':
      case 'refused':
        return calls.receive(frame);
      case 'event':
        return (kindOf(frame.stream) === 'room' ? watched : own).event(frame);
      case 'resync':
        return kindOf(frame.stream) === 'room'
          ? watched.resync(ownerOf(frame.stream))
          : own.resync(frame.stream);
      case 'badges':
        return own.badges(frame);
      case 'watching':
        return watched.watching(frame);
      case 'unwatched':
        return watched.unwatched(frame);
      case 'signal':
        signals.receive(frame);
        for (const listener of signalListeners) listener(frame);
        return;
      case 'pong':
      case 'goodbye':
        return;
    }
  }

  function welcomed({ userId, epoch }: Extract<ServerFrame, { t: 'welcome' }>): void {
    if (state.me && state.me.userId !== userId) forgetAll();
    calls.linkUp();
    own.welcomed(epoch);
    watched.welcomed(epoch);
    outbox.linkUp();
    signals.linkUp();
    wanted.linkUp();
  }

  /** What one person wrote is never sent as another. */
  function forgetAll(): void {
    watched.clear();
    outbox.clear();
    clearState(state);
    void persistence.clear();
  }

  function apply(event: AnyEvent): void {
    const known = applyEvent(state, event);
    if (!known) return;
    news.push(known);
    if (known.name === 'message.sent') arrived(known.data.message, event.epoch);
    if (known.name === 'room.removed') watched.removed(known.data.roomId);
    if (known.name === 'room.added') watched.added(known.data.room.room.id);
  }

  function arrived(message: Message, epoch: number): void {
    outbox.confirm(message, epoch);
    const room = state.messages.get(message.roomId);
    if (!room || message.ordinal === null || room.held.size < messagesMax * 1.5) return;
    limitTimeline(room, { ordinal: message.ordinal, max: messagesMax });
  }

  async function call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
    const askedAt = state.userChangeCount;
    const output = await calls.call(name, input);
    if ('users' in output && Array.isArray(output.users)) meetUsers(state, output.users, askedAt);
    if (name === 'user.get') meetUsers(state, [(output as Output<'user.get'>).user], askedAt);
    changes.flush();
    return output;
  }

  async function load(): Promise<void> {
    await persistence.load();
    changes.touch('ready');
    await outbox.load();
    settle();
  }

  return {
    state,
    get connection() {
      return connection.state;
    },
    async start() {
      isStarted = true;
      await (loading ??= load());
      if (!isStarted) return;
      persistence.start();
      connection.start();
    },
    async stop() {
      isStarted = false;
      connection.stop();
      signals.stop();
      await persistence.stop();
    },
    ready: () => {
      if (state.positions) return Promise.resolve();
      return new Promise((resolve) => {
        const stop = changes.subscribe('ready', () => {
          if (!state.positions) return;
          stop();
          resolve();
        });
      });
    },
    async forget() {
      forgetAll();
      changes.flush();
      await persistence.clear();
    },
    call,
    reached: arrivals.wait,
    needUsers(userIds) {
      wantUsers(state, userIds);
      wanted.look();
    },
    subscribe: changes.subscribe,
    onEvent: (listener) => listen(eventListeners, listener),
    onSignal: (listener) => listen(signalListeners, listener),
    hint(kind) {
      if (kind === 'hidden') void persistence.flush();
      else connection.hint(kind);
    },
    ...scrolling,
    ...commands,
    retry: outbox.retry,
    discard: outbox.discard,
    followPresence: signals.followPresence,
    setPresence: signals.setPresence,
    setTyping: signals.setTyping,
  };
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function followOf<Follow>(follow: Follow | undefined): { follow?: Follow } {
  return follow === undefined ? {} : { follow };
}

/** http: becomes ws:, https: wss:; throws for what is no URL. */
function socketUrl(url: string): string {
  const socket = new URL(socketPath, url);
  socket.protocol = socket.protocol.replace('http', 'ws');
  return socket.href;
}
