import { useEffect, useRef, useState } from 'preact/hooks';
import { computePosition, flip, offset, shift } from '@floating-ui/dom';
import { after, type Cancel } from '../platform/timing.ts';
import { Keys } from './keys.tsx';
import './tooltip.css';

/** Long enough that crossing a row of buttons shows nothing. */
const showAfterMs = 500;
/** Time to move onto the tooltip, and to the next button without waiting again. */
const hideAfterMs = 150;

type Shown = { target: HTMLElement; text: string; keys: string | undefined };

/**
 * One tooltip for the whole page: it belongs to whatever has `data-tooltip` (and `data-tooltip-keys`) and the pointer or the
 * keyboard's focus. The words must be readable otherwise too, as the name of a button is; on touch screens they do not show.
 */
export function TooltipHost() {
  const [shown, setShown] = useState<Shown | null>(null);
  const card = useRef<HTMLDivElement>(null);

  useEffect(() => followPointerAndFocus(card, setShown), []);

  useEffect(() => {
    const element = card.current;
    if (element === null || shown === null) return undefined;
    element.showPopover();
    void placeTooltip(element, shown.target);
    return () => element.hidePopover();
  }, [shown]);

  return (
    <div ref={card} class="ui-tooltip" popover="manual" aria-hidden="true">
      {shown?.text}
      {shown?.keys !== undefined && <Keys keys={shown.keys} />}
    </div>
  );
}

function followPointerAndFocus(
  card: { current: HTMLElement | null },
  setShown: (shown: Shown | null) => void,
): () => void {
  const listening = new AbortController();
  const options = { capture: true, passive: true, signal: listening.signal };
  let target: HTMLElement | null = null;
  let visible = false;
  let cancel: Cancel = () => undefined;

  function show(): void {
    if (target === null || !target.isConnected) return;
    visible = true;
    const { tooltip = '', tooltipKeys: keys } = target.dataset;
    setShown({ target, text: tooltip, keys });
  }

  function hide(): void {
    cancel();
    target = null;
    visible = false;
    setShown(null);
  }

  function onPointer(event: PointerEvent): void {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return;
    if (card.current?.contains(event.target) === true) return cancel();
    const over = event.target.closest<HTMLElement>('[data-tooltip]');
    if (over === target) return over === null ? undefined : cancelHiding();
    cancel();
    target = over;
    cancel = over === null ? after(hideAfterMs, hide) : after(visible ? 0 : showAfterMs, show);
  }

  function cancelHiding(): void {
    if (visible) cancel();
  }

  function onFocus(event: FocusEvent): void {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-tooltip]:focus-visible'))
      return;
    cancel();
    target = event.target;
    show();
  }

  /** The keys' focus scrolls what it comes to into view. */
  function onScroll(): void {
    if (target === null) return;
    if (target === document.activeElement && card.current !== null) void placeTooltip(card.current, target);
    else hide();
  }

  document.addEventListener('pointerover', onPointer, options);
  document.addEventListener('focusin', onFocus, options);
  document.addEventListener('scroll', onScroll, options);
  for (const type of ['focusout', 'pointerdown', 'keydown', 'wheel']) {
    document.addEventListener(type, () => (target === null ? undefined : hide()), options);
  }
  return () => {
    cancel();
    listening.abort();
  };
}

async function placeTooltip(card: HTMLElement, target: HTMLElement): Promise<void> {
  const { x, y } = await computePosition(target, card, {
    strategy: 'fixed',
    placement: 'top',
    middleware: [offset(6), flip({ padding: 8 }), shift({ padding: 8 })],
  });
  card.style.setProperty('--x', `${Math.round(x)}px`);
  card.style.setProperty('--y', `${Math.round(y)}px`);
}
