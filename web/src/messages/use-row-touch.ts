import { useRef } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { after, type Cancel } from '../platform/index.ts';
import { useMessagesPlace } from './messages-context.ts';

/** A finger that rests so long means the message, not what is in it. */
const holdMs = 450;

type RowTouch = {
  onPointerEnter: (event: PointerEvent) => void;
  onPointerLeave: (event: PointerEvent) => void;
  onFocusIn: () => void;
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: () => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
};

/** Marks the row that the pointer, the focus or a long press is on. */
export function useRowTouch(rowKey: string): RowTouch {
  const { active, current } = useMessagesPlace();
  const { ui } = useApp();
  const hold = useRef<Cancel>(() => undefined);
  const letGo = (): void => hold.current();
  return {
    onPointerEnter(event) {
      // Where fingers are expected, what is active shows all its actions over the page.
      if (event.pointerType !== 'touch' && !ui.device.touch.peek()) active.value = rowKey;
    },
    onPointerLeave(event) {
      if (event.pointerType === 'touch' || active.peek() !== rowKey) return;
      // An open menu keeps its row.
      if (document.querySelector('[popover]:popover-open.ui-popover') === null) active.value = null;
    },
    onFocusIn() {
      current.value = rowKey;
      if (!ui.device.touch.peek()) active.value = rowKey;
    },
    onPointerDown(event) {
      if (event.pointerType !== 'touch') return;
      hold.current = after(holdMs, () => {
        active.value = rowKey;
        navigator.vibrate?.(8);
      });
    },
    onPointerMove: letGo,
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
}
