/**
 * A process of its own that holds many members' sockets and counts what they receive. Spoken to by its parent:
 * {open: …} → 'open'; {count: true} → {events, cpuSeconds}.
 */
import { openMemberSocket, type MemberSocket } from './member-socket.ts';

export interface OpenRequest {
  port: number;
  path: string;
  /** One socket each; what it says when it is open. */
  members: readonly { say: readonly string[] }[];
  heartbeat: string | null;
}

export type ReceiverRequest = { open: OpenRequest } | { count: true };
export type ReceiverReply = { opened: number } | { events: number; resyncs: number; cpuSeconds: number };

const openAtOnce = 50;
const heartbeatMs = 15_000;
const sockets: MemberSocket[] = [];
let events = 0;
let resyncs = 0;

async function open({ port, path, members, heartbeat }: OpenRequest): Promise<void> {
  if (heartbeat !== null)
    setInterval(() => {
      for (const socket of sockets) socket.sendText(heartbeat);
    }, heartbeatMs).unref();
  for (let at = 0; at < members.length; at += openAtOnce) {
    const batch = members.slice(at, at + openAtOnce).map(async ({ say }) => {
      let heard = (): void => {};
      const answered = new Promise<void>((resolve) => (heard = resolve));
      const socket: MemberSocket = await openMemberSocket(
        { port, path },
        {
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
      sockets.push(socket);
      // No storm of newcomers: the next ones come when these have been let in.
      if (say.length > 0) await answered;
    });
    await Promise.all(batch);
  }
}

function reply(message: ReceiverReply): void {
  process.send?.(message);
}

process.on('message', (request: ReceiverRequest) => {
  if ('open' in request) void open(request.open).then(() => reply({ opened: sockets.length }));
  else {
    const { user, system } = process.cpuUsage();
    reply({ events, resyncs, cpuSeconds: (user + system) / 1e6 });
  }
});
process.on('disconnect', () => process.exit(0));
