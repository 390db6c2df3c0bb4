/**
 * Dragging in the sidebar.
 *
 *   idle → pressed (the button is down) → dragging (moved far enough) → idle (dropped, or given up with Esc)
 *
 * A finger that moves scrolls. One that stays lifts the row, and drags it from then on; lifted again where it was put
 * down it asks for the menu, as holding does elsewhere.
 */
import { after, eachFrame, type Cancel } from '../platform/index.ts';
import type { Dragged, DropTarget, Over } from './drop-target.ts';

/** What is drawn while something is dragged; in CSS pixels from the corner of the list. */
export interface DragPicture {
  readonly x: number;
  readonly y: number;
  /** where the mark is; null where it cannot be dropped */
  readonly mark: { readonly top: number; readonly height: number } | null;
  /** what is under a finger cannot be seen */
  readonly byTouch: boolean;
}

type RowDragDeps = {
  list: HTMLElement;
  /** what stands in the row; null when that cannot be dragged */
  pick: (key: string) => Dragged | null;
  find: (dragged: Dragged, over: Over) => DropTarget | null;
  indexOf: (key: string) => number;
  keyAt: (index: number) => string | undefined;
  show: (picture: DragPicture | null, dragged: Dragged | null) => void;
  drop: (dragged: Dragged, target: DropTarget) => void;
  /** given up with Esc */
  gaveUp: () => void;
};

/** A press that wanders less is a press. */
const slackPx = 5;
const fingerSlackPx = 10;
/** Before the browser's own long press, which takes half a second. */
const liftMs = 400;
/** So near to an edge the list scrolls, at most so far for each picture. */
const edgePx = 36;
const scrollPx = 12;
const rowSelector = '.ui-virtual__row';
const handleSelector = '.side-row, .side-section__fold';

type Press = {
  dragged: Dragged;
  x: number;
  y: number;
  pointerId: number;
  /** null: not a finger. */
  finger: { readonly lifting: Cancel; readonly on: Element; isLifted: boolean; hasMoved: boolean } | null;
};

/** Listens until the result is called. */
export function followRowDrag(deps: RowDragDeps): () => void {
  const { list, show } = deps;
  const listening = new AbortController();
  const { signal } = listening;
  let press: Press | null = null;
  let isDragging = false;
  let target: DropTarget | null = null;
  let pointer = { x: 0, y: 0 };
  let isPutDown = false;
  const frame = eachFrame(update);

  function update(): void {
    if (press === null || !isDragging) return;
    const over = overRow(list, pointer.y);
    const index = over === null ? -1 : deps.indexOf(over.key);
    target = over === null ? null : deps.find(press.dragged, { index, isLowerHalf: over.isLowerHalf });
    const box = list.getBoundingClientRect();
    const [x, y] = [pointer.x - box.left, pointer.y - box.top];
    show({ x, y, mark: markOf(box), byTouch: press.finger !== null }, press.dragged);
    if (scrollNearEdge(list, pointer.y)) frame.ask();
  }

  function markOf(box: DOMRect): DragPicture['mark'] {
    if (target === null) return null;
    const key = deps.keyAt(target.mark.index);
    const row = rowsOf(list).find(({ dataset }) => dataset['key'] === key);
    if (row === undefined) return null;
    const { top, bottom } = row.getBoundingClientRect();
    if (target.mark.at === 'around') return { top: top - box.top, height: bottom - top };
    return { top: (target.mark.at === 'start' ? top : bottom) - box.top, height: 0 };
  }

  function end(): void {
    press?.finger?.lifting();
    press = null;
    isDragging = false;
    target = null;
    frame.cancel();
    show(null, null);
  }

  function onDown(event: PointerEvent): void {
    // A second finger is another gesture.
    if (press !== null) return end();
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const on = event.target.closest<HTMLElement>(handleSelector);
    const key = on?.closest<HTMLElement>(rowSelector)?.dataset['key'];
    const dragged = key === undefined ? null : deps.pick(key);
    if (on === null || dragged === null) return;
    pointer = { x: event.clientX, y: event.clientY };
    const isFinger = event.pointerType === 'touch';
    // Hears it also when scrolling takes the row out of the list.
    if (isFinger) on.addEventListener('touchmove', onTouch, { passive: false });
    const finger = isFinger ? { lifting: after(liftMs, lift), on, isLifted: false, hasMoved: false } : null;
    press = { dragged, ...pointer, pointerId: event.pointerId, finger };
  }

  function lift(): void {
    if (!press?.finger) return;
    press.finger.isLifted = true;
    isDragging = true;
    navigator.vibrate?.(8);
    frame.ask();
  }

  function onMove(event: PointerEvent): void {
    if (press === null || event.pointerId !== press.pointerId) return;
    pointer = { x: event.clientX, y: event.clientY };
    const wandered = Math.hypot(pointer.x - press.x, pointer.y - press.y);
    if (press.finger !== null) {
      if (wandered < fingerSlackPx) return;
      if (!press.finger.isLifted) return end();
      press.finger.hasMoved = true;
    } else if (!isDragging) {
      if (wandered < slackPx) return;
      isDragging = true;
      list.setPointerCapture(press.pointerId);
    }
    frame.ask();
  }

  function onUp(event: PointerEvent): void {
    if (press === null || event.pointerId !== press.pointerId) return;
    if (!isDragging) return end();
    update();
    const [{ dragged, finger }, found] = [press, target];
    end();
    swallowClick();
    isPutDown = finger !== null;
    if (finger !== null && !finger.hasMoved) askForMenu(finger.on, event);
    else if (found) deps.drop(dragged, found);
  }

  /** Once lifted it is no scrolling; not being told, the browser would take the finger away. */
  function onTouch(event: TouchEvent): void {
    if (isDragging && event.cancelable) event.preventDefault();
  }

  /** No click follows where the finger leaves. */
  function onTouchEnd(event: TouchEvent): void {
    if (isPutDown && event.cancelable) event.preventDefault();
    isPutDown = false;
  }

  /** The browser's answer to holding comes when the row has been lifted. */
  function onMenu(event: Event): void {
    if (!press?.finger) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onKey(event: KeyboardEvent): void {
    if (!isDragging || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end();
    swallowClick();
    deps.gaveUp();
  }

  list.addEventListener('pointerdown', onDown, { signal });
  list.addEventListener('touchmove', onTouch, { signal, passive: false });
  list.addEventListener('touchend', onTouchEnd, { signal });
  list.addEventListener('contextmenu', onMenu, { signal, capture: true });
  // A link or picture would be dragged by the browser, for other pages.
  list.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener('keydown', onKey, { signal, capture: true });
  return () => {
    listening.abort();
    press?.finger?.lifting();
    frame.cancel();
  };
}

function askForMenu(on: Element, { clientX, clientY }: PointerEvent): void {
  on.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }));
}

/** The release at the end of dragging is no press on what is below. */
function swallowClick(): void {
  const once = new AbortController();
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true, signal: once.signal });
  after(0, () => once.abort());
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(rowSelector)];
}

/** The row at this height; the last one below all. */
function overRow(list: HTMLElement, y: number): { key: string; isLowerHalf: boolean } | null {
  const rows = rowsOf(list).map((row) => ({ row, box: row.getBoundingClientRect() }));
  const found =
    rows.find(({ box }) => y >= box.top && y < box.bottom) ??
    rows.filter(({ box }) => box.bottom <= y).toSorted((a, b) => b.box.bottom - a.box.bottom)[0];
  const key = found?.row.dataset['key'];
  if (found === undefined || key === undefined) return null;
  return { key, isLowerHalf: y > (found.box.top + found.box.bottom) / 2 };
}

/** Answers whether there was anything left to scroll. */
function scrollNearEdge(list: HTMLElement, y: number): boolean {
  const scroller = list.querySelector('.ui-virtual');
  if (scroller === null) return false;
  const { top, bottom } = scroller.getBoundingClientRect();
  const depth = y < top + edgePx ? y - top - edgePx : y > bottom - edgePx ? y - bottom + edgePx : 0;
  const before = scroller.scrollTop;
  if (depth !== 0) scroller.scrollTop += Math.max(-1, Math.min(1, depth / edgePx)) * scrollPx;
  return scroller.scrollTop !== before;
}
