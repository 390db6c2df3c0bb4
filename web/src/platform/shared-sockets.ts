import type { Leadership, Sockets } from '@confab/client';
import { createTabSockets } from '@confab/client/tabs/tab-sockets';
import type { FromTab, ToTab } from '@confab/client/tabs/line';
// oxlint-disable-next-line import/default -- Vite makes the address of the worker's script of it.
import workerAddress from '../connection-worker.ts?sharedworker&url';

/** What a tab says once it holds it: the lock that it keeps as long as it lives. */
export type TabGreeting = { readonly lock: string };

/**
 * One connection for all tabs of this browser, held by a worker that they share. Null where browsers have no such
 * workers (some phones): each tab connects by itself there.
 */
export function createSharedSockets(
  window: Window & typeof globalThis,
  workerUrl: (url: string) => string,
): Sockets | null {
  if (!('SharedWorker' in window) || !('locks' in window.navigator)) return null;
  const { port } = new window.SharedWorker(workerUrl(workerAddress), { type: 'module', name: 'confab' });
  const lock = `confab-tab-${window.crypto.randomUUID()}`;
  // Never given back: that it becomes free tells the worker that this tab is gone, however it went.
  void window.navigator.locks.request(lock, () => {
    const greeting: TabGreeting = { lock };
    port.postMessage(greeting);
    return new Promise(() => {});
  });
  return createTabSockets({
    say: (sent: FromTab) => port.postMessage(sent),
    hear(listener) {
      port.onmessage = ({ data }: MessageEvent<ToTab>) => listener(data);
    },
  });
}

/** The first tab leads until it is closed, then the one that has waited longest: in keeping what there is, or in `what`. */
export function createTabLeadership({ navigator }: Window, what = 'storage'): Leadership | null {
  if (!('locks' in navigator)) return null;
  return {
    lead(onLead) {
      const waiting = new AbortController();
      let giveUp: () => void = () => waiting.abort();
      const held = navigator.locks.request(`confab-${what}`, { signal: waiting.signal }, () => {
        onLead();
        return new Promise<void>((resolve) => (giveUp = resolve));
      });
      // Rejects only when the wait was given up.
      held.catch(() => {});
      return () => giveUp();
    },
  };
}
