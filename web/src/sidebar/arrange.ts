/** What can be done with sections and the rooms in them: by dragging, from menus, by keys. Each is said aloud. */
import type { App } from '../app/app-context.ts';
import { changePreferences } from '../rooms/room-actions.ts';
import { titleOf } from '../rooms/room-title.ts';
import {
  changeSection,
  isBuiltIn,
  moveSection,
  orderByHand,
  placeRoom,
  type Section,
  type Sort,
} from './arrangement.ts';
import { homeOf, roomsIn } from './sidebar-rows.ts';

/** What a section is called. */
export function sectionTitle(
  { words }: Pick<App, 'words'>,
  { id, name }: Pick<Section, 'id' | 'name'>,
): string {
  return isBuiltIn(id) ? words.value.sidebar.sections[id] : name;
}

/** The section a room is listed in; null when it is not listed just now. */
export function sectionOfRoom({ sidebar }: App, roomId: string): string | null {
  return sidebar.rows.peek().find((row) => row.kind === 'room' && row.roomId === roomId)?.section ?? null;
}

/** The sections a room can be put into, from top to bottom. */
export function sectionsFor({ client, sidebar }: App, roomId: string): Section[] {
  const room = client.state.rooms.get(roomId)?.room;
  if (!room) return [];
  return sidebar.arrangement.sections.value.filter(
    ({ id }) => !isBuiltIn(id) || id === 'starred' || id === homeOf(room),
  );
}

/** `before`: the room it goes above, null for last; left out, the section sorts it. */
export function putRoom(
  app: App,
  roomId: string,
  { section, before }: { section: string; before?: string | null | undefined },
): void {
  const { client, sidebar } = app;
  const mine = client.state.rooms.get(roomId);
  if (!mine) return;
  const isStarred = section === 'starred';
  const isMoved = sectionOfRoom(app, roomId) !== section;
  sidebar.arrangement.change((sections) => {
    const placed = isStarred ? sections : placeRoom(sections, roomId, section);
    const shown = roomsIn(sidebar.rows.peek(), section);
    return before === undefined ? placed : orderByHand(placed, section, { roomId, before, shown });
  });
  if (mine.membership.starred !== isStarred) changePreferences(app, roomId, { starred: isStarred });
  if (isMoved) {
    const to = sidebar.section(section);
    const title = titleOf(client.state, mine.room);
    if (to) app.ui.announcer.say(app.words.value.sidebar.arrange.movedTo(title, sectionTitle(app, to)));
  } else sayPlace(app, roomId, section);
}

function sayPlace(app: App, roomId: string, section: string): void {
  const room = app.client.state.rooms.get(roomId)?.room;
  const shown = roomsIn(app.sidebar.rows.value, section);
  if (!room) return;
  const title = titleOf(app.client.state, room);
  app.ui.announcer.say(app.words.value.sidebar.arrange.place(title, shown.indexOf(roomId) + 1, shown.length));
}

/** Whether a room has another one above or below it in its section. */
export function mayMoveRoom(app: App, roomId: string, step: 1 | -1): boolean {
  const section = sectionOfRoom(app, roomId);
  if (section === null) return false;
  const shown = roomsIn(app.sidebar.rows.peek(), section);
  return shown[shown.indexOf(roomId) + step] !== undefined;
}

/** One place up or down within its section, which is sorted by hand from then on. */
export function moveRoom(app: App, roomId: string, step: 1 | -1): void {
  const section = sectionOfRoom(app, roomId);
  if (section === null || !mayMoveRoom(app, roomId, step)) return;
  const shown = roomsIn(app.sidebar.rows.peek(), section);
  const at = shown.indexOf(roomId);
  const before = (step === -1 ? shown[at - 1] : shown[at + 2]) ?? null;
  putRoom(app, roomId, { section, before });
}

/** The sections that are shown, from top to bottom. */
function shownSections({ sidebar }: App): string[] {
  return sidebar.rows.peek().flatMap((row) => (row.kind === 'section' ? [row.section] : []));
}

export function mayMoveSection(app: App, id: string, step: 1 | -1): boolean {
  const shown = shownSections(app);
  return shown[shown.indexOf(id) + step] !== undefined;
}

export function moveSectionBy(app: App, id: string, step: 1 | -1): void {
  if (!mayMoveSection(app, id, step)) return;
  const shown = shownSections(app);
  const at = shown.indexOf(id);
  putSection(app, id, (step === -1 ? shown[at - 1] : shown[at + 2]) ?? null);
}

/** `before`: the section it goes above; null for last. */
export function putSection(app: App, id: string, before: string | null): void {
  app.sidebar.arrangement.change((sections) => moveSection(sections, id, before));
  const section = app.sidebar.section(id);
  if (!section) return;
  const shown = shownSections(app);
  const title = sectionTitle(app, section);
  app.ui.announcer.say(app.words.value.sidebar.arrange.place(title, shown.indexOf(id) + 1, shown.length));
}

export function sortSection({ sidebar }: App, id: string, sort: Sort): void {
  sidebar.arrangement.change((sections) => {
    if (sort !== 'hand') return changeSection(sections, id, { sort });
    // By hand begins with what is seen.
    const shown = roomsIn(sidebar.rows.peek(), id);
    const rest = sections.find((section) => section.id === id)?.roomIds ?? [];
    return changeSection(sections, id, { sort, roomIds: [...new Set([...shown, ...rest])] });
  });
}
