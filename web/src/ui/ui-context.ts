import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../language/index.ts';
import type { Device } from '../platform/device.ts';
import type { Announcer } from './announcer.tsx';
import type { Shortcuts } from './shortcuts.ts';
import type { Toasts } from './toasts.ts';

/** What there is once on a page. */
export type Ui = {
  device: Device;
  language: Language;
  announcer: Announcer;
  toasts: Toasts;
  shortcuts: Shortcuts;
};

export const UiContext = createContext<Ui | null>(null);

/** Throws outside of `<UiRoot>`. */
export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === null) throw new Error('There is no <UiRoot> around this component.');
  return ui;
}
