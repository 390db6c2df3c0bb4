/**
 * A process of its own that holds many members' sockets and counts what they receive. Spoken to by its parent:
 * {open: …} → {opened}; {count: true} → {events, resyncs, cpuSeconds}.
 */
import { openMemberSocket, type MemberSocket } from './src/member-socket.ts';
import { openXmppSocket } from './peers/xmpp-socket.ts';

/** How members come in. */
export type Door =
  | {
      kind: 'websocket';
      port: number;
      path: string;
      /** What each says from time to time, so that it is not taken for lost. */
      heartbeat: string | null;
      /** Which byte of a frame tells an event from everything else; `{"t":"event"…` unless told. */
      eventByte?: { at: number; is: number };
    }
  | { kind: 'xmpp'; port: number; room: string };

export interface OpenRequest {
  door: Door;
  /** One socket each; what it says when it is open: for XMPP, who it is. */
  members: readonly { say: readonly string[] }[];
}

export type ReceiverRequest = { open: OpenRequest } | { count: true };
export interface ReceiverCount {
  events: number;
  resyncs: number;
  cpuSeconds: number;
}
export type ReceiverReply = { opened: number } | ReceiverCount | { failed: string };

const openAtOnce = 50;
const heartbeatMs = 15_000;
const sockets: MemberSocket[] = [];
let events = 0;
let resyncs = 0;

async function open({ door, members }: OpenRequest): Promise<void> {
  if (door.kind === 'websocket' && door.heartbeat !== null) beat(door.heartbeat);
  for (let at = 0; at < members.length; at += openAtOnce) {
    const batch = members.slice(at, at + openAtOnce).map(async ({ say }) => {
      const socket = await (door.kind === 'xmpp' ? openXmpp(door, say) : openWebSocket(door, say));
      sockets.push(socket);
    });
    await Promise.all(batch);
  }
}

function beat(heartbeat: string): void {
  setInterval(() => {
    for (const socket of sockets) socket.sendText(heartbeat);
  }, heartbeatMs).unref();
}

async function openWebSocket(
  door: Extract<Door, { kind: 'websocket' }>,
  say: readonly string[],
): Promise<MemberSocket> {
  let heard = (): void => {};
  const answered = new Promise<void>((resolve) => (heard = resolve));
  // Machines have fewer ports to come from than members: each process has addresses of its own on the loop.
  const localAddress = `127.0.${process.pid % 256}.${1 + Math.floor(sockets.length / 20_000)}`;
  const socket: MemberSocket = await openMemberSocket(
    { port: door.port, path: door.path, localAddress },
    {
      ...(door.eventByte ? { eventByte: door.eventByte } : {}),
      onFirst: () => heard(),
      onEvents: (count) => (events += count),
      onResync({ stream, head }) {
        resyncs += 1;
        const watch = { roomId: stream.slice('room:'.length), epoch: 1, after: head };
        socket.sendText(JSON.stringify({ t: 'watch', watch }));
      },
    },
  );
  for (const text of say) socket.sendText(text);
  // No storm of newcomers: the next ones come when these have been let in.
  if (say.length > 0) await answered;
  return socket;
}

function openXmpp({ port, room }: Extract<Door, { kind: 'xmpp' }>, [name = '']: readonly string[]) {
  return openXmppSocket({ port, room, name }, { onMessages: (count) => (events += count) });
}

function reply(message: ReceiverReply): void {
  process.send?.(message);
}

process.on('message', (request: ReceiverRequest) => {
  if ('open' in request) {
    open(request.open).then(
      () => reply({ opened: sockets.length }),
      (error: unknown) => reply({ failed: String(error) }),
    );
    return;
  }
  const { user, system } = process.cpuUsage();
  reply({ events, resyncs, cpuSeconds: (user + system) / 1e6 });
});
process.on('disconnect', () => process.exit(0));
