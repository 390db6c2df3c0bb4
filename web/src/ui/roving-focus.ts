import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type RovingFocus = {
  /** selector of what can have the focus */
  items: string;
  /** which arrows move: up and down, or with the line of text */
  axis: 'block' | 'inline' | 'both';
  /** whether the last is followed by the first */
  loop?: boolean;
  /** what to do when an arrow brought the focus to an item */
  onFocus?: (item: HTMLElement) => void;
};

/**
 * Among the items inside `container` one is reached with Tab; arrows, Home and End go on from it. Items may come and go.
 * Keys pressed in a text field, or with Ctrl, Alt or Meta, are left alone.
 */
export function useRovingFocus(container: RefObject<HTMLElement | null>, options: RovingFocus): void {
  const latest = useRef(options);
  latest.current = options;

  // Before the picture in which an item may have the focus already: no key is lost.
  useLayoutEffect(() => {
    const root = container.current;
    if (root === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const { items, axis, loop = true, onFocus } = latest.current;
      if (!(event.target instanceof HTMLElement) || isTyping(event.target)) return;
      const all = itemsIn(root, items);
      const from = all.findIndex((item) => item.contains(event.target as Node));
      const to = targetOf(event, axis, from, all.length, loop);
      const item = to === null ? undefined : all[to];
      if (item === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      makeCurrent(all, item);
      item.focus();
      onFocus?.(item);
    };
    const onFocusIn = (event: FocusEvent): void => {
      const all = itemsIn(root, latest.current.items);
      const item = all.find((one) => one === event.target);
      if (item !== undefined) makeCurrent(all, item);
    };
    root.addEventListener('keydown', onKeyDown);
    root.addEventListener('focusin', onFocusIn);
    return () => {
      root.removeEventListener('keydown', onKeyDown);
      root.removeEventListener('focusin', onFocusIn);
    };
  }, [container]);

  // after each drawing exactly one item is in the order of Tab
  useLayoutEffect(() => {
    const root = container.current;
    if (root === null) return;
    const all = itemsIn(root, options.items);
    const current = all.find((item) => item.tabIndex === 0) ?? all[0];
    if (current !== undefined) makeCurrent(all, current);
  });
}

function itemsIn(root: HTMLElement, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)].filter((item) => !item.matches(':disabled'));
}

function makeCurrent(all: readonly HTMLElement[], current: HTMLElement): void {
  for (const item of all) {
    const index = item === current ? 0 : -1;
    if (item.tabIndex !== index || !item.hasAttribute('tabindex')) item.tabIndex = index;
  }
}

/** The index to go to; null when the key is none of ours. */
function targetOf(
  event: KeyboardEvent,
  axis: RovingFocus['axis'],
  from: number,
  count: number,
  loop: boolean,
): number | null {
  if (count === 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  if (event.key === 'Home') return 0;
  if (event.key === 'End') return count - 1;
  const step = stepOf(event, axis);
  if (step === 0) return null;
  const to = from + step;
  if (to >= 0 && to < count) return to;
  return loop ? (to + count) % count : null;
}

function stepOf({ key, currentTarget }: KeyboardEvent, axis: RovingFocus['axis']): number {
  if (axis !== 'inline' && key === 'ArrowDown') return 1;
  if (axis !== 'inline' && key === 'ArrowUp') return -1;
  if (axis === 'block' || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return 0;
  const backwards = currentTarget instanceof Element && isRightToLeft(currentTarget);
  return (key === 'ArrowRight') === backwards ? -1 : 1;
}

export function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

/** Whether keys typed here are text. */
export function isTyping(element: Element): boolean {
  if (element instanceof HTMLInputElement)
    return !/^(button|checkbox|radio|range|submit|reset)$/.test(element.type);
  return (
    element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable)
  );
}
