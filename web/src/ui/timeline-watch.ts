import { after as waitFor, eachFrame, type Cancel } from '../platform/timing.ts';
import type { TimelineScroll, VisibleRange } from './timeline-scroll.ts';
import {
  edgesAround,
  edgesAtEnd,
  edgesOf,
  spanRows,
  spanRowsMax,
  type Edges,
  type Keys,
  type Span,
} from './timeline-span.ts';

/** Views of drawn rows kept ready on each side; when less is left, more are drawn. */
const readyViews = 1.5;
/** Scrolling rests when nothing moved for so long. */
const restMs = 200;

/** What the list drew last, and what its owner wants to know. */
type View = {
  props: {
    moreBefore: boolean;
    moreAfter: boolean;
    onReachStart: () => void;
    onReachEnd: () => void;
    onVisible?: (range: VisibleRange) => void;
  };
  keys: Keys;
  span: Span;
  setEdges: (edges: Edges) => void;
};

/** Looks after each move: is more to be drawn, to be loaded, to be told? And when it rests: can some be taken away? */
export function createTimelineWatch(scroll: { current: TimelineScroll | null }, latest: { current: View }) {
  let told: VisibleRange | null = null;
  let rest: Cancel = () => undefined;
  let drawing: Cancel | null = null;
  const frame = eachFrame(lookNow);

  const isOpen = (): boolean => {
    const { props, span, keys } = latest.current;
    return !props.moreAfter && span.to === keys.count;
  };

  function lookNow(): void {
    if (scroll.current === null) return;
    const { before, after } = scroll.current.room();
    // What fills the view is seen first; what is kept ready around it is drawn after that.
    const { span, keys } = latest.current;
    if (before <= 0 || (after <= 0 && span.to < keys.count)) drawMore();
    else drawing ??= waitFor(0, drawMore);
    tell(scroll.current.visible());
  }

  function drawMore(): void {
    drawing?.();
    drawing = null;
    const { props, keys, span, setEdges } = latest.current;
    if (scroll.current === null) return;
    const room = scroll.current.room();
    const wanted = scroll.current.viewHeight() * readyViews;
    if (room.before < wanted) {
      if (span.from > 0) setEdges(edgesOf(keys, { from: span.from - spanRows, to: span.to }));
      else if (props.moreBefore) props.onReachStart();
    }
    if (room.after < wanted) {
      if (span.to < keys.count) setEdges(edgesOf(keys, { from: span.from, to: span.to + spanRows }));
      else if (props.moreAfter) props.onReachEnd();
    }
  }

  function tell(range: VisibleRange): void {
    const same = told?.first === range.first && told.last === range.last && told.atEnd === range.atEnd;
    told = range;
    if (!same) latest.current.props.onVisible?.(range);
  }

  function trim(): void {
    const { keys, span, setEdges } = latest.current;
    if (scroll.current === null || span.to - span.from <= spanRowsMax) return;
    const { before, after } = scroll.current.room();
    const side = before > after ? 'before' : 'after';
    const far = scroll.current.beyond(side, scroll.current.viewHeight() * readyViews * 2);
    const edge = far[0] === undefined || holdsFocus(far) ? undefined : keys.indexOf(far[0]);
    if (edge === undefined) return;
    setEdges(
      edgesOf(keys, side === 'before' ? { from: edge, to: span.to } : { from: span.from, to: edge + 1 }),
    );
  }

  function holdsFocus(rows: readonly string[]): boolean {
    const focused = document.activeElement?.closest<HTMLElement>('.ui-timeline__row')?.dataset['key'];
    return focused !== undefined && rows.includes(focused);
  }

  function goTo(key: string, smooth: boolean): boolean {
    const { keys, setEdges } = latest.current;
    const index = keys.indexOf(key);
    if (index === undefined || scroll.current === null) return false;
    const row = scroll.current.rowOf(key);
    if (smooth && row !== undefined) {
      row.scrollIntoView({ behavior: 'smooth', block: 'center' });
      return true;
    }
    scroll.current.aim({ key });
    if (row === undefined) setEdges(edgesAround(keys, index));
    else scroll.current.restore();
    return true;
  }

  function goToEnd(): void {
    const { keys, span, setEdges } = latest.current;
    scroll.current?.aim('end');
    // Where the end is drawn already, all that is drawn stays.
    setEdges(span.to === keys.count ? edgesOf(keys, { from: span.from, to: span.to }) : edgesAtEnd(keys));
    scroll.current?.restore();
  }

  /** Rows were drawn, or changed their sizes, or the width changed. */
  function settle(): void {
    scroll.current?.restore();
    scroll.current?.remember(isOpen());
    frame.ask();
  }

  return {
    goTo,
    goToEnd,
    onDrawn: settle,
    onSize: settle,
    onScroll: () => {
      scroll.current?.remember(isOpen());
      frame.ask();
      rest();
      rest = waitFor(restMs, trim);
    },
    close: () => {
      frame.cancel();
      drawing?.();
      rest();
    },
  };
}
