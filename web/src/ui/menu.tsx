import { createContext, type ComponentChildren, type RefObject } from 'preact';
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Check } from 'lucide';
import { after, type Cancel } from '../platform/timing.ts';
import { Icon, type IconShape } from './icon.tsx';
import { Keys } from './keys.tsx';
import { Popover, type Anchor, type Placement } from './popover.tsx';
import { useRovingFocus } from './roving-focus.ts';
import './menu.css';

const MenuContext = createContext<() => void>(() => undefined);

type MenuProps = {
  label: string;
  anchor: Anchor;
  onClose: () => void;
  placement?: Placement;
  children: ComponentChildren;
};

/**
 * A menu that is open as long as it is mounted: `MenuItem`, `MenuChoice`, `MenuGroup`, `MenuSeparator` inside. Arrows move,
 * letters find, Enter and Space choose, Esc and Tab close. For a button with a menu take `MenuButton`.
 */
export function Menu({ label, anchor, onClose, placement, children }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const findByTyping = useTypeAhead(list);
  useRovingFocus(list, { items: '[role^=menuitem]', axis: 'block' });
  const before = useRef(document.activeElement);
  useLayoutEffect(() => list.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus(), []);
  // at once, so that a dialog that a choice opens knows where to give the focus back
  const close = (): void => {
    const owner = anchor instanceof HTMLElement ? anchor : before.current;
    if (owner instanceof HTMLElement) owner.focus({ preventScroll: true });
    onClose();
  };
  return (
    <Popover
      anchor={anchor}
      onClose={onClose}
      sheet
      {...(placement === undefined ? {} : { placement })}
      onKeyDown={(event) => {
        if (event.key === 'Tab') {
          event.preventDefault();
          onClose();
        } else findByTyping(event);
      }}
    >
      <div class="ui-menu" role="menu" aria-label={label} ref={list}>
        <MenuContext.Provider value={close}>{children}</MenuContext.Provider>
      </div>
    </Popover>
  );
}

/** Letters within this time are one word. */
const wordPauseMs = 600;

function useTypeAhead(list: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  const typed = useRef('');
  const forget = useRef<Cancel>(() => undefined);
  return (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' && typed.current === '') return;
    event.preventDefault();
    event.stopPropagation();
    typed.current += event.key.toLocaleLowerCase();
    forget.current();
    forget.current = after(wordPauseMs, () => (typed.current = ''));
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])];
    nextMatch(items, typed.current)?.focus();
  };
}

/** The next one that begins so; the same letter again goes on to the one after. */
function nextMatch(items: readonly HTMLElement[], typed: string): HTMLElement | undefined {
  const current = items.findIndex((item) => item === document.activeElement);
  const repeated = typed === typed.slice(0, 1).repeat(typed.length);
  const wanted = repeated ? typed.slice(0, 1) : typed;
  const from = repeated ? current + 1 : Math.max(0, current);
  const order = [...items.slice(from), ...items.slice(0, from)];
  return order.find((item) => (item.textContent ?? '').trim().toLocaleLowerCase().startsWith(wanted));
}

type ItemProps = {
  icon?: IconShape;
  /** shown at the end: `Mod+E` */
  keys?: string;
  hint?: ComponentChildren;
  disabled?: boolean;
  children: ComponentChildren;
};

export function MenuItem({
  onSelect,
  danger,
  ...item
}: ItemProps & { onSelect: () => void; danger?: boolean }) {
  const close = useContext(MenuContext);
  const select = (): void => {
    close();
    onSelect();
  };
  return (
    <button
      type="button"
      role="menuitem"
      class="ui-menu__item"
      data-danger={danger}
      disabled={item.disabled}
      onClick={select}
      onPointerMove={focusUnderPointer}
    >
      <ItemFace {...item} />
    </button>
  );
}

type ChoiceProps = ItemProps & {
  checked: boolean;
  onSelect: () => void;
  /** one of several, or on and off by itself */
  kind?: 'radio' | 'checkbox';
  /** a checkbox stays open for the next */
  keepOpen?: boolean;
};

export function MenuChoice({ checked, onSelect, kind = 'checkbox', keepOpen = false, ...item }: ChoiceProps) {
  const close = useContext(MenuContext);
  const select = (): void => {
    if (!keepOpen) close();
    onSelect();
  };
  return (
    <button
      type="button"
      role={kind === 'radio' ? 'menuitemradio' : 'menuitemcheckbox'}
      aria-checked={checked}
      class="ui-menu__item"
      disabled={item.disabled}
      onClick={select}
      onPointerMove={focusUnderPointer}
    >
      <ItemFace {...item} />
      <span class="ui-menu__check">{checked && <Icon of={Check} />}</span>
    </button>
  );
}

function ItemFace({ icon, keys, hint, children }: ItemProps) {
  return (
    <>
      {icon && <Icon of={icon} class="ui-menu__icon" />}
      <span class="ui-menu__text">
        {children}
        {hint !== undefined && <span class="ui-menu__hint">{hint}</span>}
      </span>
      {keys !== undefined && <Keys keys={keys} />}
    </>
  );
}

/** One highlight for mouse and keyboard: the focus. */
function focusUnderPointer({ currentTarget }: { currentTarget: HTMLButtonElement }): void {
  if (document.activeElement !== currentTarget) currentTarget.focus({ preventScroll: true });
}

export function MenuGroup({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div role="group" aria-label={label} class="ui-menu__group">
      <div class="ui-menu__label" aria-hidden="true">
        {label}
      </div>
      {children}
    </div>
  );
}

export function MenuSeparator() {
  return <hr class="ui-menu__separator" />;
}

/** What the button of a menu has to be given. */
export type MenuTrigger = {
  ref: (element: HTMLButtonElement | null) => void;
  onClick: () => void;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
};

type MenuButtonProps = {
  label: string;
  placement?: Placement;
  /** the button, with these spread over it */
  trigger: (trigger: MenuTrigger) => ComponentChildren;
  children: ComponentChildren;
};

/** `<MenuButton label="More" trigger={(trigger) => <IconButton {...trigger} … />}>items</MenuButton>` */
export function MenuButton({ label, placement, trigger, children }: MenuButtonProps) {
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      {trigger({
        ref: setButton,
        onClick: () => setOpen(!open),
        'aria-haspopup': 'menu',
        'aria-expanded': open,
      })}
      {open && button !== null && (
        <Menu
          label={label}
          anchor={button}
          onClose={() => setOpen(false)}
          {...(placement === undefined ? {} : { placement })}
        >
          {children}
        </Menu>
      )}
    </>
  );
}
