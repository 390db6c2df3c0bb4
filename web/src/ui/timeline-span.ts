/**
 * Which of the loaded items are drawn. Named by keys, so that it stays on the same items when others come before them;
 * `last: null` goes with the end as it grows.
 */
export type Edges = { first: string; last: string | null };

/** As numbers in the present list: `from` is in it, `to` is not. */
export type Span = { from: number; to: number };

/** Rows drawn at first: enough for most views, few enough for one picture. */
export const firstRows = 20;
/** Rows drawn more when the reader comes near the edge. */
export const spanRows = 40;
/** Rows after which the far side is taken away once scrolling rests. */
export const spanRowsMax = 140;

export type Keys = {
  count: number;
  indexOf: (key: string) => number | undefined;
  keyAt: (index: number) => string | undefined;
};

export function edgesAtEnd({ count, keyAt }: Keys): Edges {
  return { first: keyAt(Math.max(0, count - firstRows)) ?? '', last: null };
}

/** The item comes to stand a third down the view. */
export function edgesAround({ count, keyAt }: Keys, index: number): Edges {
  return edgesOf({ count, keyAt }, { from: index - firstRows / 2, to: index + firstRows });
}

export function edgesOf({ count, keyAt }: Pick<Keys, 'count' | 'keyAt'>, { from, to }: Span): Edges {
  const last = to >= count ? null : (keyAt(to - 1) ?? null);
  return { first: keyAt(Math.max(0, from)) ?? '', last };
}

/** `before` says where the edges were, for items that are gone. */
export function spanOf({ count, indexOf }: Keys, edges: Edges, before: Span): Span {
  const from = indexOf(edges.first) ?? Math.min(before.from, Math.max(0, count - spanRows));
  const last = edges.last === null ? count - 1 : indexOf(edges.last);
  const to = last === undefined ? Math.min(count, Math.max(before.to, from + spanRows)) : last + 1;
  return from < to ? { from, to } : { from: Math.max(0, count - spanRows), to: count };
}
