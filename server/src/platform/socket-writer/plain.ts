import type { SocketWriter } from './index.ts';

/** By Node's own means. */
export const plainWriter: SocketWriter = {
  name: 'plain',
  write(sockets, bytes) {
    for (const socket of sockets) if (!socket.destroyed) socket.write(bytes);
  },
};
