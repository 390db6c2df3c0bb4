import { createClient, type Client } from '@confab/client';
import { createMemoryStorage } from '@confab/client/platform/storage/memory';
import type { Socket, SocketListener, Sockets } from '@confab/client/platform/index';
import { systemClock, systemRandom } from '@confab/client/platform/system';
import { createNodeSockets } from '@confab/client/platform/ws-sockets';

/** One device of one person: a client, what it keeps, and a cable that can be pulled. */
export interface Device {
  readonly client: Client;
  loseNetwork(): void;
  comeBack(): void;
  /** The page is closed and opened again: only what was stored is left. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** @param address of the node it talks to; asked at each connection, since nodes come and go. */
export async function createDevice(options: { address: () => string; token: string }): Promise<Device> {
  const storage = createMemoryStorage();
  const cable = createCable(createNodeSockets(), options.address);
  const open = async (): Promise<Client> => {
    const client = createClient({
      url: options.address(),
      token: options.token,
      platform: { clock: systemClock, random: systemRandom, sockets: cable.sockets, storage },
    });
    await client.start();
    return client;
  };
  let client = await open();
  return {
    get client() {
      return client;
    },
    loseNetwork: () => cable.pull(),
    comeBack() {
      cable.plug();
      client.hint('online');
    },
    async reload() {
      await client.stop();
      client = await open();
    },
    close: () => client.stop(),
  };
}

/** Sockets over a cable: pulled, everything open dies without a word and nothing new opens. */
function createCable(sockets: Sockets, address: () => string) {
  const open = new Set<{ socket: Socket; listener: SocketListener }>();
  let plugged = true;
  const dead: Socket = { send() {}, close() {} };
  return {
    sockets: {
      open(url, listener) {
        if (!plugged) {
          queueMicrotask(() => listener.closed());
          return dead;
        }
        const { host } = new URL(address());
        const target = new URL(url);
        target.host = host;
        const entry = { socket: dead, listener };
        entry.socket = sockets.open(target.href, {
          opened: () => open.has(entry) && listener.opened(),
          message: (text) => open.has(entry) && listener.message(text),
          closed: () => open.delete(entry) && listener.closed(),
        });
        open.add(entry);
        return entry.socket;
      },
    } satisfies Sockets,
    pull() {
      plugged = false;
      for (const entry of [...open]) {
        open.delete(entry);
        entry.socket.close();
        entry.listener.closed();
      }
    },
    plug() {
      plugged = true;
    },
  };
}
