import { signal, type ReadonlySignal } from '@preact/signals';

export type Device = {
  /** one column, large targets */
  readonly phone: ReadonlySignal<boolean>;
  /** so little height that messages would have none: magnified, or beside a screen keyboard */
  readonly low: ReadonlySignal<boolean>;
  readonly reducedMotion: ReadonlySignal<boolean>;
  /** a finger, not a mouse */
  readonly touch: ReadonlySignal<boolean>;
  /** as far as the system knows; true says little, false is certain */
  readonly online: ReadonlySignal<boolean>;
  /** Command is the key for shortcuts */
  readonly apple: boolean;
  close: () => void;
};

/** The width below which there is one column; the same number stands in the style sheets, as does the next. */
const phoneWidthPx = 719;
const lowHeightPx = 420;

export function createDevice(): Device {
  const listening = new AbortController();
  const follow = (query: string): ReadonlySignal<boolean> => {
    const media = matchMedia(query);
    const matches = signal(media.matches);
    media.addEventListener('change', () => (matches.value = media.matches), { signal: listening.signal });
    return matches;
  };
  return {
    phone: follow(`(max-width: ${phoneWidthPx}px)`),
    low: follow(`(max-height: ${lowHeightPx}px)`),
    reducedMotion: follow('(prefers-reduced-motion: reduce)'),
    touch: follow('(pointer: coarse)'),
    online: followNetwork(listening.signal),
    apple: /Mac|iP(hone|ad|od)/.test(navigator.userAgent),
    close: () => listening.abort(),
  };
}

function followNetwork(until: AbortSignal): ReadonlySignal<boolean> {
  const online = signal(navigator.onLine);
  const look = (): void => {
    online.value = navigator.onLine;
  };
  addEventListener('online', look, { signal: until });
  addEventListener('offline', look, { signal: until });
  return online;
}
