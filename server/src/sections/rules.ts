/** An arrangement: all sections of one person from top to bottom. Each function leaves what it is given as it was. */
import type { Section } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';

export type Arrangement = readonly Section[];

const builtInIds = ['starred', 'rooms', 'direct'] as const;

export function isBuiltIn(id: string): boolean {
  return (builtInIds as readonly string[]).includes(id);
}

/** What was stored, with the built-in sections that were not. */
export function wholeArrangement(stored: Arrangement): Arrangement {
  const missing = builtInIds.filter((id) => !stored.some((section) => section.id === id));
  return [
    ...stored,
    ...missing.map((id): Section => ({
      id,
      name: '',
      emoji: null,
      sort: id === 'direct' ? 'recent' : 'name',
      isFolded: false,
      roomIds: [],
    })),
  ];
}

/** @throws Refusal not_found */
export function sectionIn(arrangement: Arrangement, id: string): Section {
  const found = arrangement.find((section) => section.id === id);
  if (!found) throw new Refusal('not_found', { what: 'section' });
  return found;
}

/** @throws Refusal limit_reached */
export function refuseTooMany(arrangement: Arrangement): void {
  if (arrangement.filter(({ id }) => !isBuiltIn(id)).length < limits.sectionsMax) return;
  throw new Refusal('limit_reached', { what: 'sections', limit: limits.sectionsMax });
}

/** Where one sees it at once: above the built-in ones that are not starred. */
export function withNew(arrangement: Arrangement, section: Section): Arrangement {
  const at = arrangement.findIndex(({ id }) => id === 'rooms' || id === 'direct');
  return arrangement.toSpliced(at === -1 ? arrangement.length : at, 0, section);
}

export function withChanged(
  arrangement: Arrangement,
  id: string,
  change: Partial<Omit<Section, 'id'>>,
): Arrangement {
  return arrangement.map((section) => (section.id === id ? { ...section, ...change } : section));
}

/** @param before null: below all. @throws Refusal not_found */
export function withMoved(arrangement: Arrangement, id: string, before: string | null): Arrangement {
  const moved = sectionIn(arrangement, id);
  if (id === before) return arrangement;
  const others = arrangement.filter((section) => section.id !== id);
  const at = before === null ? others.length : others.indexOf(sectionIn(others, before));
  return others.toSpliced(at, 0, moved);
}

/** The rooms are taken out of all own sections but one. */
function takenOut(arrangement: Arrangement, roomIds: readonly string[], stay: string): Arrangement {
  const leaving = new Set(roomIds);
  return arrangement.map((section) => {
    const isAffected = section.id !== stay && !isBuiltIn(section.id);
    if (!isAffected || !section.roomIds.some((id) => leaving.has(id))) return section;
    return { ...section, roomIds: section.roomIds.filter((id) => !leaving.has(id)) };
  });
}

/** @throws Refusal not_found */
export function withPlaced(arrangement: Arrangement, roomId: string, sectionId: string): Arrangement {
  const { roomIds } = sectionIn(arrangement, sectionId);
  const others = takenOut(arrangement, [roomId], sectionId);
  if (isBuiltIn(sectionId) || roomIds.includes(roomId)) return others;
  return withChanged(others, sectionId, { roomIds: [...roomIds, roomId] });
}

/** @throws Refusal not_found */
export function withOrder(
  arrangement: Arrangement,
  sectionId: string,
  roomIds: readonly string[],
): Arrangement {
  const listed = new Set(roomIds);
  const rest = sectionIn(arrangement, sectionId).roomIds.filter((id) => !listed.has(id));
  const others = isBuiltIn(sectionId) ? arrangement : takenOut(arrangement, roomIds, sectionId);
  return withChanged(others, sectionId, {
    sort: 'hand',
    roomIds: [...roomIds, ...rest].slice(0, limits.userRoomsMax),
  });
}
