/** Where what is dragged in the sidebar would go. Pure. */
import { isBuiltIn, type Arrangement } from './arrangement.ts';
import type { SidebarRow } from './sidebar-rows.ts';

export type Dragged =
  | { readonly kind: 'section'; readonly section: string }
  | {
      readonly kind: 'room';
      readonly roomId: string;
      readonly section: string;
      /** where the room belongs when nobody puts it anywhere */
      readonly home: string;
    };

/** What shows the place: a line at an edge of a row, or a frame around it. */
export interface DropMark {
  readonly index: number;
  readonly at: 'start' | 'end' | 'around';
}

export type DropTarget =
  /** `before`: the room below; null for the last place, undefined where the section sorts by itself. */
  | {
      readonly kind: 'room';
      readonly section: string;
      readonly before: string | null | undefined;
      readonly mark: DropMark;
    }
  | { readonly kind: 'section'; readonly before: string | null; readonly mark: DropMark };

/** What the pointer is over. */
export interface Over {
  readonly index: number;
  readonly isLowerHalf: boolean;
}

/** Null where it cannot go, or would stay where it is. */
export function dropTarget(
  dragged: Dragged,
  over: Over,
  { rows, arrangement }: { rows: readonly SidebarRow[]; arrangement: Arrangement },
): DropTarget | null {
  return dragged.kind === 'section'
    ? sectionTarget(dragged.section, over, rows)
    : roomTarget(dragged, over, { rows, arrangement });
}

function roomTarget(
  dragged: Dragged & { kind: 'room' },
  { index, isLowerHalf }: Over,
  { rows, arrangement }: { rows: readonly SidebarRow[]; arrangement: Arrangement },
): DropTarget | null {
  const row = rows[index];
  if (!row) return null;
  const { section } = row;
  if (isBuiltIn(section) && section !== 'starred' && section !== dragged.home) return null;
  const isSame = section === dragged.section;
  const isByHand = isSame || arrangement.find(({ id }) => id === section)?.sort === 'hand';
  const header = rows.findIndex((one) => one.kind === 'section' && one.section === section);
  if (!isByHand || row.kind === 'hint') {
    return { kind: 'room', section, before: undefined, mark: { index: header, at: 'around' } };
  }
  const isAfter = row.kind === 'section' || isLowerHalf;
  const below = isAfter ? roomOf(rows[index + 1], section) : roomOf(row, section);
  const above = isAfter ? roomOf(row, section) : roomOf(rows[index - 1], section);
  if (below === dragged.roomId || above === dragged.roomId) return null;
  return { kind: 'room', section, before: below, mark: { index, at: isAfter ? 'end' : 'start' } };
}

function roomOf(row: SidebarRow | undefined, section: string): string | null {
  return row?.kind === 'room' && row.section === section ? row.roomId : null;
}

/** Over the upper half of a section's rows: above it; over the lower half: below it. */
function sectionTarget(
  section: string,
  { index, isLowerHalf }: Over,
  rows: readonly SidebarRow[],
): DropTarget | null {
  const over = rows[index]?.section;
  const first = rows.findIndex((row) => row.section === over);
  const last = rows.findLastIndex((row) => row.section === over);
  if (over === undefined || over === section) return null;
  const isSingle = first === last;
  const isUpper = isSingle ? !isLowerHalf : index - first < (last - first + 1) / 2;
  const before = isUpper ? over : (rows[last + 1]?.section ?? null);
  const above = isUpper ? rows[first - 1]?.section : over;
  if (before === section || above === section) return null;
  return {
    kind: 'section',
    before,
    mark: isUpper ? { index: first, at: 'start' } : { index: last, at: 'end' },
  };
}
