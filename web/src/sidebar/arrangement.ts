/** How somebody arranges the sidebar: sections, their order, and what lies in which. Pure. */

export const builtInSections = ['starred', 'rooms', 'direct'] as const;
export type BuiltInSection = (typeof builtInSections)[number];

export type Sort = 'recent' | 'name' | 'hand';

export interface Section {
  /** A built-in one by its name, or the id of an own one. */
  readonly id: string;
  /** Of an own section; the built-in ones are called in the language spoken. */
  readonly name: string;
  readonly emoji: string | null;
  readonly sort: Sort;
  readonly isFolded: boolean;
  /** By hand, first to last. In an own section these are its rooms; of a built-in one only their order. */
  readonly roomIds: readonly string[];
}

/** The sections from top to bottom; the built-in ones are always among them. */
export type Arrangement = readonly Section[];

export const sectionNameCharsMax = 40;

const builtIn = (id: BuiltInSection): Section => ({
  id,
  name: '',
  emoji: null,
  sort: id === 'direct' ? 'recent' : 'name',
  isFolded: false,
  roomIds: [],
});

export const usualArrangement: Arrangement = builtInSections.map(builtIn);

export function isBuiltIn(id: string): id is BuiltInSection {
  return (builtInSections as readonly string[]).includes(id);
}

/** What was kept, made whole: each section once, the built-in ones all there, each room in at most one own section. */
export function soundArrangement(kept: Arrangement): Arrangement {
  const seen = new Set<string>();
  const placed = new Set<string>();
  const sections = kept.flatMap((section) => {
    if (seen.has(section.id)) return [];
    seen.add(section.id);
    if (isBuiltIn(section.id)) return [section];
    const roomIds = section.roomIds.filter((id) => !placed.has(id));
    for (const id of roomIds) placed.add(id);
    return [{ ...section, roomIds }];
  });
  return [...sections, ...builtInSections.filter((id) => !seen.has(id)).map(builtIn)];
}

export function changeSection(
  arrangement: Arrangement,
  id: string,
  changed: Partial<Omit<Section, 'id'>>,
): Arrangement {
  return arrangement.map((section) => (section.id === id ? { ...section, ...changed } : section));
}

/** A new one stands above the built-in ones that are not starred, where one sees it at once. */
export function addSection(
  arrangement: Arrangement,
  { id, name, emoji }: Pick<Section, 'id' | 'name' | 'emoji'>,
): Arrangement {
  const made: Section = { id, name, emoji, sort: 'name', isFolded: false, roomIds: [] };
  const at = arrangement.findIndex((section) => section.id === 'rooms' || section.id === 'direct');
  return arrangement.toSpliced(at === -1 ? arrangement.length : at, 0, made);
}

/** Its rooms go back to where they belong by themselves. */
export function removeSection(arrangement: Arrangement, id: string): Arrangement {
  return isBuiltIn(id) ? arrangement : arrangement.filter((section) => section.id !== id);
}

/** Puts a section above another one; `null`: below all. */
export function moveSection(arrangement: Arrangement, id: string, before: string | null): Arrangement {
  const moved = arrangement.find((section) => section.id === id);
  if (!moved || id === before) return arrangement;
  const others = arrangement.filter((section) => section.id !== id);
  const at = others.findIndex((section) => section.id === before);
  return others.toSpliced(at === -1 ? others.length : at, 0, moved);
}

/** The own section a room was put into. */
export function ownSectionOf(arrangement: Arrangement, roomId: string): string | null {
  return arrangement.find(({ id, roomIds }) => !isBuiltIn(id) && roomIds.includes(roomId))?.id ?? null;
}

/** Puts a room into a section, last; out of its own section where the new one is built in. */
export function placeRoom(arrangement: Arrangement, roomId: string, sectionId: string): Arrangement {
  return arrangement.map((section) => {
    const isTarget = section.id === sectionId;
    const isIn = section.roomIds.includes(roomId);
    if (isTarget && !isIn && !isBuiltIn(sectionId))
      return { ...section, roomIds: [...section.roomIds, roomId] };
    return isIn && !isTarget && !isBuiltIn(section.id)
      ? { ...section, roomIds: section.roomIds.filter((id) => id !== roomId) }
      : section;
  });
}

/**
 * Orders a section by hand from now on: its rooms as they are `shown`, and the one moved above `before` (`null`: below
 * all). Rooms that are not shown just now keep their place after those.
 */
export function orderByHand(
  arrangement: Arrangement,
  sectionId: string,
  move: { roomId: string; before: string | null; shown: readonly string[] },
): Arrangement {
  const { roomId, before, shown } = move;
  const others = shown.filter((id) => id !== roomId);
  const at = before === null ? others.length : others.indexOf(before);
  const order = others.toSpliced(at === -1 ? others.length : at, 0, roomId);
  return arrangement.map((section) => {
    if (section.id !== sectionId) return section;
    const rest = section.roomIds.filter((id) => !order.includes(id));
    return { ...section, sort: 'hand', roomIds: [...order, ...rest] };
  });
}

export function isArrangement(value: unknown): value is Arrangement {
  return Array.isArray(value) && value.every(isSection);
}

function isSection(value: unknown): value is Section {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, emoji, sort, isFolded, roomIds } = value as Record<keyof Section, unknown>;
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    (emoji === null || typeof emoji === 'string') &&
    (sort === 'recent' || sort === 'name' || sort === 'hand') &&
    typeof isFolded === 'boolean' &&
    Array.isArray(roomIds) &&
    roomIds.every((roomId) => typeof roomId === 'string')
  );
}
