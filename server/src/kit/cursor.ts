import { Refusal } from './refusal.ts';

const kinds = {
  /** Decimal digits of an id or an ordinal: whatever fits a bigint. */
  number: /^(0|[1-9][0-9]{0,17})$/,
  /** Milliseconds since 1970, within what a Date and a timestamp hold. */
  time: /^(0|[1-9][0-9]{0,14})$/,
  // oxlint-disable-next-line no-control-regex
  text: /^[^\u0000]*$/u,
} as const;

export type CursorKind = keyof typeof kinds;

/** Where a page ended: the sort key of its last row. Opaque to who carries it, and trusted in nothing but its shape. */
export function formatCursor(...key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a cursor.
 * @param shape the kinds of its parts
 * @throws Refusal invalid for what no page gave out
 */
export function parseCursor<const Shape extends readonly CursorKind[]>(
  cursor: string,
  shape: Shape,
): { readonly [Index in keyof Shape]: string } {
  const key = parse(cursor);
  const fits =
    Array.isArray(key) &&
    key.length === shape.length &&
    shape.every((kind, index) => {
      const part: unknown = key[index];
      return typeof part === 'string' && kinds[kind].test(part) && part.isWellFormed();
    });
  if (!fits) throw new Refusal('invalid', { path: '/cursor', expected: 'a cursor of the previous page' });
  return key as { readonly [Index in keyof Shape]: string };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

/** What was read beyond the page tells that there is a next one: ask for `limit + 1` rows. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (last: Row) => readonly string[],
): { rows: readonly Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    next: rows.length > limit && last !== undefined ? formatCursor(...keyOf(last)) : null,
  };
}
