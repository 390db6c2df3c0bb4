import { signal, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

export interface ShownDialog {
  readonly id: number;
  readonly children: ComponentChildren;
}

export interface Dialogs {
  /** Bottom first; each lies over the ones before it. */
  readonly shown: ReadonlySignal<readonly ShownDialog[]>;
  /** Shows a dialog; what it draws is given the way to close it, which is also what `show` returns. */
  show(draw: (close: () => void) => ComponentChildren): () => void;
  closeAll(): void;
}

/** Dialogs that anything can open: they are drawn at the root and outlive what opened them. */
export function createDialogs(): Dialogs {
  const shown = signal<readonly ShownDialog[]>([]);
  let lastId = 0;
  return {
    shown,
    show(draw) {
      lastId += 1;
      const id = lastId;
      let isOpen = true;
      const close = (): void => {
        isOpen = false;
        shown.value = shown.value.filter((dialog) => dialog.id !== id);
      };
      // The menu it is opened from goes first and gives the focus back, so that the dialog can do the same.
      queueMicrotask(() => {
        if (isOpen) shown.value = [...shown.value, { id, children: draw(close) }];
      });
      return close;
    },
    closeAll() {
      shown.value = [];
    },
  };
}
