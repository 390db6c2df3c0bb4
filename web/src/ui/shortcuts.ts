import { signal, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isTyping } from './roving-focus.ts';

/** Modifiers in any order, then the key as `KeyboardEvent.key` names it: `Mod+Shift+K`, `Alt+ArrowUp`, `F6`, `r`. `Mod` is Command on Apple's machines, else Ctrl. */
export type Shortcut = {
  keys: string;
  /** what it does, for the list of shortcuts; without one it is not listed */
  label?: string;
  /** heading in that list */
  group?: string;
  run: (event: KeyboardEvent) => void;
  /** only while this is true; otherwise the key goes on to others */
  when?: () => boolean;
  /** also while text is typed; on its own for keys with Mod, Ctrl or Alt, and for Esc and F1 to F12 */
  whileTyping?: boolean;
};

export type Shortcuts = {
  /** Later ones go first. Returns what takes them back. */
  register: (...shortcuts: readonly Shortcut[]) => () => void;
  readonly all: ReadonlySignal<readonly Shortcut[]>;
  close: () => void;
};

export type ShortcutsDeps = { target: EventTarget; apple: boolean };

/** All keys of the application in one place: one listener, one list, no two that do not know of each other. */
export function createShortcuts({ target, apple }: ShortcutsDeps): Shortcuts {
  const all = signal<readonly Shortcut[]>([]);
  const onKeyDown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.isComposing || event.defaultPrevented) return;
    const typing = event.target instanceof Element && isTyping(event.target);
    const found = all.value.find((shortcut) => applies(shortcut, event, typing, apple));
    if (found === undefined) return;
    event.preventDefault();
    found.run(event);
  };
  target.addEventListener('keydown', onKeyDown);
  return {
    all,
    register: (...shortcuts) => {
      all.value = [...shortcuts, ...all.value];
      return () => {
        all.value = all.value.filter((shortcut) => !shortcuts.includes(shortcut));
      };
    },
    close: () => target.removeEventListener('keydown', onKeyDown),
  };
}

/** Registers them for as long as the component is there; they always run the newest functions. */
export function useShortcuts(shortcuts: Shortcuts, list: readonly Shortcut[]): void {
  const latest = useRef(list);
  latest.current = list;
  const names = list.map(({ keys, label }) => `${keys} ${label ?? ''}`).join();
  useLayoutEffect(() => {
    const stable = latest.current.map((shortcut, index): Shortcut => ({
      ...shortcut,
      run: (event) => latest.current[index]?.run(event),
      when: () => latest.current[index]?.when?.() ?? true,
    }));
    return shortcuts.register(...stable);
  }, [shortcuts, names]);
}

function applies(shortcut: Shortcut, event: KeyboardEvent, typing: boolean, apple: boolean): boolean {
  if (!matchesKeys(shortcut.keys, event, apple)) return false;
  if (typing && !(shortcut.whileTyping ?? worksWhileTyping(shortcut.keys))) return false;
  return shortcut.when?.() ?? true;
}

function worksWhileTyping(keys: string): boolean {
  return /\b(Mod|Ctrl|Alt|Meta)\+/.test(keys) || /(^|\+)(Escape|F\d{1,2})$/.test(keys);
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export function matchesKeys(keys: string, event: KeyPress, apple: boolean): boolean {
  const { modifiers, key } = readKeys(keys);
  const mod = modifiers.has('Mod');
  const ctrl = modifiers.has('Ctrl') || (mod && !apple);
  const meta = modifiers.has('Meta') || (mod && apple);
  if (event.ctrlKey !== ctrl || event.metaKey !== meta || event.altKey !== modifiers.has('Alt')) return false;
  const pressed = keyOf(event);
  const named = key.length > 1 || /\p{L}/u.test(key);
  // to type + or ? needs Shift on some keyboards and not on others
  if ((named || modifiers.has('Shift')) && event.shiftKey !== modifiers.has('Shift')) return false;
  return pressed === key.toLowerCase();
}

/** Alt makes other signs of the letters on some machines: there the key's place on the keyboard counts. */
function keyOf({ key, code, altKey }: KeyPress): string {
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  return (altKey && place !== null ? (place[1] ?? place[2] ?? key) : key).toLowerCase();
}

function readKeys(keys: string): { modifiers: Set<string>; key: string } {
  const parts = keys.split(/\+(?=.)/);
  return { modifiers: new Set(parts.slice(0, -1)), key: parts.at(-1) ?? '' };
}

const appleNames: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Meta: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
};
const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
};

/**
 * What is printed on the keys, one after the other.
 * @param printed of keys that bear a word, in the language that is spoken
 */
export function namesOfKeys(
  keys: string,
  { apple, printed }: { apple: boolean; printed: Readonly<Record<string, string>> },
): string[] {
  const { modifiers, key } = readKeys(keys);
  const names = [...modifiers].map((name) =>
    apple ? (appleNames[name] ?? name) : name === 'Mod' ? 'Ctrl' : name,
  );
  const named = [...names, keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key)];
  return named.map((name) => printed[name] ?? name);
}
