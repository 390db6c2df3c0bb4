import type { Socket, SocketListener, Sockets } from '@confab/client';

/** What goes over one person's wires, seen before the client sees it. */
export interface Tap {
  closed(): void;
  /** The name of the node that answered. */
  welcomed(node: string): void;
  /** An event of a room's stream. */
  roomEvent(roomId: string, seq: number): void;
}

const roomEvent = /^\{"t":"event","stream":"room:(\d+)","epoch":\d+,"seq":(\d+)/;
const welcome = '{"t":"welcome"';

/** Reads the beginning of each frame and parses next to none: a crowd has many wires. */
export function tapSockets(sockets: Sockets, tap: Tap): Sockets {
  return {
    open(url, listener): Socket {
      const tapped: SocketListener = {
        opened: () => listener.opened(),
        message(text) {
          const event = roomEvent.exec(text);
          if (event) tap.roomEvent(event[1] ?? '', Number(event[2]));
          else if (text.startsWith(welcome)) tap.welcomed((JSON.parse(text) as { node?: string }).node ?? '');
          listener.message(text);
        },
        closed() {
          tap.closed();
          listener.closed();
        },
      };
      return sockets.open(url, tapped);
    },
  };
}
