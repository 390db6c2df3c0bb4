import { useEffect, useId, useState } from 'preact/hooks';

export type ListboxOptions<T> = {
  items: readonly T[];
  /** the same for the same item, whatever else changes */
  keyOf: (item: T) => string;
  onPick: (item: T, event: KeyboardEvent | MouseEvent) => void;
  /** whether the first is active from the start: yes for suggestions, no where Enter means something else */
  startActive?: boolean;
  /** whether Tab picks as Enter does, as in suggestions while typing */
  tabPicks?: boolean;
};

/** The list that `Listbox` draws and that the keys of a text field move in. */
export type ListboxState<T> = {
  items: readonly T[];
  keyOf: (item: T) => string;
  /** index, -1 for none */
  active: number;
  setActive: (index: number) => void;
  pick: (index: number, event: KeyboardEvent | MouseEvent) => void;
  /** Arrows, Home and End with Ctrl, Enter, perhaps Tab. Answers whether the key was for the list; then it is used up. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  listId: string;
  optionId: (index: number) => string;
  /** for the text field that keeps the focus: spread over it while the list is open */
  fieldProps: {
    role: 'combobox';
    'aria-autocomplete': 'list';
    'aria-expanded': boolean;
    'aria-controls': string;
    'aria-activedescendant': string | undefined;
  };
};

/** A choice from a list while the focus stays in a text field (the combobox pattern of the ARIA guide). */
export function useListbox<T>(options: ListboxOptions<T>): ListboxState<T> {
  const { items, keyOf, onPick, startActive = true, tabPicks = false } = options;
  const listId = useId();
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const found = items.findIndex((item) => keyOf(item) === activeKey);
  const active = found === -1 && startActive && items.length > 0 ? 0 : found;

  const optionId = (index: number): string => `${listId}-${index}`;
  const setActive = (index: number): void => {
    const item = items[index];
    setActiveKey(item === undefined ? null : keyOf(item));
  };
  const pick = (index: number, event: KeyboardEvent | MouseEvent): void => {
    const item = items[index];
    if (item !== undefined) onPick(item, event);
  };

  useEffect(() => {
    document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active, listId]);

  function onKeyDown(event: KeyboardEvent): boolean {
    if (event.isComposing || items.length === 0) return false;
    const to = targetOf(event, active, items.length);
    const picks = event.key === 'Enter' || (tabPicks && event.key === 'Tab' && !event.shiftKey);
    if (to === null && !(picks && active !== -1)) return false;
    event.preventDefault();
    event.stopPropagation();
    if (to === null) pick(active, event);
    else setActive(to);
    return true;
  }

  return {
    items,
    keyOf,
    active,
    setActive,
    pick,
    onKeyDown,
    listId,
    optionId,
    fieldProps: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': items.length > 0,
      'aria-controls': listId,
      'aria-activedescendant': active === -1 ? undefined : optionId(active),
    },
  };
}

function targetOf({ key, ctrlKey }: KeyboardEvent, active: number, count: number): number | null {
  const down = key === 'ArrowDown' || (ctrlKey && key === 'n');
  const up = key === 'ArrowUp' || (ctrlKey && key === 'p');
  if (down) return (active + 1) % count;
  if (up) return active <= 0 ? count - 1 : active - 1;
  if (ctrlKey && key === 'Home') return 0;
  if (ctrlKey && key === 'End') return count - 1;
  return null;
}
