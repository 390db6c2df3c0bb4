import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { ClientId, Done, Id, Nothing, Position, nullable, strict } from './shapes.ts';

/** A built-in one by its name, or an own one by its id. */
const SectionId = Type.String({ pattern: '^(starred|rooms|direct|[1-9][0-9]{0,17})$' });
const SectionName = Type.String({ minLength: 1, maxLength: limits.sectionNameCharsMax });
const SectionEmoji = nullable(Type.String({ minLength: 1, maxLength: 64 }));
const SectionSort = Type.Enum(['recent', 'name', 'hand']);
const RoomIds = Type.Array(Id, { maxItems: limits.userRoomsMax, uniqueItems: true });

/**
 * A part of the sidebar. A room is in `starred` when it is starred, else in the own section that names it, else in
 * `rooms` or `direct`.
 */
export const Section = Type.Object({
  id: SectionId,
  /** Empty for a built-in one: it is called in the language spoken. */
  name: Type.String(),
  emoji: nullable(Type.String()),
  sort: SectionSort,
  isFolded: Type.Boolean(),
  /**
   * By hand, first to last. In an own section these are its rooms; of a built-in one only their order. Rooms that one has
   * left may be among them, and have their place again when one comes back.
   */
  roomIds: Type.Array(Id),
});
export type Section = Static<typeof Section>;

export const sectionCalls = {
  'section.list': query({
    summary: 'The sections of your sidebar from top to bottom; the built-in ones are always among them',
    http: 'GET /me/sections',
    scope: 'read',
    input: Nothing,
    output: Type.Object({ sections: Type.Array(Section) }),
  }),
  'section.create': command({
    summary: 'Add a section of your own, above the built-in `rooms` and `direct`',
    http: 'POST /me/sections',
    scope: 'write',
    input: Type.Object({ clientId: ClientId, name: SectionName, emoji: Type.Optional(SectionEmoji) }, strict),
    output: Type.Object({ sectionId: Id, position: Position }),
    refusals: ['invalid', 'limit_reached'],
  }),
  'section.change': command({
    summary: 'Name, emoji, sorting, folded or not; what is left out stays. Built-in ones keep their name',
    http: 'PATCH /me/sections/:sectionId',
    scope: 'write',
    input: Type.Object(
      {
        sectionId: SectionId,
        name: Type.Optional(SectionName),
        emoji: Type.Optional(SectionEmoji),
        sort: Type.Optional(SectionSort),
        isFolded: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    output: Done,
    refusals: ['not_found', 'forbidden', 'invalid'],
  }),
  'section.move': command({
    summary: 'Put a section above another one; null: below all',
    http: 'PUT /me/sections/:sectionId/place',
    scope: 'write',
    input: Type.Object({ sectionId: SectionId, before: nullable(SectionId) }, strict),
    output: Done,
    refusals: ['not_found'],
  }),
  'section.placeRoom': command({
    summary: 'Put a room into a section, last; a built-in one takes it out of your own',
    http: 'PUT /me/sections/:sectionId/rooms/:roomId',
    scope: 'write',
    input: Type.Object({ sectionId: SectionId, roomId: Id }, strict),
    output: Done,
    refusals: ['not_found'],
  }),
  'section.arrange': command({
    summary:
      'Sort a section by hand from now on: these rooms in this order, others that are in it after them. An own section takes in those it did not have',
    http: 'PUT /me/sections/:sectionId/rooms',
    scope: 'write',
    input: Type.Object({ sectionId: SectionId, roomIds: RoomIds }, strict),
    output: Done,
    refusals: ['not_found'],
  }),
  'section.delete': command({
    summary: 'Remove a section of your own; its rooms fall back to the built-in ones',
    http: 'DELETE /me/sections/:sectionId',
    scope: 'write',
    input: Type.Object({ sectionId: SectionId }, strict),
    output: Done,
    refusals: ['forbidden'],
  }),
};

/** In the person's own stream. */
export const ownSectionEvents = {
  /** New (then below all, until `sections.ordered` says more) or changed; the whole state, so that the last one wins. */
  'section.changed': Type.Object({ section: Section }),
  'section.removed': Type.Object({ sectionId: Id }),
  /** All of them from top to bottom. */
  'sections.ordered': Type.Object({ sectionIds: Type.Array(SectionId) }),
};
