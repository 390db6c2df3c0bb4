import { useRef } from 'preact/hooks';
import { useWords } from '../language/index.ts';
import { isRightToLeft } from './roving-focus.ts';
import './pane-resizer.css';

type PaneResizerProps = {
  /** what gets wider: "Width of the sidebar" */
  label: string;
  /** CSS pixels, as are the limits */
  width: number;
  min: number;
  max: number;
  /** where a double click leads */
  usual: number;
  /** the side of the handle on which the pane is that it makes wider */
  pane: 'before' | 'after';
  onWidth: (width: number) => void;
};

const stepPx = 16;

/** The line between two panes, to be dragged or moved with arrows. Stands in a row, between them. */
export function PaneResizer({ label, width, min, max, usual, pane, onWidth }: PaneResizerProps) {
  const words = useWords().ui;
  const drag = useRef<{ from: number; width: number } | null>(null);
  const set = (wanted: number): void => onWidth(Math.round(Math.min(max, Math.max(min, wanted))));
  /** +1 when a move to the right makes the pane wider */
  const direction = (element: Element): number => (isRightToLeft(element) === (pane === 'before') ? -1 : 1);
  return (
    <div
      class="ui-resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={words.pixels(width)}
      onDblClick={() => set(usual)}
      onKeyDown={(event) => {
        const towards = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        const wanted =
          event.key === 'Home'
            ? min
            : event.key === 'End'
              ? max
              : width + towards * direction(event.currentTarget) * stepPx;
        if (wanted === width) return;
        event.preventDefault();
        set(wanted);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (drag.current === null) return;
        const moved = (event.clientX - drag.current.from) * direction(event.currentTarget);
        set(drag.current.width + moved);
      }}
      onLostPointerCapture={() => (drag.current = null)}
    />
  );
}
