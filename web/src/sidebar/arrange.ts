/** What can be done with sections and the rooms in them: by dragging, from menus, by keys. Each is said aloud. */
import type { Section } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { changePreferences } from '../rooms/room-actions.ts';
import { titleOf } from '../rooms/room-title.ts';
import { isBuiltIn, orderWith } from './arrangement.ts';
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
  const { arrangement } = sidebar;
  const mine = client.state.rooms.get(roomId);
  const to = sidebar.section(section);
  if (!mine || !to) return;
  const isStarred = section === 'starred';
  const isMoved = sectionOfRoom(app, roomId) !== section;
  const shown = roomsIn(sidebar.rows.peek(), section);
  // A room keeps its own section while it is starred, and is there again without the star.
  if (isMoved && !isStarred) void app.attempt(arrangement.place(roomId, section));
  if (before !== undefined)
    void app.attempt(arrangement.order(section, orderWith(to, { roomId, before, shown })));
  if (mine.membership.starred !== isStarred) changePreferences(app, roomId, { starred: isStarred });
  const title = titleOf(client.state, mine.room);
  if (isMoved) app.ui.announcer.say(app.words.value.sidebar.arrange.movedTo(title, sectionTitle(app, to)));
  else sayPlace(app, roomId, section);
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
  void app.attempt(app.sidebar.arrangement.move(id, before));
  const section = app.sidebar.section(id);
  if (!section) return;
  const shown = shownSections(app);
  const title = sectionTitle(app, section);
  app.ui.announcer.say(app.words.value.sidebar.arrange.place(title, shown.indexOf(id) + 1, shown.length));
}

export function sortSection(app: App, id: string, sort: Section['sort']): void {
  const { arrangement, rows } = app.sidebar;
  const section = app.sidebar.section(id);
  // By hand begins with what is seen, unless it was sorted so before.
  const begin = sort === 'hand' && section?.roomIds.length === 0;
  void app.attempt(
    begin ? arrangement.order(id, roomsIn(rows.peek(), id)) : arrangement.change(id, { sort }),
  );
}

export function toggleFold(app: App, { id, isFolded }: Pick<Section, 'id' | 'isFolded'>): void {
  void app.attempt(app.sidebar.arrangement.change(id, { isFolded: !isFolded }));
}
