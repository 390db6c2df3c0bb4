import type { Ref } from 'preact';
import { useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../../app/app-context.ts';
import { fitToText } from '../../ui/field.tsx';
import { matchesKeys } from '../../ui/shortcuts.ts';
import { useListbox } from '../../ui/use-listbox.ts';
import { CompletionList } from './completion-list.tsx';
import { triggerAt, type Trigger } from './completion.ts';
import { useCompletions, type Completion } from './completions.ts';
import { formatGroups } from './formats.ts';
import { breakLine, difference, pasteAddress, replaceRange, type TextEdit } from './text-edit.ts';

export interface MessageFieldHandle {
  focus(): void;
  isEmpty(): boolean;
  /** Changes text and selection as if it had been typed: it can be undone. */
  edit(change: (before: TextEdit) => TextEdit): void;
}

type MessageFieldProps = {
  label: string;
  placeholder?: string;
  roomId: string;
  text: string;
  onText: (text: string) => void;
  /** Enter, or Mod+Enter. */
  onSubmit: () => void;
  /** Esc, when no suggestions are open. Answers whether it was for this field. */
  onEscape?: () => boolean;
  /** Arrow up in an empty field. */
  onUp?: () => void;
  autoFocus?: boolean;
  handle: Ref<MessageFieldHandle>;
};

/** Where a message is written: grows with its text, completes names, knows the keys for marks. */
export function MessageField(props: MessageFieldProps) {
  const { label, placeholder, roomId, text, onText, autoFocus = false, handle } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const completions = useCompletions(trigger, roomId);

  function edit(change: (before: TextEdit) => TextEdit): void {
    const element = area.current;
    if (element === null) return;
    element.focus();
    const { value, selectionStart, selectionEnd } = element;
    applyEdit(element, change({ text: value, start: selectionStart, end: selectionEnd }));
    look();
  }

  function look(): void {
    const element = area.current;
    const isCaret = element !== null && element.selectionStart === element.selectionEnd;
    setTrigger(isCaret ? triggerAt(element.value, element.selectionStart) : null);
  }

  const list = useListbox<Completion>({
    items: completions,
    keyOf: ({ key }) => key,
    tabPicks: true,
    onPick(completion) {
      if (trigger === null) return;
      edit((before) => replaceRange(before, trigger, completion.insert));
      setTrigger(null);
    },
  });
  const isOpen = trigger !== null && completions.length > 0;
  const onKeyDown = useFieldKeys(props, {
    isSuggesting: isOpen,
    suggest: list.onKeyDown,
    stopSuggesting: () => setTrigger(null),
    edit,
  });

  useImperativeHandle(handle, () => ({
    focus: () => area.current?.focus(),
    isEmpty: () => area.current?.value === '',
    edit,
  }));
  useLayoutEffect(() => fitToText(area.current), [text]);
  useLayoutEffect(() => {
    if (!autoFocus || area.current === null) return;
    area.current.focus();
    area.current.setSelectionRange(text.length, text.length);
  }, []);

  return (
    <>
      <textarea
        ref={area}
        class="message-field"
        rows={1}
        dir="auto"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        {...((isOpen ? list.fieldProps : {}) as object)}
        onInput={(event) => {
          onText(event.currentTarget.value);
          look();
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = event.clipboardData?.getData('text/plain') ?? '';
          const { value, selectionStart, selectionEnd } = event.currentTarget;
          const linked = pasteAddress({ text: value, start: selectionStart, end: selectionEnd }, pasted);
          if (linked === null) return;
          event.preventDefault();
          edit(() => linked);
        }}
        onClick={look}
        onBlur={() => setTrigger(null)}
      />
      {isOpen && area.current !== null && (
        <CompletionList
          list={list}
          anchor={area.current.closest<HTMLElement>('.message-box') ?? area.current}
          onClose={() => setTrigger(null)}
        />
      )}
    </>
  );
}

/** Typed by command, the browser keeps what was there before for undoing. */
function applyEdit(element: HTMLTextAreaElement, after: TextEdit): void {
  const { start, end, inserted } = difference(element.value, after.text);
  if (element.value !== after.text) {
    element.setSelectionRange(start, end);
    const done =
      inserted === '' ? document.execCommand('delete') : document.execCommand('insertText', false, inserted);
    if (!done) {
      element.setRangeText(inserted, start, end);
      element.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }
  element.setSelectionRange(after.start, after.end);
}

const formats = formatGroups.flat();

interface FieldKeys {
  readonly isSuggesting: boolean;
  suggest(event: KeyboardEvent): boolean;
  stopSuggesting(): void;
  edit(change: (before: TextEdit) => TextEdit): void;
}

function useFieldKeys(props: MessageFieldProps, keys: FieldKeys): (event: KeyboardEvent) => void {
  const { device } = useApp().ui;
  return (event) => {
    if (event.isComposing) return;
    if (keys.isSuggesting && keys.suggest(event)) return;
    if (event.key === 'Escape') {
      const used = keys.isSuggesting || (props.onEscape?.() ?? false);
      if (keys.isSuggesting) keys.stopSuggesting();
      if (!used) return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter') return onEnter(event, props, keys, device.touch.peek());
    if (event.key === 'ArrowUp' && props.text === '' && props.onUp && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      props.onUp();
      return;
    }
    const format = formats.find((one) => matchesKeys(one.keys, event, device.apple));
    if (!format) return;
    event.preventDefault();
    event.stopPropagation();
    keys.edit(format.change);
  };
}

/** Enter sends; with Shift, and on a screen keyboard, it makes a line. Inside a fence it always makes a line. */
function onEnter(event: KeyboardEvent, props: MessageFieldProps, keys: FieldKeys, isTouch: boolean): void {
  event.preventDefault();
  event.stopPropagation();
  const isForced = event.ctrlKey || event.metaKey;
  if (isForced || (!event.shiftKey && !isTouch)) props.onSubmit();
  else keys.edit(breakLine);
}
