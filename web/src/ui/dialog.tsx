import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { X } from 'lucide';
import { useWords } from '../language/index.ts';
import { Button, IconButton } from './button.tsx';
import './dialog.css';

export type DialogProps = {
  title: string;
  /** Esc, the cross or a press beside it. It stays until the owner takes it away. */
  onClose: () => void;
  description?: ComponentChildren;
  /** 400, 560 or 800 px wide; the whole screen of a phone, but for `s` */
  size?: 's' | 'm' | 'l';
  /** buttons at the lower edge, the main one last */
  actions?: ComponentChildren;
  /** when false only the actions close it: for what would be lost */
  dismissable?: boolean;
  /** only to be read: nothing inside takes the focus, so that the keys that scroll need a place */
  isText?: boolean;
  children?: ComponentChildren;
};

/**
 * A modal dialog, open as long as it is mounted. What is behind it is inert; Tab stays inside; what had the focus gets it
 * back. The focus goes to what has `autofocus`, else to the first control.
 */
export function Dialog(props: DialogProps) {
  const {
    title,
    onClose,
    description,
    size = 'm',
    actions,
    dismissable = true,
    isText = false,
    children,
  } = props;
  const words = useWords().ui;
  const id = useId();
  return (
    <ModalFrame
      class="ui-dialog"
      size={size}
      labelledBy={`${id}-title`}
      describedBy={description === undefined ? undefined : `${id}-description`}
      onDismiss={dismissable ? onClose : undefined}
    >
      <header class="ui-dialog__head">
        <h2 id={`${id}-title`}>{title}</h2>
        {description !== undefined && <p id={`${id}-description`}>{description}</p>}
      </header>
      {children !== undefined && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        <div class="ui-dialog__body" tabIndex={isText ? 0 : undefined}>
          {children}
        </div>
      )}
      {actions !== undefined && <footer class="ui-dialog__actions">{actions}</footer>}
      {dismissable && (
        <div class="ui-dialog__close">
          <IconButton label={words.close} icon={X} onClick={onClose} />
        </div>
      )}
    </ModalFrame>
  );
}

type FrameProps = {
  class: string;
  size?: string;
  labelledBy?: string;
  label?: string;
  describedBy?: string | undefined;
  onDismiss: (() => void) | undefined;
  children: ComponentChildren;
};

/** The bare modal: a `<dialog>` without a look. */
export function ModalFrame({
  class: className,
  size,
  labelledBy,
  label,
  describedBy,
  onDismiss,
  children,
}: FrameProps) {
  const frame = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const before = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) giveFocusBack(before);
    };
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keyboard closes it with Esc
    <dialog
      ref={frame}
      class={className}
      data-size={size}
      aria-labelledby={labelledBy}
      aria-label={label}
      aria-describedby={describedBy}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onDismiss?.();
      }}
      onKeyDown={keepTabInside}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget && isBeside(event.currentTarget, event)) onDismiss?.();
      }}
    >
      {children}
    </dialog>
  );
}

/**
 * What lay behind a modal was inert a moment ago. Chromium gives a text field its focus back at once, but not its caret: keys
 * would go nowhere until the selection is set anew.
 */
function giveFocusBack(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  const isText = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
  if (!isText || element.selectionStart === null) return;
  element.setSelectionRange(element.selectionStart, element.selectionEnd);
}

const focusable = 'a[href], button, input, select, textarea, [tabindex]';

/** The browser's own controls are part of its round; here Tab goes from the last to the first. */
function keepTabInside(event: KeyboardEvent & { currentTarget: HTMLDialogElement }): void {
  if (event.key !== 'Tab') return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(focusable)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility(),
  );
  const [first, last] = [all[0], all.at(-1)];
  const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  const target = event.shiftKey ? last : first;
  if (!leaving || target === undefined) return;
  event.preventDefault();
  target.focus();
}

/** A press on the dialog element itself is on its backdrop or on its padding. */
function isBeside(element: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

type ConfirmProps = {
  title: string;
  children?: ComponentChildren;
  /** a verb: "Delete message" */
  confirmLabel: string;
  danger?: boolean;
  /** Busy until it settles; stays open when it rejects. */
  onConfirm: () => void | Promise<void>;
  onClose: () => void;
};

/** One question before something that cannot be undone. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  danger = false,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const words = useWords().ui;
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      description={children}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </>
      }
    />
  );
}
