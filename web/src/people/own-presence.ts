import { signal, type ReadonlySignal } from '@preact/signals';
import type { Client } from '@confab/client';
import type { Cancel } from '../platform/timing.ts';

export interface OwnPresence {
  /** Said by the person, until they say otherwise. */
  readonly isAway: ReadonlySignal<boolean>;
  setAway(isAway: boolean): void;
}

/** So long without a key or a move of the pointer one is taken to be away. */
const idleMs = 10 * 60_000;

/** Tells the server whether this page is in use, and the connection when it is looked at again. */
export function createOwnPresence(deps: {
  client: Pick<Client, 'setPresence' | 'hint'>;
  window: Window;
  after: (delayMs: number, run: () => void) => Cancel;
}): OwnPresence {
  const { client, window } = deps;
  const { document } = window;
  const isAway = signal(false);
  let isIdle = false;
  let idle: Cancel = () => undefined;

  const tell = (): void => client.setPresence(isAway.value || isIdle ? 'away' : 'online');

  function used(): void {
    idle();
    idle = deps.after(idleMs, () => {
      isIdle = true;
      tell();
    });
    if (!isIdle) return;
    isIdle = false;
    tell();
  }

  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus']) {
    window.addEventListener(type, used, { passive: true, capture: true });
  }
  document.addEventListener('visibilitychange', () => {
    client.hint(document.visibilityState === 'visible' ? 'visible' : 'hidden');
    if (document.visibilityState === 'visible') used();
  });
  window.addEventListener('online', () => client.hint('online'));
  window.addEventListener('pagehide', () => client.hint('hidden'));
  used();

  return {
    isAway,
    setAway(next) {
      isAway.value = next;
      tell();
    },
  };
}
