/** Real sockets: the upgrade at the door, and frames written as bytes that were encoded once for everybody. */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { limits, socketPath } from '@confab/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Frame } from '../delivery/index.ts';
import type { Visitor } from '../kit/caller.ts';
import type { Clock } from '../platform/clock/index.ts';
import { onceWritten, type SocketWriter } from '../platform/socket-writer/index.ts';
import type { Credential } from './authentication.ts';
import type { Connection, Transport } from './connection.ts';
import { createOutgoing, waitingBytes, type Departure, type Outgoing } from './outgoing.ts';

/** How much of a refused socket's handshake is answered. */
type UpgradeRefusal = { status: 400 | 403 | 404 | 503; words: string };

export interface SocketDoor {
  /** Reads who is knocking; refuses a foreign origin. */
  admit(request: IncomingMessage): { visitor: Visitor; cookie: Credential | null } | UpgradeRefusal;
  open(transport: Transport, door: { visitor: Visitor; cookie: Credential | null }): Connection;
}

/** How long a peer may take to answer a closing handshake when the program ends. */
const closingMs = 1_000;

export function serveSockets(
  server: Server,
  deps: SocketDoor & { clock: Clock; writer: SocketWriter },
): {
  /** Takes nobody in any more; resolves when everybody has gone or was cut off. Say goodbye before. */
  close(): Promise<void>;
} {
  const door: SocketDoor = deps;
  const outgoing = createOutgoing(deps);
  const open = new Set<WebSocket>();
  let emptied: (() => void) | null = null;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.socketFrameBytesMax,
    clientTracking: false,
  });

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    // Before anything else: a peer that resets the connection now must not end the process.
    stream.on('error', () => stream.destroy());
    const path = request.url?.split('?')[0];
    const admitted: ReturnType<SocketDoor['admit']> =
      path === socketPath ? door.admit(request) : { status: 404, words: 'Not Found' };
    if ('status' in admitted) return refuse(stream, admitted);
    sockets.handleUpgrade(request, stream, head, (websocket) => {
      open.add(websocket);
      websocket.on('close', () => {
        open.delete(websocket);
        if (open.size === 0) emptied?.();
      });
      // An upgraded connection of an HTTP server is a net.Socket (TLS sockets are, too).
      const transport = new SocketTransport(websocket, stream as Socket, outgoing);
      serve(websocket, stream as Socket, door.open(transport, admitted));
    });
  };
  server.on('upgrade', onUpgrade);
  return {
    async close() {
      server.off('upgrade', onUpgrade);
      sockets.close();
      if (open.size === 0) return;
      await new Promise<void>((resolve) => {
        emptied = resolve;
        deps.clock.after(closingMs, () => {
          for (const websocket of open) websocket.terminate();
        });
      });
    },
  };
}

function refuse(stream: Duplex, refusal: UpgradeRefusal): void {
  stream.end(`HTTP/1.1 ${refusal.status} ${refusal.words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function serve(websocket: WebSocket, socket: Socket, connection: Connection): void {
  socket.setNoDelay(true);
  websocket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) websocket.close(1003, 'text frames only');
    else connection.receive(data.toString('utf8'));
  });
  websocket.on('close', () => connection.lost());
  // The close event follows: too large, not UTF-8, or a broken frame.
  websocket.on('error', () => websocket.terminate());
}

/** A class, since an idle connection's memory is mostly small things: its methods are there once for all. */
class SocketTransport implements Transport, Departure {
  readonly #websocket: WebSocket;
  readonly #outgoing: Outgoing;
  readonly socket: Socket;
  waiting: Buffer | Buffer[] | null = null;

  constructor(websocket: WebSocket, socket: Socket, outgoing: Outgoing) {
    this.#websocket = websocket;
    this.socket = socket;
    this.#outgoing = outgoing;
  }

  send(frame: Frame): void {
    if (this.#websocket.readyState === this.#websocket.OPEN) this.#outgoing.add(this, frame.bytes);
  }

  get queuedBytes(): number {
    return this.socket.writableLength + waitingBytes(this);
  }

  onceDrained(listener: () => void): void {
    this.#outgoing.flush(this);
    onceWritten(this.socket, listener);
  }

  close(code: number, reason: string): void {
    this.#outgoing.flush(this);
    this.#websocket.close(code, reason);
  }
}
