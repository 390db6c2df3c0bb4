import { signal, type ReadonlySignal } from '@preact/signals';
import type { PageRequest } from '../service-worker/requests.ts';
import type { Cancel } from './timing.ts';

/** The copy of the page that is kept on this device, and the newer one that may lie beside it. */
export interface InstalledPage {
  /** A newer one is kept, and `update` would load it. */
  readonly isOutdated: ReadonlySignal<boolean>;
  /** Loads the newest that there is, from the server if it must be; the page ends with that. */
  update(): Promise<void>;
}

const lookAgainMs = 60 * 60_000;
/** A worker that cannot be installed or does not take over is not waited for. */
const patienceMs = 10_000;

/**
 * Keeps the page on the device where browsers can, and looks for a newer one on each start, each hour, and on return. A
 * page that starts while a newer one lies ready gives way to it at once; an open one asks first.
 */
export function keepPage(deps: {
  window: Window & typeof globalThis;
  workerUrl: (url: string) => string;
  after: (delayMs: number, run: () => void) => Cancel;
}): InstalledPage {
  const { after } = deps;
  const { navigator, location, document } = deps.window;
  const isOutdated = signal(false);
  let registration: ServiceWorkerRegistration | null = null;

  async function register(): Promise<void> {
    const { serviceWorker } = navigator;
    const isFirst = serviceWorker.controller === null;
    // Another tab let the newer one take over: what this page still needs may be gone.
    if (!isFirst) serviceWorker.addEventListener('controllerchange', () => (isOutdated.value = true));
    const found = await serviceWorker.register(deps.workerUrl('/service-worker.js'));
    registration = found;
    found.addEventListener('updatefound', () => follow(found.installing));
    if (found.waiting && !isFirst && (await takeOver(found.waiting))) location.reload();
    askAgain();
  }

  function follow(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) isOutdated.value = true;
    });
  }

  function askAgain(): void {
    after(lookAgainMs, () => {
      refresh();
      askAgain();
    });
  }

  function refresh(): void {
    // Without a network there is nothing newer.
    registration?.update().catch(() => {});
  }

  /** Resolves with whether it did. */
  function takeOver(waiting: ServiceWorker): Promise<boolean> {
    const request: PageRequest = { ask: 'take over' };
    return new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true });
      after(patienceMs, () => resolve(false));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
      waiting.postMessage(request);
    });
  }

  function installed(worker: ServiceWorker): Promise<void> {
    return new Promise((resolve) => {
      worker.addEventListener('statechange', () => resolve(), { once: true });
      after(patienceMs, resolve);
    });
  }

  if ('serviceWorker' in navigator && import.meta.env.PROD) {
    // A private window or a full disk may forbid it: then the page is loaded from the server each time.
    register().catch(() => {});
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') refresh();
    });
  }

  return {
    isOutdated,
    async update() {
      await registration?.update().catch(() => {});
      if (registration?.installing) await installed(registration.installing);
      if (registration?.waiting) await takeOver(registration.waiting);
      // Kept, and yet too old for the server: the next start asks the server.
      else if (!isOutdated.value) await registration?.unregister();
      location.reload();
    },
  };
}
