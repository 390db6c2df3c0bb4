/** What the reader sees of a timeline. */
export type VisibleRange = {
  /** keys of the first and the last row of which anything is visible; null when there is none */
  first: string | null;
  last: string | null;
  /** whether the newest item is in view and new ones will be */
  atEnd: boolean;
};

/** Free pixels of drawn rows above and below what is visible. */
type Room = { before: number; after: number };

export type TimelineScroll = {
  /** Notes what the reader looks at: after every scroll. `open`: nothing newer is missing, so the end is the end. */
  remember: (open: boolean) => void;
  /** Puts what the reader looks at back to where it was: after every change of the rows. */
  restore: () => void;
  /** Will be put there by the next `restore`. */
  aim: (target: 'end' | { key: string }) => void;
  visible: () => VisibleRange;
  viewHeight: () => number;
  room: () => Room;
  /** keys of the drawn rows that are further than `distance` pixels from the view, nearest first */
  beyond: (side: 'before' | 'after', distance: number) => string[];
  rowOf: (key: string) => HTMLElement | undefined;
};

/** Following the end, or holding rows in their places: the first that still exists counts. */
type Position = { follow: true } | { follow: false; rows: { key: string; top: number }[] };

/** So near the end one is at it: a line of text. */
const endSlackPx = 24;

/**
 * The scrolling of a list that grows at both ends. The scroller is laid out from its lower edge (`column-reverse`), so its
 * `scrollTop` is 0 at the end and negative above; what happens above the view moves nothing, in every browser. Only
 * what changes inside or below the view has to be made up for here.
 */
export function createTimelineScroll(scroller: HTMLElement): TimelineScroll {
  let position: Position = { follow: true };
  /** How the scroller stood when that was noted; null when it does not count, since an aim was set after it. */
  let noted: { scrollTop: number; width: number; height: number } | null = null;

  const rows = (): HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>('.ui-timeline__row')];
  const standing = () => ({
    scrollTop: scroller.scrollTop,
    width: scroller.clientWidth,
    height: scroller.clientHeight,
  });
  const viewTop = (): number => scroller.getBoundingClientRect().top;
  const keyOf = (row: HTMLElement | undefined): string | null => row?.dataset['key'] ?? null;
  const rowOf = (key: string): HTMLElement | undefined => rows().find((row) => keyOf(row) === key);

  function visibleRows(): HTMLElement[] {
    const { top, bottom } = scroller.getBoundingClientRect();
    const all = rows();
    const from = firstWhere(all, (row) => row.getBoundingClientRect().bottom > top);
    const to = firstWhere(all, (row) => row.getBoundingClientRect().top >= bottom);
    return all.slice(from, to);
  }

  function remember(open: boolean): void {
    if (open && -scroller.scrollTop <= endSlackPx) {
      position = { follow: true };
      noted = standing();
      return;
    }
    // scroll positions are whole pixels: a smaller move is a rounding, and taking it for a place again and again would drift
    const moved = movedBy() ?? 0;
    const top = viewTop() + (Math.abs(moved) < 1 ? moved : 0);
    const held = visibleRows().map((row) => ({
      key: keyOf(row) ?? '',
      top: row.getBoundingClientRect().top - top,
    }));
    // a row cut by the upper edge may grow above it: the first whole one is the better hold
    const whole = held.filter((row) => row.top >= 0);
    position = { follow: false, rows: [...whole, ...held.filter((row) => row.top < 0)] };
    noted = standing();
  }

  function restore(): void {
    if (position.follow) {
      if (scroller.scrollTop !== 0 && readerMoved() === 0) scroller.scrollTop = 0;
    } else {
      const moved = (movedBy() ?? 0) + readerMoved();
      if (Math.abs(moved) >= 0.5) scroller.scrollTop += moved;
    }
  }

  /**
   * How far the reader has scrolled down since, of which no event has told yet: that comes with the next picture, and what
   * is drawn before it must not take the reader back. A list that became too short to stand where it stood was moved by
   * the browser.
   */
  function readerMoved(): number {
    const least = scroller.clientHeight - scroller.scrollHeight;
    return noted === null || noted.scrollTop < least ? 0 : scroller.scrollTop - noted.scrollTop;
  }

  /** A view that got lower, for a growing composer or a phone's keyboard, keeps its lower edge. */
  const lowered = (): number =>
    noted === null || noted.width !== scroller.clientWidth ? 0 : noted.height - scroller.clientHeight;

  /** How far the row that holds the place is from where it was; null when there is none. */
  function movedBy(): number | null {
    if (position.follow) return null;
    const drawn = new Map(rows().map((row) => [keyOf(row), row]));
    const hold = position.rows.find(({ key }) => drawn.has(key));
    const row = hold && drawn.get(hold.key);
    return hold === undefined || row === undefined
      ? null
      : row.getBoundingClientRect().top - viewTop() - hold.top + lowered();
  }

  return {
    remember,
    restore,
    rowOf,
    aim: (target) => {
      noted = null;
      const top = Math.round(scroller.clientHeight * 0.3);
      position = target === 'end' ? { follow: true } : { follow: false, rows: [{ key: target.key, top }] };
    },
    visible: () => {
      const shown = visibleRows();
      return { first: keyOf(shown[0]), last: keyOf(shown.at(-1)), atEnd: position.follow };
    },
    viewHeight: () => scroller.clientHeight,
    room: () => ({
      before: scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop,
      after: -scroller.scrollTop,
    }),
    beyond: (side, distance) => {
      const { top, bottom } = scroller.getBoundingClientRect();
      const far = rows().filter((row) => {
        const box = row.getBoundingClientRect();
        return side === 'before' ? box.bottom < top - distance : box.top > bottom + distance;
      });
      const keys = far.map((row) => keyOf(row) ?? '');
      return side === 'before' ? keys.toReversed() : keys;
    },
  };
}

/** The index of the first for which it holds, if it holds for all after it; the length when for none. */
function firstWhere(rows: readonly HTMLElement[], holds: (row: HTMLElement) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && holds(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Of the view, or of all that is in it. */
export function observeSizes(
  scroller: HTMLElement,
  content: HTMLElement | null,
  onSize: () => void,
): () => void {
  const observer = new ResizeObserver(onSize);
  observer.observe(scroller);
  if (content !== null) observer.observe(content);
  return () => observer.disconnect();
}
