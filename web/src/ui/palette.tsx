import type { ComponentChildren } from 'preact';
import { Search, X } from 'lucide';
import { useWords } from '../language/index.ts';
import { IconButton } from './button.tsx';
import { ModalFrame } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { Listbox } from './listbox.tsx';
import { useListbox } from './use-listbox.ts';
import './palette.css';

type PaletteProps<T> = {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  items: readonly T[];
  keyOf: (item: T) => string;
  render: (item: T, state: { active: boolean }) => ComponentChildren;
  groupOf?: (item: T) => string;
  /** `event` tells whether a modifier was held */
  onPick: (item: T, event: KeyboardEvent | MouseEvent) => void;
  onClose: () => void;
  empty?: ComponentChildren;
  /** a line of keys and what they do */
  footer?: ComponentChildren;
};

/** One field over everything and a list below it: type, choose, gone. Open as long as it is mounted. */
export function Palette<T>(props: PaletteProps<T>) {
  const {
    label,
    placeholder,
    query,
    onQuery,
    items,
    keyOf,
    render,
    groupOf,
    onPick,
    onClose,
    empty,
    footer,
  } = props;
  const list = useListbox({ items, keyOf, onPick });
  return (
    <ModalFrame class="ui-palette" label={label} onDismiss={onClose}>
      <div class="ui-palette__field">
        <Icon of={Search} size={18} />
        <input
          {...list.fieldProps}
          type="text"
          aria-label={label}
          placeholder={placeholder}
          autocomplete="off"
          spellcheck={false}
          // the dialog gives the focus to what asks for it
          autofocus
          value={query}
          onInput={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={list.onKeyDown}
        />
        <span class="ui-palette__close">
          <IconButton label={useWords().ui.close} icon={X} onClick={onClose} />
        </span>
      </div>
      <div class="ui-palette__list">
        <Listbox
          list={list}
          label={label}
          render={render}
          empty={empty}
          {...(groupOf === undefined ? {} : { groupOf })}
        />
      </div>
      {footer !== undefined && <div class="ui-palette__footer">{footer}</div>}
    </ModalFrame>
  );
}
