/**
 * Dragging in the sidebar with a mouse or a pen; a finger scrolls, and has the menus.
 *
 *   idle → pressed (the button is down) → dragging (moved far enough) → idle (dropped, or given up with Esc)
 */
import { after, eachFrame } from '../platform/index.ts';
import type { Dragged, DropTarget, Over } from './drop-target.ts';

/** What is drawn while something is dragged; in CSS pixels from the corner of the list. */
export interface DragPicture {
  readonly x: number;
  readonly y: number;
  /** where the mark is; null where it cannot be dropped */
  readonly mark: { readonly top: number; readonly height: number } | null;
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
/** So near to an edge the list scrolls, at most so far for each picture. */
const edgePx = 36;
const scrollPx = 12;
const rowSelector = '.ui-virtual__row';

type Press = { dragged: Dragged; x: number; y: number; pointerId: number };

/** Listens until the result is called. */
export function followRowDrag(deps: RowDragDeps): () => void {
  const { list, show } = deps;
  const listening = new AbortController();
  const { signal } = listening;
  let press: Press | null = null;
  let isDragging = false;
  let target: DropTarget | null = null;
  let pointer = { x: 0, y: 0 };
  const frame = eachFrame(update);

  function update(): void {
    if (press === null || !isDragging) return;
    const over = overRow(list, pointer.y);
    const index = over === null ? -1 : deps.indexOf(over.key);
    target = over === null ? null : deps.find(press.dragged, { index, isLowerHalf: over.isLowerHalf });
    const box = list.getBoundingClientRect();
    show({ x: pointer.x - box.left, y: pointer.y - box.top, mark: markOf(box) }, press.dragged);
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
    press = null;
    isDragging = false;
    target = null;
    frame.cancel();
    show(null, null);
  }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === 'touch' || !(event.target instanceof Element)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (event.target.closest('.side-row, .side-section__fold') === null) return;
    const key = event.target.closest<HTMLElement>(rowSelector)?.dataset['key'];
    const dragged = key === undefined ? null : deps.pick(key);
    if (dragged) press = { dragged, x: event.clientX, y: event.clientY, pointerId: event.pointerId };
  }

  function onMove(event: PointerEvent): void {
    if (press === null || event.pointerId !== press.pointerId) return;
    pointer = { x: event.clientX, y: event.clientY };
    if (!isDragging) {
      if (Math.hypot(pointer.x - press.x, pointer.y - press.y) < slackPx) return;
      isDragging = true;
      list.setPointerCapture(press.pointerId);
    }
    frame.ask();
  }

  function onUp(): void {
    if (press === null) return;
    if (!isDragging) {
      press = null;
      return;
    }
    update();
    const [dragged, found] = [press.dragged, target];
    end();
    swallowClick();
    if (found) deps.drop(dragged, found);
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
  // A link or picture would be dragged by the browser, for other pages.
  list.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener('keydown', onKey, { signal, capture: true });
  return () => {
    listening.abort();
    frame.cancel();
  };
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
