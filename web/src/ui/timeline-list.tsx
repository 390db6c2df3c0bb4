import type { ComponentChildren, Ref } from 'preact';
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classNames } from './class-names.ts';
import {
  createTimelineScroll,
  observeSizes,
  type TimelineScroll,
  type VisibleRange,
} from './timeline-scroll.ts';
import { edgesAround, edgesAtEnd, spanOf, type Edges, type Keys, type Span } from './timeline-span.ts';
import { createTimelineWatch } from './timeline-watch.ts';
import './timeline-list.css';

export type TimelineListHandle = {
  /** To the newest loaded item, and on with those that come. */
  scrollToEnd: () => void;
  /** Answers whether the item is loaded. It comes to stand a third down the view. */
  scrollToItem: (key: string, options?: { smooth?: boolean }) => boolean;
  element: () => HTMLElement | null;
};

export type TimelineListProps<T> = {
  /** what is loaded, oldest first, without holes; a new array for every change */
  items: readonly T[];
  keyOf: (item: T) => string;
  render: (item: T, index: number) => ComponentChildren;
  label: string;
  /** Where it opens, once: give the list another `key` for another room. */
  start: 'end' | { key: string };
  /** Items that follow each other and answer the same are under one heading, which sticks to the upper edge. */
  sectionOf?: (item: T) => string;
  renderSection?: (section: string, first: T) => ComponentChildren;
  /** above the first and below the last item: the beginning of the room, a skeleton, who is typing */
  before?: ComponentChildren;
  after?: ComponentChildren;
  /** whether there is more to load on that side */
  moreBefore: boolean;
  moreAfter: boolean;
  /** The reader comes near the first or last loaded item and there is more. Called again and again: ignore it while loading. */
  onReachStart: () => void;
  onReachEnd: () => void;
  /** After it changed, at most once per frame. */
  onVisible?: (range: VisibleRange) => void;
  handle?: Ref<TimelineListHandle>;
  class?: string;
};

/**
 * A list of rows of any height that grows at both ends: the messages of a room. It draws a window of what is loaded, in
 * the page's own flow: no guessed heights, no spacers, text can be selected across rows. Whatever is added, removed or
 * changes its size, what the reader looks at stays where it is; at the end it follows the end.
 */
export function TimelineList<T>(props: TimelineListProps<T>) {
  const { items, keyOf, label, start, handle } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const scroll = useRef<TimelineScroll | null>(null);
  const keys = useKeys(items, keyOf);
  const [edges, setEdges] = useState<Edges>(() => startEdges(start, keys));
  const before = useRef<Span>({ from: 0, to: 0 });
  const span = spanOf(keys, edges, before.current);
  before.current = span;

  const view = { props, keys, span, setEdges };
  const latest = useRef(view);
  latest.current = view;
  const watch = useMemo(() => createTimelineWatch(scroll, latest), []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const made = createTimelineScroll(element);
    scroll.current = made;
    if (start !== 'end' && keys.indexOf(start.key) !== undefined) made.aim(start);
    const stop = observeSizes(element, content.current, watch.onSize);
    return () => {
      stop();
      watch.close();
    };
  }, []);

  // before the browser paints what was just drawn
  useLayoutEffect(() => {
    watch.onDrawn();
  }, [items, span.from, span.to, props.moreBefore, props.moreAfter]);

  useImperativeHandle(handle ?? null, () => ({
    scrollToEnd: watch.goToEnd,
    scrollToItem: (key, options = {}) => watch.goTo(key, options.smooth === true),
    element: () => scroller.current,
  }));

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard has to get there
    <div
      ref={scroller}
      class={classNames('ui-timeline', props.class)}
      role="log"
      aria-live="off"
      aria-label={label}
      tabIndex={0}
      onScroll={watch.onScroll}
    >
      <div ref={content} class="ui-timeline__content">
        {props.before}
        <Rows {...props} span={span} />
        {props.after}
      </div>
    </div>
  );
}

function useKeys<T>(items: readonly T[], keyOf: (item: T) => string): Keys {
  return useMemo(() => {
    const indexes = new Map(items.map((item, index) => [keyOf(item), index]));
    return {
      count: items.length,
      indexOf: (key: string) => indexes.get(key),
      keyAt: (index: number) => {
        const item = items[index];
        return item === undefined ? undefined : keyOf(item);
      },
    };
  }, [items]);
}

function startEdges(start: TimelineListProps<unknown>['start'], keys: Keys): Edges {
  const index = start === 'end' ? undefined : keys.indexOf(start.key);
  return index === undefined ? edgesAtEnd(keys) : edgesAround(keys, index);
}

function Rows<T>({
  items,
  keyOf,
  render,
  sectionOf,
  renderSection,
  span,
}: TimelineListProps<T> & { span: Span }) {
  const sections: { name: string; first: T; rows: ComponentChildren[] }[] = [];
  for (let index = span.from; index < span.to; index += 1) {
    const item = items[index];
    if (item === undefined) continue;
    const name = sectionOf?.(item) ?? '';
    if (sections.at(-1)?.name !== name) sections.push({ name, first: item, rows: [] });
    sections.at(-1)?.rows.push(
      <div key={keyOf(item)} class="ui-timeline__row" data-key={keyOf(item)}>
        {render(item, index)}
      </div>,
    );
  }
  return (
    <>
      {sections.map(({ name, first, rows }) => (
        <section key={name} class="ui-timeline__section">
          {renderSection !== undefined && (
            <div class="ui-timeline__heading">{renderSection(name, first)}</div>
          )}
          {rows}
        </section>
      ))}
    </>
  );
}
