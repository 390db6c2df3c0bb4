import type { ComponentChildren, HTMLAttributes } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { autoUpdate, computePosition, flip, offset, shift, size, type Placement } from '@floating-ui/dom';
import { classNames } from './class-names.ts';
import './popover.css';

export type { Placement };

/** Something on the page, or a place on it: where a pointer was. */
export type Anchor = Element | { getBoundingClientRect: () => DOMRect };

export type PopoverProps = Omit<
  HTMLAttributes<HTMLDivElement>,
  'popover' | 'onClose' | 'class' | 'className'
> & {
  anchor: Anchor;
  class?: string | undefined;
  /** Esc, or a press outside; not called by the owner's own unmounting */
  onClose: () => void;
  placement?: Placement;
  /** distance from the anchor in CSS pixels */
  gap?: number;
  /** as wide as the anchor at least */
  matchWidth?: boolean;
  /** stays on its side while there is room for a few rows there, and scrolls; otherwise it goes where all of it fits */
  keepSide?: boolean;
  /** on a phone it comes from the lower edge, over the whole width */
  sheet?: boolean;
  children: ComponentChildren;
};

/** A press that begins there is not outside. */
const ownPress = (target: Node, popover: HTMLElement, anchor: Anchor): boolean =>
  popover.contains(target) || (anchor instanceof Element && anchor.contains(target));

/**
 * A card in the top layer, beside its anchor, there as long as it is mounted. It does not take the focus by itself; when
 * the focus is inside as it goes, what had the focus before gets it back.
 */
export function Popover(props: PopoverProps) {
  const {
    anchor,
    onClose,
    placement = 'bottom-start',
    gap = 4,
    matchWidth,
    keepSide = false,
    sheet,
    class: className,
    children,
    ...native
  } = props;
  const card = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return undefined;
    const before = document.activeElement;
    element.showPopover();
    return () => {
      const had = element.contains(document.activeElement) || document.activeElement === document.body;
      element.hidePopover();
      if (had && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return undefined;
    return autoUpdate(anchor, element, () => void place(element, anchor, { placement, gap, keepSide }));
  }, [anchor, placement, gap, keepSide]);

  // Before the picture that shows it: whoever is quick presses Esc as soon as it is there.
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const onPress = (event: Event): void => {
      if (event.target instanceof Node && !ownPress(event.target, element, anchor)) close.current();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      close.current();
    };
    document.addEventListener('pointerdown', onPress, { capture: true, signal });
    element.addEventListener('keydown', onKey, { signal });
    if (anchor instanceof HTMLElement) anchor.addEventListener('keydown', onKey, { signal });
    return () => listening.abort();
  }, [anchor]);

  return (
    <div
      {...native}
      ref={card}
      popover="manual"
      class={classNames('ui-popover', className)}
      data-sheet={sheet}
      data-match-width={matchWidth}
    >
      {children}
    </div>
  );
}

type Place = { placement: Placement; gap: number; keepSide: boolean };

/** A few rows. */
const heightLeastPx = 160;

async function place(card: HTMLElement, anchor: Anchor, { placement, gap, keepSide }: Place): Promise<void> {
  const fit = size({
    padding: 8,
    apply: ({ availableHeight, rects }) => {
      const least = keepSide ? heightLeastPx : 120;
      card.style.setProperty('--height-max', `${Math.max(least, availableHeight)}px`);
      card.style.setProperty('--anchor-width', `${rects.reference.width}px`);
    },
  });
  const turn = flip({ padding: 8 });
  const { x, y } = await computePosition(anchor, card, {
    strategy: 'fixed',
    placement,
    // What was made to fit first has no reason to turn.
    middleware: [offset(gap), ...(keepSide ? [fit, turn] : [turn]), shift({ padding: 8 }), fit],
  });
  card.style.setProperty('--x', `${Math.round(x)}px`);
  card.style.setProperty('--y', `${Math.round(y)}px`);
}

/** An anchor where the pointer is, for a menu of the thing under it. */
export function anchorAt({ clientX, clientY }: { clientX: number; clientY: number }): Anchor {
  return { getBoundingClientRect: () => new DOMRect(clientX, clientY, 0, 0) };
}
