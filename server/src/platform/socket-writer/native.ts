import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type { SocketWriter } from './index.ts';
import { plainWriter } from './plain.ts';

interface Addon {
  /** See server/native/socket-writer.c. */
  sendToAll(fds: Int32Array, count: number, bytes: Uint8Array, sent: Int32Array): void;
}

/** So many sockets are written to by one call. */
const callSockets = 1_024;

/**
 * @param file the add-on that `npm run build` makes where there is a C compiler
 * @returns a writer that sends by it, or Node's own means where it is missing or does not fit this machine
 */
export function openSocketWriter(file: string): SocketWriter {
  try {
    return nativeWriter(createRequire(import.meta.url)(file) as Addon);
  } catch {
    return plainWriter;
  }
}

function nativeWriter(addon: Addon): SocketWriter {
  const fds = new Int32Array(callSockets);
  const sent = new Int32Array(callSockets);
  const direct: Socket[] = [];

  function sendToDirect(bytes: Buffer): void {
    addon.sendToAll(fds, direct.length, bytes, sent);
    for (const [index, socket] of direct.entries()) {
      const taken = sent[index] ?? 0;
      if (taken < bytes.length) socket.write(taken === 0 ? bytes : bytes.subarray(taken));
    }
    direct.length = 0;
  }

  return {
    name: 'native',
    write(sockets, bytes) {
      for (const socket of sockets) {
        if (socket.destroyed) continue;
        const fd = openFd(socket);
        // What waits in Node's queue goes first.
        if (fd === null || socket.writableLength > 0) socket.write(bytes);
        else {
          fds[direct.length] = fd;
          if (direct.push(socket) === callSockets) sendToDirect(bytes);
        }
      }
      if (direct.length > 0) sendToDirect(bytes);
    },
  };
}

const known = Symbol('descriptor');

/**
 * The descriptor of a socket that is open and not TLS. Node tells it of its handle only, which goes when the socket is
 * destroyed; it is asked for once, since asking costs as much as a tenth of a send.
 */
function openFd(socket: Socket & { [known]?: number }): number | null {
  socket[known] ??= 'encrypted' in socket ? -1 : handleFd(socket);
  return socket[known] >= 0 && socket.writable ? socket[known] : null;
}

function handleFd(socket: Socket): number {
  const { _handle: handle } = socket as { _handle?: { fd?: number } | null };
  return handle?.fd ?? -1;
}
