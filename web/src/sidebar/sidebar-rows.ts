/** Which rows the sidebar has, in order. Pure; what a row says is read where it is drawn. */
import type { MyRoom, Section } from '@confab/protocol';
import type { State } from '@confab/client';
import { titleOf } from '../rooms/room-title.ts';
import { isClosed, standingOf } from '../rooms/standing.ts';
import { isBuiltIn, type Arrangement } from './arrangement.ts';

export type SidebarRow =
  | { readonly kind: 'section'; readonly section: string; readonly isFolded: boolean }
  | { readonly kind: 'room'; readonly section: string; readonly roomId: string }
  | { readonly kind: 'hint'; readonly section: string };

export interface SidebarChoice {
  readonly arrangement: Arrangement;
  readonly unreadOnly: boolean;
  /** The room that is open: always listed. */
  readonly roomId: string | null;
}

/** What came of last time: what is sorted already need not be sorted again. */
export interface LastRows {
  readonly rows: readonly SidebarRow[];
  /** What the rooms of a section were sorted by, in their order. */
  readonly sorted: Map<string, readonly string[]>;
}

export function rowKey(row: SidebarRow): string {
  return row.kind === 'room' ? `room:${row.roomId}` : `${row.kind}:${row.section}`;
}

/** In a folded section only what wants attention is left. */
export function sidebarRows(
  state: State,
  choice: SidebarChoice,
  { collator, last = { rows: [], sorted: new Map() } }: { collator: Intl.Collator; last?: LastRows },
): SidebarRow[] {
  const bySection = new Map<string, MyRoom[]>(choice.arrangement.map(({ id }) => [id, []]));
  const own = ownSections(choice.arrangement);
  for (const room of nearlySorted(state, last.rows)) {
    const isOpen = room.room.id === choice.roomId;
    if (!isOpen && (isClosed(room) || room.room.archivedAt !== null)) continue;
    bySection.get(sectionOf(room, own))?.push(room);
  }
  return choice.arrangement.flatMap((section) => {
    const rooms = bySection.get(section.id) ?? [];
    sortRooms(state, section, { rooms, collator, sorted: last.sorted });
    return sectionRows(state, { section, rooms }, choice);
  });
}

function nearlySorted({ rooms }: State, last: LastRows['rows']): Iterable<MyRoom> {
  const listed = new Map(
    last.flatMap((row) => {
      const room = row.kind === 'room' ? rooms.get(row.roomId) : undefined;
      return room ? [[room.room.id, room] as const] : [];
    }),
  );
  const others = [...rooms.values()].filter(({ room }) => !listed.has(room.id));
  return [...listed.values(), ...others];
}

/** By room, the own section it was put into. */
function ownSections(arrangement: Arrangement): ReadonlyMap<string, string> {
  return new Map(
    arrangement.flatMap(({ id, roomIds }) =>
      isBuiltIn(id) ? [] : roomIds.map((roomId) => [roomId, id] as const),
    ),
  );
}

/** A star goes before an own section, that before what a room is by itself. */
function sectionOf({ room, membership }: MyRoom, own: ReadonlyMap<string, string>): string {
  if (membership.starred) return 'starred';
  return own.get(room.id) ?? homeOf(room);
}

/** The section a room has when nobody puts it anywhere. */
export function homeOf({ kind }: Pick<MyRoom['room'], 'kind'>): 'rooms' | 'direct' {
  return kind === 'direct' ? 'direct' : 'rooms';
}

type Order = (a: MyRoom, b: MyRoom) => number;

type Sorting = {
  readonly rooms: MyRoom[];
  readonly collator: Intl.Collator;
  readonly sorted: LastRows['sorted'];
};

/** In place. Most changes of rooms are new messages, which leave names and places as they were. */
function sortRooms(state: State, section: Section, { rooms, collator, sorted }: Sorting): void {
  if (section.sort === 'recent') {
    rooms.sort((a, b) => b.counters.lastAt - a.counters.lastAt);
    return;
  }
  const places = section.sort === 'hand' ? new Map(section.roomIds.map((id, index) => [id, index])) : null;
  const placeOf = (room: MyRoom): number => places?.get(room.room.id) ?? section.roomIds.length;
  const titles = new Map(rooms.map((room) => [room, titleOf(state, room.room)]));
  const titleIn = (room: MyRoom): string => titles.get(room) ?? '';
  const saidOf = (room: MyRoom): string[] => [
    room.room.id,
    titleIn(room),
    ...(places === null ? [] : [String(placeOf(room))]),
  ];
  const before = sorted.get(section.id);
  const now = rooms.flatMap(saidOf);
  if (before?.length === now.length && before.every((word, index) => word === now[index])) return;
  const byTitle: Order = (a, b) => collator.compare(titleIn(a), titleIn(b));
  rooms.sort(places === null ? byTitle : (a, b) => placeOf(a) - placeOf(b) || byTitle(a, b));
  sorted.set(section.id, rooms.flatMap(saidOf));
}

function sectionRows(
  state: State,
  { section, rooms }: { section: Section; rooms: readonly MyRoom[] },
  { unreadOnly, roomId }: SidebarChoice,
): SidebarRow[] {
  const { id, isFolded } = section;
  if (id === 'starred' && rooms.length === 0) return [];
  const shown = rooms.filter((room) => {
    if (room.room.id === roomId || (!isFolded && !unreadOnly)) return true;
    return standingOf(state, room).isUnread;
  });
  if (shown.length === 0 && unreadOnly && !isBuiltIn(id)) return [];
  const rows = shown.map(({ room }): SidebarRow => ({ kind: 'room', section: id, roomId: room.id }));
  const isBare = rows.length === 0 && !isFolded && !unreadOnly;
  return [
    { kind: 'section', section: id, isFolded },
    ...rows,
    ...(isBare ? [{ kind: 'hint', section: id } as const] : []),
  ];
}

/** Whether two lists are the same rows in the same order: then nothing has to be drawn anew. */
export function isSameRows(one: readonly SidebarRow[], other: readonly SidebarRow[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((row, index) => {
    const twin = other[index];
    if (!twin || rowKey(row) !== rowKey(twin) || row.section !== twin.section) return false;
    return row.kind !== 'section' || (twin.kind === 'section' && row.isFolded === twin.isFolded);
  });
}

/** The rooms of the rows, in order: what Alt and the arrows go through. */
export function roomsIn(rows: readonly SidebarRow[], section?: string): string[] {
  return rows.flatMap((row) =>
    row.kind === 'room' && (section === undefined || row.section === section) ? [row.roomId] : [],
  );
}
