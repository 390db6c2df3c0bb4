/** How somebody arranges the sidebar: what a change does, before the server has confirmed it. Pure. */
import type { Section } from '@confab/protocol';

export const builtInSections = ['starred', 'rooms', 'direct'] as const;
export type BuiltInSection = (typeof builtInSections)[number];

/** The sections from top to bottom. */
export type Arrangement = readonly Section[];

/** Until the server has said more. */
export const usualArrangement: Arrangement = builtInSections.map((id) => ({
  id,
  name: '',
  emoji: null,
  sort: id === 'direct' ? 'recent' : 'name',
  isFolded: false,
  roomIds: [],
}));

export function isBuiltIn(id: string): id is BuiltInSection {
  return (builtInSections as readonly string[]).includes(id);
}

export function changeSection(
  arrangement: Arrangement,
  id: string,
  changed: Partial<Omit<Section, 'id'>>,
): Arrangement {
  return arrangement.map((section) => (section.id === id ? { ...section, ...changed } : section));
}

/** Its rooms go back to where they belong by themselves. */
export function removeSection(arrangement: Arrangement, id: string): Arrangement {
  return arrangement.filter((section) => section.id !== id || isBuiltIn(id));
}

/** Puts a section above another one; `null`: below all. */
export function moveSection(arrangement: Arrangement, id: string, before: string | null): Arrangement {
  const moved = arrangement.find((section) => section.id === id);
  if (!moved || id === before) return arrangement;
  const others = arrangement.filter((section) => section.id !== id);
  const at = others.findIndex((section) => section.id === before);
  return others.toSpliced(at === -1 ? others.length : at, 0, moved);
}

/** Puts a room into a section, last; out of its own section where the new one is built in. */
export function placeRoom(arrangement: Arrangement, roomId: string, sectionId: string): Arrangement {
  return arrangement.map((section) => {
    if (isBuiltIn(section.id)) return section;
    const isIn = section.roomIds.includes(roomId);
    if (section.id === sectionId)
      return isIn ? section : { ...section, roomIds: [...section.roomIds, roomId] };
    return isIn ? { ...section, roomIds: section.roomIds.filter((id) => id !== roomId) } : section;
  });
}

/** Sorts a section by hand from now on: these rooms first, others that are in it after them. */
export function orderRooms(
  arrangement: Arrangement,
  sectionId: string,
  roomIds: readonly string[],
): Arrangement {
  return arrangement.map((section) => {
    if (section.id !== sectionId) return section;
    const rest = section.roomIds.filter((id) => !roomIds.includes(id));
    return { ...section, sort: 'hand', roomIds: [...roomIds, ...rest] };
  });
}

/**
 * The rooms of a section when one is moved above `before` (`null`: below all that are `shown`). What is not shown just now
 * keeps its place when the section was sorted by hand already.
 */
export function orderWith(
  { sort, roomIds }: Pick<Section, 'sort' | 'roomIds'>,
  move: { roomId: string; before: string | null; shown: readonly string[] },
): string[] {
  const { roomId, before, shown } = move;
  const [first, then] = sort === 'hand' ? [roomIds, shown] : [shown, roomIds];
  const order = [...new Set([...first, ...then])].filter((id) => id !== roomId);
  const above = shown.filter((id) => id !== roomId).at(-1);
  const at = before === null ? order.indexOf(above ?? '') + 1 : order.indexOf(before);
  return order.toSpliced(at === -1 ? order.length : at, 0, roomId);
}
