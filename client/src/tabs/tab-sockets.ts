import type { Sockets } from '../platform/index.ts';
import type { FromTab, Line, ToTab } from './line.ts';

/** Sockets of a tab, carried by the switchboard: to the client they look like its own. One is open at a time. */
export function createTabSockets(line: Line<FromTab, ToTab>): Sockets {
  let n = 0;
  let current: Parameters<Sockets['open']>[1] | null = null;
  line.hear((heard) => {
    if (heard.n !== n || !current) return;
    if (heard.t === 'opened') current.opened();
    else if (heard.t === 'message') current.message(heard.text);
    else {
      const gone = current;
      current = null;
      gone.closed();
    }
  });
  return {
    open(url, listener) {
      n += 1;
      const mine = n;
      current = listener;
      line.say({ n: mine, t: 'open', url });
      return {
        send: (text) => line.say({ n: mine, t: 'send', text }),
        close() {
          if (n === mine) current = null;
          line.say({ n: mine, t: 'close' });
        },
      };
    },
  };
}
