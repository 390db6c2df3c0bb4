import type { User } from '@confab/protocol';
import { createClient, type Client } from '../client.ts';
import type { Clock } from '../platform/index.ts';
import { createMemoryStorage } from '../platform/storage/memory.ts';
import type { FromTab, Line, ToTab } from '../tabs/line.ts';
import { createSwitchboard } from '../tabs/switchboard.ts';
import { createTabSockets } from '../tabs/tab-sockets.ts';
import { createFakeRandom } from './fake-clock.ts';
import type { World } from './world.ts';

/** A browser: its tabs share one connection. */
export interface Browser {
  /** A tab that has caught up. `crash` ends it without a word to the switchboard, which hears of it from the browser. */
  tab(): Promise<{ client: Client; crash(): void }>;
  /** Connections that were opened to the server. */
  readonly opened: number;
}

export function createBrowser(world: World, user: User): Browser {
  const { clock, server } = world;
  const sockets = server.socketsFor(user.id);
  let opened = 0;
  let made = 0;
  const switchboard = createSwitchboard({
    clock,
    sockets: {
      open(url, listener) {
        opened += 1;
        return sockets.open(url, listener);
      },
    },
  });
  return {
    get opened() {
      return opened;
    },
    async tab() {
      made += 1;
      const [here, there] = createLine<FromTab, ToTab>(clock);
      const detach = switchboard.attach(there);
      const client = createClient({
        url: 'http://chat',
        platform: {
          clock,
          random: createFakeRandom(50_000 + made),
          sockets: createTabSockets(here),
          storage: createMemoryStorage(),
        },
      });
      await client.start();
      await clock.elapse(100);
      return { client, crash: detach };
    },
  };
}

/** Both ends of a line that carries everything, a moment later. */
function createLine<Up, Down>(clock: Clock): [Line<Up, Down>, Line<Down, Up>] {
  let toHere: (heard: Down) => void = () => {};
  let toThere: (heard: Up) => void = () => {};
  return [
    { say: (sent) => void clock.after(0, () => toThere(sent)), hear: (listener) => (toHere = listener) },
    { say: (sent) => void clock.after(0, () => toHere(sent)), hear: (listener) => (toThere = listener) },
  ];
}
