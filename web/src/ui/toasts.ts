import { signal, type ReadonlySignal } from '@preact/signals';
import type { Cancel } from '../platform/timing.ts';

export type Toast = {
  text: string;
  tone?: 'neutral' | 'positive' | 'danger';
  action?: { label: string; run: () => void };
  /** 0: until it is dismissed. 6 seconds when left out, 10 with an action */
  shownMs?: number;
};

export type ShownToast = Toast & { id: number };

export type Toasts = {
  /** Returns what takes it away. */
  show: (toast: Toast) => () => void;
  dismiss: (id: number) => void;
  /** While somebody reads or points at them they stay. */
  pause: () => void;
  resume: () => void;
  readonly shown: ReadonlySignal<readonly ShownToast[]>;
};

/** More would cover the page; the oldest goes. */
const shownMax = 3;

/** Short words about what was done, with a way back: "Message deleted — Undo". Nothing that must be read. */
export function createToasts({ after }: { after: (delayMs: number, run: () => void) => Cancel }): Toasts {
  const shown = signal<readonly ShownToast[]>([]);
  const timers = new Map<number, Cancel>();
  let lastId = 0;
  let paused = false;

  function dismiss(id: number): void {
    timers.get(id)?.();
    timers.delete(id);
    shown.value = shown.value.filter((toast) => toast.id !== id);
  }

  function startTimer({ id, shownMs, action }: ShownToast): void {
    const delayMs = shownMs ?? (action === undefined ? 6_000 : 10_000);
    if (delayMs > 0 && !paused)
      timers.set(
        id,
        after(delayMs, () => dismiss(id)),
      );
  }

  function show(toast: Toast): () => void {
    lastId += 1;
    const entry: ShownToast = { ...toast, id: lastId };
    shown.value.slice(0, Math.max(0, shown.value.length + 1 - shownMax)).forEach(({ id }) => dismiss(id));
    shown.value = [...shown.value, entry];
    startTimer(entry);
    return () => dismiss(entry.id);
  }

  return {
    shown,
    show,
    dismiss,
    pause: () => {
      paused = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
    resume: () => {
      paused = false;
      shown.value.forEach(startTimer);
    },
  };
}
