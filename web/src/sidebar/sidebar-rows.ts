/** Which rows the sidebar has, in order. Pure; what a row says is read where it is drawn. */
import type { MyRoom } from '@confab/protocol';
import type { State } from '@confab/client';
import { titleOf } from '../rooms/room-title.ts';
import { isClosed, standingOf } from '../rooms/standing.ts';

export type SectionName = 'starred' | 'rooms' | 'direct';

export type SidebarRow =
  | { readonly kind: 'section'; readonly section: SectionName; readonly isFolded: boolean }
  | { readonly kind: 'room'; readonly section: SectionName; readonly roomId: string }
  | { readonly kind: 'hint'; readonly section: SectionName };

export interface SidebarChoice {
  readonly folded: ReadonlySet<SectionName>;
  readonly unreadOnly: boolean;
  /** The room that is open: always listed. */
  readonly roomId: string | null;
}

export function rowKey(row: SidebarRow): string {
  return row.kind === 'room' ? `room:${row.roomId}` : `${row.kind}:${row.section}`;
}

/** Starred and rooms by name, direct rooms by their last message. In a folded section only what wants attention is left. */
export function sidebarRows(state: State, choice: SidebarChoice, collator: Intl.Collator): SidebarRow[] {
  const bySection: Record<SectionName, MyRoom[]> = { starred: [], rooms: [], direct: [] };
  for (const room of state.rooms.values()) {
    const isOpen = room.room.id === choice.roomId;
    if (!isOpen && (isClosed(room) || room.room.archivedAt !== null)) continue;
    bySection[sectionOf(room)].push(room);
  }
  const titles = new Map<string, string>();
  for (const room of bySection.starred) titles.set(room.room.id, titleOf(state, room.room));
  const byTitle = (a: MyRoom, b: MyRoom): number =>
    collator.compare(titles.get(a.room.id) ?? a.room.name, titles.get(b.room.id) ?? b.room.name);
  bySection.starred.sort(byTitle);
  bySection.rooms.sort(byTitle);
  bySection.direct.sort((a, b) => b.counters.lastAt - a.counters.lastAt);

  const sections: SectionName[] = ['starred', 'rooms', 'direct'];
  return sections.flatMap((section) => sectionRows(state, { section, rooms: bySection[section] }, choice));
}

function sectionOf({ room, membership }: MyRoom): SectionName {
  if (membership.starred) return 'starred';
  return room.kind === 'direct' ? 'direct' : 'rooms';
}

function sectionRows(
  state: State,
  { section, rooms }: { section: SectionName; rooms: readonly MyRoom[] },
  { folded, unreadOnly, roomId }: SidebarChoice,
): SidebarRow[] {
  if (section === 'starred' && rooms.length === 0) return [];
  const isFolded = folded.has(section);
  const shown = rooms.filter((room) => {
    if (room.room.id === roomId || (!isFolded && !unreadOnly)) return true;
    return standingOf(state, room).isUnread;
  });
  const rows = shown.map(({ room }): SidebarRow => ({ kind: 'room', section, roomId: room.id }));
  const isBare = rows.length === 0 && !isFolded && !unreadOnly;
  return [
    { kind: 'section', section, isFolded },
    ...rows,
    ...(isBare ? [{ kind: 'hint', section } as const] : []),
  ];
}

/** Whether two lists are the same rows in the same order: then nothing has to be drawn anew. */
export function isSameRows(one: readonly SidebarRow[], other: readonly SidebarRow[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((row, index) => {
    const twin = other[index];
    if (!twin || rowKey(row) !== rowKey(twin)) return false;
    return row.kind !== 'section' || (twin.kind === 'section' && row.isFolded === twin.isFolded);
  });
}

/** The rooms of the rows, in order: what Alt and the arrows go through. */
export function roomsIn(rows: readonly SidebarRow[]): string[] {
  return rows.flatMap((row) => (row.kind === 'room' ? [row.roomId] : []));
}
