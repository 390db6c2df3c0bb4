/** Speaks frames over sockets in memory, for tests of the client: one fake chat, any number of connections and faults. */
import type { Badge, ClientFrame, Follow, Message, ServerFrame, Watch } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import type { Clock, Socket, SocketListener, Sockets } from '../platform/index.ts';
import { Refused } from '../refused.ts';
import type { AnyEvent } from '../state/reducers.ts';
import { createFakeChat, epoch, myRoom, type FakeChat } from './fake-chat.ts';
import { runCall } from './fake-calls.ts';

type Call = Extract<ClientFrame, { t: 'call' }>;

/** What becomes of a frame on its way to a client; late: after those that follow. */
export type Fate = 'deliver' | 'drop' | 'twice' | 'late';
/** What becomes of a call: done and answered; done, the answer lost; refused. */
export type Answer = 'run' | 'lose' | Refused;

export interface FakeServer {
  readonly chat: FakeChat;
  /** The way to the server for one person. */
  socketsFor(userId: string): Sockets;
  /** Breaks the connections of everybody, or of one person. */
  cut(userId?: string): void;
  /** Attempts to connect fail. */
  unreachable: boolean;
  /** Further behind than this a client gets `resync`. */
  catchUpMax: number;
  fateOf: (frame: ServerFrame) => Fate;
  answerTo: (userId: string, call: Call) => Answer;
  /** All frames of clients, in order. */
  readonly heard: { readonly userId: string; readonly frame: ClientFrame }[];
  /** Says something to a person's connections that no chat said. */
  say(userId: string, frame: ServerFrame): void;
  /** Runs a command of somebody without a connection. */
  act(userId: string, name: Call['name'], input: unknown): unknown;
}

interface Connection {
  readonly userId: string;
  isOpen: boolean;
  isFollowing: boolean;
  readonly watching: Set<string>;
  readonly badges: Map<string, Badge>;
  send(frame: ServerFrame): void;
  close(): void;
}

export function createFakeServer(clock: Clock): FakeServer {
  let lastAt = 0;
  // No two things happen at one time, so that the time says what came first.
  const chat = createFakeChat(() => (lastAt = Math.max(lastAt + 1, clock.now())));
  const connections = new Set<Connection>();
  const server: FakeServer = {
    chat,
    unreachable: false,
    catchUpMax: 1_000,
    fateOf: () => 'deliver',
    answerTo: () => 'run',
    heard: [],
    socketsFor: (userId) => ({ open: (_url, listener) => accept(userId, listener) }),
    cut(userId) {
      for (const connection of connections) if (!userId || connection.userId === userId) connection.close();
    },
    say(userId, frame) {
      for (const connection of connections) if (connection.userId === userId) connection.send(frame);
    },
    act: (userId, name, input) => runCall(chat, userId, name, input),
  };

  chat.onEvent((event) => {
    for (const connection of connections) tell(chat, connection, event);
  });

  function accept(userId: string, listener: SocketListener): Socket {
    const connection = createConnection(userId, listener);
    clock.after(1, () => {
      if (server.unreachable) connection.close();
      else if (connection.isOpen) {
        connections.add(connection);
        listener.opened();
      }
    });
    return {
      send(text) {
        clock.after(1, () => {
          if (!connection.isOpen) return;
          const frame = JSON.parse(text) as ClientFrame;
          server.heard.push({ userId, frame });
          receive(connection, frame);
        });
      },
      close() {
        connection.isOpen = false;
        connections.delete(connection);
      },
    };
  }

  function createConnection(userId: string, listener: SocketListener): Connection {
    const deliver = (frame: ServerFrame, delayMs: number) => {
      const text = JSON.stringify(frame);
      clock.after(delayMs, () => {
        if (connection.isOpen) listener.message(text);
      });
    };
    let orderedAt = 0;
    const connection: Connection = {
      userId,
      isOpen: true,
      isFollowing: false,
      watching: new Set(),
      badges: new Map(),
      send(frame) {
        const fate = server.fateOf(frame);
        if (fate === 'twice') deliver(frame, 40);
        if (fate === 'drop') return;
        const delayMs = fate === 'late' ? 40 : 1;
        if (!isOrdered(frame)) return deliver(frame, delayMs);
        orderedAt = Math.max(orderedAt, clock.now() + delayMs);
        deliver(frame, orderedAt - clock.now());
      },
      close() {
        if (!connection.isOpen) return;
        connection.isOpen = false;
        connections.delete(connection);
        clock.after(1, () => listener.closed());
      },
    };
    const flushBadges = () => {
      if (!connection.isOpen) return;
      const rooms = [...connection.badges.values()];
      connection.badges.clear();
      if (rooms.length > 0) connection.send({ t: 'badges', full: false, at: chat.now(), rooms });
      clock.after(limits.badgePeriodMs, flushBadges);
    };
    clock.after(limits.badgePeriodMs, flushBadges);
    return connection;
  }

  function receive(connection: Connection, frame: ClientFrame): void {
    switch (frame.t) {
      case 'hello':
        connection.send(welcome(connection, clock.now()));
        if (frame.follow) follow(connection, frame.follow);
        for (const from of frame.watch ?? []) watch(connection, from);
        return;
      case 'call':
        return answer(connection, frame);
      case 'follow':
        return follow(connection, frame.follow);
      case 'watch':
        return watch(connection, frame.watch);
      case 'unwatch':
        connection.watching.delete(frame.roomId);
        return;
      case 'ping':
        return connection.send({ t: 'pong', at: clock.now() });
      case 'presence':
        return connection.send({
          t: 'signal',
          name: 'presence',
          data: { presences: Object.fromEntries(frame.userIds.map((id) => [id, 'online'])) },
        });
    }
  }

  function answer(connection: Connection, call: Call): void {
    const verdict = server.answerTo(connection.userId, call);
    const { ref } = call;
    try {
      if (verdict instanceof Refused) throw verdict;
      const output = runCall(chat, connection.userId, call.name, call.input);
      if (verdict === 'run') connection.send({ t: 'reply', ref, output });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      connection.send({ t: 'refused', ref, error: error.envelope });
    }
  }

  /** @returns false when there is too much, or another numbering. */
  function catchUp(connection: Connection, from: { stream: string; epoch: number; after: number }): boolean {
    const events = chat.events(from.stream);
    const missed = events.length - from.after;
    if (from.epoch !== epoch || missed < 0 || missed > server.catchUpMax) {
      connection.send({ t: 'resync', stream: from.stream, epoch, head: events.length });
      return false;
    }
    for (const event of events.slice(from.after)) connection.send({ t: 'event', ...event });
    return true;
  }

  function follow(connection: Connection, from: Follow): void {
    const { epoch: of, workspace, user } = from;
    const streams = [
      { stream: 'workspace', epoch: of, after: workspace },
      { stream: `user:${connection.userId}`, epoch: of, after: user },
    ];
    connection.isFollowing = streams.map((stream) => catchUp(connection, stream)).every(Boolean);
    const rooms = [...chat.rooms.values()].flatMap((row): Badge[] => {
      if (!row.members.has(connection.userId)) return [];
      const { room, membership, counters } = myRoom(chat, row, connection.userId);
      const { readOrdinal } = membership;
      return [{ roomId: room.id, ...counters, readOrdinal, memberCount: room.memberCount, room }];
    });
    connection.badges.clear();
    const head = chat.events(`user:${connection.userId}`).length;
    connection.send({ t: 'badges', full: true, at: chat.now(), user: head, rooms });
  }

  function watch(connection: Connection, { roomId, epoch: of, after }: Watch): void {
    const stream = `room:${roomId}`;
    connection.watching.delete(roomId);
    const row = chat.rooms.get(roomId);
    if (row?.room.kind !== 'public' && !row?.members.has(connection.userId)) {
      connection.send({ t: 'unwatched', roomId, code: 'not_found' });
    } else if (catchUp(connection, { stream, epoch: of, after })) {
      connection.watching.add(roomId);
      connection.send({ t: 'watching', roomId, head: chat.events(stream).length });
    }
  }

  return server;
}

/** A badge never overtakes what the own stream says before it: of a room that is not known yet it would say nothing. */
function isOrdered(frame: ServerFrame): boolean {
  return (
    frame.t === 'badges' ||
    ((frame.t === 'event' || frame.t === 'resync') && !frame.stream.startsWith('room:'))
  );
}

function welcome({ userId }: Connection, at: number): ServerFrame {
  const { heartbeatMs } = limits;
  return { t: 'welcome', level: 1, epoch, userId, node: 'a', version: '0', at, heartbeatMs };
}

function tell(chat: FakeChat, connection: Connection, event: AnyEvent): void {
  const [kind, id = ''] = event.stream.split(':');
  if (kind !== 'room') {
    const isOwn = kind === 'workspace' || id === connection.userId;
    if (isOwn && connection.isFollowing) connection.send({ t: 'event', ...event });
  } else if (connection.watching.has(id)) {
    connection.send({ t: 'event', ...event });
    const data = event.data as { userId?: string };
    if (event.name === 'member.left' && data.userId === connection.userId) {
      connection.watching.delete(id);
      connection.send({ t: 'unwatched', roomId: id, code: 'not_found' });
    }
  } else if (chat.rooms.get(id)?.members.has(connection.userId)) {
    foldIntoBadge(connection, id, event);
  }
}

function foldIntoBadge(connection: Connection, roomId: string, event: AnyEvent): void {
  const badge = connection.badges.get(roomId) ?? { roomId, head: 0, ordinal: 0, lastAt: 0 };
  connection.badges.set(roomId, badge);
  badge.head = event.seq;
  const data = event.data as { message?: Message; room?: Badge['room']; memberCount?: number };
  if (event.name === 'room.changed' && data.room) badge.room = data.room;
  if (data.memberCount !== undefined) badge.memberCount = data.memberCount;
  const { message } = data;
  if (event.name !== 'message.sent' || !message?.ordinal) return;
  badge.ordinal = message.ordinal;
  badge.lastAt = message.at;
  if (message.authorId === connection.userId) badge.readOrdinal = message.ordinal;
  else if (message.mentions.all || message.mentions.here) (badge.mentions ??= []).push(message.ordinal);
}
