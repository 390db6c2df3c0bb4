/** The worker that all tabs of a browser share: holds their one connection to the server. */
import { createSwitchboard } from '@confab/client/tabs/switchboard';
import type { FromTab, ToTab } from '@confab/client/tabs/line';
import { systemClock } from '@confab/client/platform/system';
import { createWebSockets } from '@confab/client/platform/web-sockets';
import type { TabGreeting } from './platform/shared-sockets.ts';

interface SharedWorkerScope {
  onconnect: (event: MessageEvent) => void;
}

const switchboard = createSwitchboard({ clock: systemClock, sockets: createWebSockets() });

(globalThis as unknown as SharedWorkerScope).onconnect = ({ ports: [port] }) => {
  if (!port) return;
  let hear: (heard: FromTab) => void = () => {};
  const detach = switchboard.attach({
    say: (sent: ToTab) => port.postMessage(sent),
    hear: (listener) => (hear = listener),
  });
  port.onmessage = ({ data }: MessageEvent<FromTab | TabGreeting>) => {
    if ('lock' in data) void navigator.locks.request(data.lock, detach);
    else hear(data);
  };
};
