import type { Socket } from 'node:net';

const nothing = Buffer.alloc(0);

/**
 * Calls back once, when what Node holds for a socket has gone or the socket has. Not by `drain`, which is only told of to
 * who was told to wait for it: a small rest of what was sent past Node is not.
 */
export function onceWritten(socket: Socket, listener: () => void): void {
  if (socket.writableLength === 0) queueMicrotask(listener);
  else socket.write(nothing, () => listener());
}
