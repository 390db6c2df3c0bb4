import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { TextField, type TextFieldProps } from './field.tsx';
import { Listbox } from './listbox.tsx';
import { Popover } from './popover.tsx';
import { useListbox } from './use-listbox.ts';
import './combobox.css';

type ComboboxProps<T> = Omit<
  TextFieldProps,
  'value' | 'onText' | 'onInput' | 'onKeyDown' | 'onFocus' | 'onBlur' | 'ref'
> & {
  /** the text in the field */
  query: string;
  onQuery: (query: string) => void;
  /** what fits the query, best first; the owner finds it */
  items: readonly T[];
  keyOf: (item: T) => string;
  render: (item: T, state: { active: boolean }) => ComponentChildren;
  onPick: (item: T) => void;
  /** in place of no items */
  empty?: ComponentChildren;
};

/** A text field with suggestions below it. */
export function Combobox<T>(props: ComboboxProps<T>) {
  const { query, onQuery, items, keyOf, render, onPick, empty, ...field } = props;
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const list = useListbox({
    items: open ? items : [],
    keyOf,
    onPick: (item) => {
      setOpen(false);
      onPick(item);
    },
  });
  const shown = open && (items.length > 0 || (empty !== undefined && query !== ''));
  return (
    <div ref={anchor}>
      <TextField
        autocomplete="off"
        {...field}
        {...list.fieldProps}
        aria-expanded={shown}
        aria-controls={shown ? list.listId : undefined}
        value={query}
        onText={(text) => {
          setOpen(true);
          onQuery(text);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (list.onKeyDown(event)) return;
          if (event.key === 'ArrowDown') setOpen(true);
          if (event.key !== 'Escape' || !shown) return;
          event.preventDefault();
          event.stopPropagation();
          setOpen(false);
        }}
      />
      {shown && anchor.current !== null && (
        <Popover
          class="ui-combobox__list"
          anchor={anchor.current}
          matchWidth
          keepSide
          onClose={() => setOpen(false)}
        >
          <Listbox list={list} label={field.label} render={render} empty={empty} />
        </Popover>
      )}
    </div>
  );
}
