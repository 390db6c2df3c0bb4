import type { Socket, Sockets } from './index.ts';

/** What is used of the standard's WebSocket; `ws` for Node has the same. */
export interface StandardSocket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

/** Sockets of the standard's kind: the browser's, Node's from 22 on, or what `open` makes for an older Node. */
export function createWebSockets(
  open: (url: string) => StandardSocket = (url) => new WebSocket(url),
): Sockets {
  return {
    open(url, listener): Socket {
      const socket = open(url);
      socket.onopen = () => listener.opened();
      socket.onmessage = (event: { data: unknown }) => {
        if (typeof event.data === 'string') listener.message(event.data);
      };
      socket.onclose = () => listener.closed();
      // The standard promises `close` after every error, and tells nothing more in `error`.
      socket.onerror = () => {};
      return { send: (text) => socket.send(text), close: () => socket.close() };
    },
  };
}
