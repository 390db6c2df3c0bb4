import { effect, signal, type Signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

export type Appearance = {
  readonly theme: Signal<Theme>;
  readonly density: Signal<Density>;
  close: () => void;
};

type Stored = { theme: Theme; density: Density };

/** `public/appearance.js` reads it too, before the first picture. */
const storageKey = 'confab.appearance';

/** Theme and density of this browser: set the signals, and the page, the storage and the other tabs follow. */
export function createAppearance(storage: Storage, root: HTMLElement): Appearance {
  const stored = read(storage);
  const theme = signal<Theme>(stored.theme);
  const density = signal<Density>(stored.density);
  const stop = effect(() => {
    root.dataset['theme'] = theme.value;
    root.dataset['density'] = density.value;
    write(storage, { theme: theme.value, density: density.value });
  });
  const fromOtherTab = (event: StorageEvent): void => {
    if (event.key !== storageKey) return;
    const changed = read(storage);
    theme.value = changed.theme;
    density.value = changed.density;
  };
  addEventListener('storage', fromOtherTab);
  const close = (): void => {
    stop();
    removeEventListener('storage', fromOtherTab);
  };
  return { theme, density, close };
}

function read(storage: Storage): Stored {
  const stored = parse(storage.getItem(storageKey));
  const theme = stored?.theme === 'light' || stored?.theme === 'dark' ? stored.theme : 'system';
  return { theme, density: stored?.density === 'compact' ? 'compact' : 'comfortable' };
}

function parse(text: string | null): Partial<Stored> | null {
  try {
    return JSON.parse(text ?? 'null') as Partial<Stored> | null;
  } catch {
    return null;
  }
}

/** A full or forbidden storage only means that the choice lasts as long as the page. */
function write(storage: Storage, stored: Stored): void {
  const text = JSON.stringify(stored);
  try {
    if (storage.getItem(storageKey) !== text) storage.setItem(storageKey, text);
  } catch {
    // see above
  }
}
