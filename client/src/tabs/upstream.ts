import type { ClientFrame, Follow, ServerFrame, Watch } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import type { Clock, Socket, Sockets } from '../platform/index.ts';

export type Welcome = Extract<ServerFrame, { t: 'welcome' }>;
type Hello = Extract<ClientFrame, { t: 'hello' }>;
type Call = Extract<ClientFrame, { t: 'call' }>;

/** The switchboard's connection to the server, as all tabs together need it. */
export interface Upstream {
  readonly isOpen: boolean;
  /** Null before it came. */
  readonly welcome: Welcome | null;
  /** Only the first is said. */
  hello(hello: Hello): void;
  isGreetedWith(hello: Hello): boolean;
  follow(follow: Follow): void;
  watch(watch: Watch): void;
  unwatch(roomId: string): void;
  /** @param answer is given the frame's text, under the number of the one who asked */
  call(call: Call, answer: (text: string) => void): void;
  send(frame: ClientFrame): void;
  close(): void;
}

export interface UpstreamDeps {
  readonly clock: Clock;
  readonly sockets: Sockets;
  readonly url: string;
  readonly onOpen: () => void;
  readonly onWelcome: () => void;
  /** What is for every tab. A goodbye is also for those that nobody greeted: it may say why. */
  readonly onText: (text: string, kind: ServerFrame['t']) => void;
  /** The server ended the watching of a room. */
  readonly onUnwatched: (roomId: string) => void;
  readonly onClosed: () => void;
}

/** Calls in a queue of their own: the server takes so many at once of a connection, however many tabs it serves. */
interface Asked {
  readonly call: Call;
  readonly answer: (text: string) => void;
}

export function createUpstream(deps: UpstreamDeps): Upstream {
  const { clock } = deps;
  let isOpen = false;
  let over = false;
  let hello: Hello | null = null;
  let welcome: Welcome | null = null;
  let welcomedAt = 0;
  /** Of each stream that comes: the last number passed on, or the one it was asked for from. */
  const passedOn = new Map<string, number>();
  let badgesAt = Infinity;
  const waiting: Asked[] = [];
  const inFlight = new Map<number, Asked>();
  let nextRef = 1;

  function send(frame: ClientFrame): void {
    if (isOpen && !over) socket.send(JSON.stringify(frame));
  }

  function pump(): void {
    while (inFlight.size < limits.socketCallsInFlightMax) {
      const asked = waiting.shift();
      if (!asked) return;
      inFlight.set(nextRef, asked);
      send({ ...asked.call, ref: nextRef });
      nextRef += 1;
    }
  }

  function receive(text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    switch (frame.t) {
      case 'welcome':
        welcome = frame;
        welcomedAt = clock.now();
        startFrom(hello, frame);
        return deps.onWelcome();
      case 'reply':
      case 'refused':
        return answer(frame);
      case 'event':
        passedOn.set(frame.stream, Math.max(frame.seq, passedOn.get(frame.stream) ?? 0));
        break;
      case 'badges':
        badgesAt = frame.at;
        break;
      case 'resync':
        passedOn.delete(frame.stream);
        break;
      case 'unwatched':
        passedOn.delete(`room:${frame.roomId}`);
        deps.onUnwatched(frame.roomId);
        break;
      case 'watching':
      case 'signal':
      case 'pong':
      case 'goodbye':
        break;
    }
    deps.onText(text, frame.t);
  }

  function startFrom(greeting: Hello | null, { epoch, userId }: Welcome): void {
    const { follow, watch = [] } = greeting ?? {};
    if (follow?.epoch === epoch) {
      passedOn.set('workspace', follow.workspace);
      passedOn.set(`user:${userId}`, follow.user);
    }
    for (const from of watch) if (from.epoch === epoch) passedOn.set(`room:${from.roomId}`, from.after);
  }

  function answer(frame: Extract<ServerFrame, { t: 'reply' | 'refused' }>): void {
    const asked = inFlight.get(frame.ref);
    if (!asked) return;
    inFlight.delete(frame.ref);
    asked.answer(JSON.stringify({ ...frame, ref: asked.call.ref }));
    pump();
  }

  /** From where a stream has to be read so that neither the one who asks nor anybody else misses something. */
  function lowest(stream: string, after: number): number {
    const known = passedOn.get(stream);
    if (known === undefined) passedOn.set(stream, after);
    return Math.min(after, known ?? after);
  }

  const socket: Socket = deps.sockets.open(deps.url, {
    opened() {
      isOpen = true;
      deps.onOpen();
    },
    message(text) {
      if (!over) receive(text);
    },
    closed() {
      if (over) return;
      over = true;
      deps.onClosed();
    },
  });

  return {
    get isOpen() {
      return isOpen;
    },
    get welcome() {
      return welcome && { ...welcome, at: welcome.at + clock.now() - welcomedAt };
    },
    hello(frame) {
      if (hello) return;
      hello = frame;
      send(frame);
    },
    isGreetedWith: (frame) => frame === hello,
    follow(follow) {
      const { epoch, workspace, user, since } = follow;
      if (epoch !== welcome?.epoch) return send({ t: 'follow', follow });
      return send({
        t: 'follow',
        follow: {
          epoch,
          workspace: lowest('workspace', workspace),
          user: lowest(`user:${welcome.userId}`, user),
          since: Math.min(since, badgesAt),
        },
      });
    },
    watch(watch) {
      const { roomId, epoch } = watch;
      const after = epoch === welcome?.epoch ? lowest(`room:${roomId}`, watch.after) : watch.after;
      send({ t: 'watch', watch: { roomId, epoch, after } });
    },
    unwatch(roomId) {
      passedOn.delete(`room:${roomId}`);
      send({ t: 'unwatch', roomId });
    },
    call(call, answerTo) {
      waiting.push({ call, answer: answerTo });
      pump();
    },
    send,
    close() {
      over = true;
      socket.close();
    },
  };
}
