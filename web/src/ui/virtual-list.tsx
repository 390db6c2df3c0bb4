import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classNames } from './class-names.ts';
import { heightsOf, rangeIn, type Range } from './row-heights.ts';
import './virtual-list.css';

export type VirtualListHandle = {
  /** Scrolls no further than needed. Answers whether there is such an item. */
  reveal: (key: string) => boolean;
  /** Puts the item at the upper edge. */
  scrollTo: (key: string) => void;
};

type VirtualListProps<T> = {
  items: readonly T[];
  keyOf: (item: T) => string;
  /** in CSS pixels; the row is made exactly so high. May change from drawing to drawing. */
  heightOf: (item: T) => number;
  render: (item: T, index: number) => ComponentChildren;
  /** scrolls away with the rows, above them */
  before?: ComponentChildren;
  after?: ComponentChildren;
  role?: 'list' | 'presentation' | 'rowgroup';
  label?: string;
  class?: string;
  handle?: Ref<VirtualListHandle>;
};

/** Drawn above and below what is visible, so that a quick turn of the wheel and the arrows find rows there. */
const marginPx = 300;
/** Of the first picture, before the height of the view is known. */
const firstPx = 400;

/**
 * A scrolling list of rows of known height, of which only the visible ones exist: the sidebar, members, emoji. A row that
 * has the focus stays. For rows of unknown height that grow in both directions there is `TimelineList`.
 */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, heightOf, render, before, after, role = 'list', label, handle } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const heights = useMemo(() => heightsOf(items.map(heightOf)), [items, heightOf]);
  const [range, setRange] = useState<Range>(() => rangeIn(heights, 0, firstPx));
  const margin = useRef(0);
  const focused = useRef<string | null>(null);

  const update = (): void => {
    const [outer, inner] = [scroller.current, rows.current];
    if (outer === null || inner === null) return;
    const top = outer.scrollTop - inner.offsetTop;
    const next = rangeIn(heights, top - margin.current, top + outer.clientHeight + margin.current);
    setRange((now) => (now.from === next.from && now.to === next.to ? now : next));
  };

  useLayoutEffect(update, [heights]);
  // What is seen comes first, the margin after that picture.
  useEffect(() => {
    margin.current = marginPx;
    update();
  }, []);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(update);
    if (scroller.current !== null) observer.observe(scroller.current);
    return () => observer.disconnect();
  });

  const indexOf = (key: string): number => items.findIndex((item) => keyOf(item) === key);
  useImperativeHandle(handle ?? null, () => ({
    reveal: (key) => {
      const index = indexOf(key);
      if (index !== -1)
        revealRow(scroller.current, rows.current, heights.offset(index), heights.height(index));
      return index !== -1;
    },
    scrollTo: (key) => {
      const top = (rows.current?.offsetTop ?? 0) + heights.offset(Math.max(0, indexOf(key)));
      scroller.current?.scrollTo({ top });
    },
  }));

  const kept = focused.current === null ? -1 : indexOf(focused.current);
  const drawn = indexesIn(range, kept, items.length);
  return (
    <div ref={scroller} class={classNames('ui-virtual', props.class)} onScroll={update}>
      {before}
      <div
        ref={rows}
        class="ui-virtual__rows"
        role={role}
        aria-label={label}
        style={{ blockSize: `${heights.total}px` }}
        onFocusIn={(event) => {
          focused.current = keyOfRow(event.target);
          // Not only when the scrolling is reported, which is once a picture: arrows may come faster.
          update();
        }}
        onFocusOut={() => (focused.current = null)}
      >
        {drawn.map((index) => {
          const item = items[index];
          if (item === undefined) return null;
          const place = { top: `${heights.offset(index)}px`, blockSize: `${heights.height(index)}px` };
          return (
            <div
              key={keyOf(item)}
              class="ui-virtual__row"
              data-key={keyOf(item)}
              style={place}
              role={role === 'list' ? 'listitem' : role === 'rowgroup' ? 'presentation' : undefined}
              aria-setsize={role === 'list' ? items.length : undefined}
              aria-posinset={role === 'list' ? index + 1 : undefined}
            >
              {render(item, index)}
            </div>
          );
        })}
      </div>
      {after}
    </div>
  );
}

function indexesIn({ from, to }: Range, kept: number, count: number): number[] {
  const inside = Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, step) => from + step);
  if (kept === -1 || (kept >= from && kept < to)) return inside;
  return kept < from ? [kept, ...inside] : [...inside, kept];
}

function keyOfRow(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('.ui-virtual__row') : null;
  return row?.dataset['key'] ?? null;
}

function revealRow(
  scroller: HTMLElement | null,
  rows: HTMLElement | null,
  offset: number,
  height: number,
): void {
  if (scroller === null || rows === null) return;
  const top = rows.offsetTop + offset;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + height > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + height - scroller.clientHeight;
}
