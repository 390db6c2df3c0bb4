/**
 * The sections of people's sidebars and what lies in which. Owns sections. Promises that the built-in ones are always
 * there, that a room is in at most one own section, and that all devices end with the same arrangement.
 * Refuses to know what is starred, and how a list is drawn.
 */
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Database } from '../platform/postgres/index.ts';
import { arrangeRooms } from './arrange-rooms.ts';
import { changeSection } from './change-section.ts';
import { createSection } from './create-section.ts';
import { deleteSection } from './delete-section.ts';
import { moveSection } from './move-section.ts';
import { placeRoom } from './place-room.ts';
import { findSections } from './store.ts';

export type SectionHandlers = Handlers<
  | 'section.list'
  | 'section.create'
  | 'section.change'
  | 'section.move'
  | 'section.placeRoom'
  | 'section.arrange'
  | 'section.delete'
>;

export function createSections(deps: { database: Database; log: EventLog }): { handlers: SectionHandlers } {
  const { database } = deps;
  return {
    handlers: {
      'section.list': async (caller) => ({ sections: await findSections(database, caller.userId) }),
      'section.create': (caller, input) => createSection(deps, caller, input),
      'section.change': (caller, input) => changeSection(deps, caller, input),
      'section.move': (caller, input) => moveSection(deps, caller, input),
      'section.placeRoom': (caller, input) => placeRoom(deps, caller, input),
      'section.arrange': (caller, input) => arrangeRooms(deps, caller, input),
      'section.delete': (caller, input) => deleteSection(deps, caller, input),
    },
  };
}

export { findSections } from './store.ts';
