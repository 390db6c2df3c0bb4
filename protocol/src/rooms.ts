import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { ClientId, Count, Cursor, Done, Id, PageSize, Position, Time, nullable, strict } from './shapes.ts';
import { User } from './users.ts';

export const RoomKind = Type.Enum(['public', 'private', 'direct']);
export type RoomKind = Static<typeof RoomKind>;
export const RoomRole = Type.Enum(['owner', 'moderator', 'member']);
export type RoomRole = Static<typeof RoomRole>;
/** Who may post: everyone in it, or only owners and moderators (an announcement room). */
export const Posting = Type.Enum(['everyone', 'moderators']);
/** What deserves a notification; `default` is what the person chose for all rooms. A muted room notifies of nothing. */
export const RoomNoticeLevel = Type.Enum(['everything', 'mentions', 'nothing', 'default']);

export const RoomName = Type.String({
  minLength: 1,
  maxLength: limits.roomNameCharsMax,
  pattern: '^[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]*[\\p{L}\\p{N}])?$',
  description: 'Letters and digits of any language, dot, dash and underscore; what follows the # in a link',
});
const Topic = Type.String({ maxLength: limits.roomTopicCharsMax });
const Description = Type.String({ maxLength: limits.roomDescriptionCharsMax });

/** What every member sees of a room; of a public room, everyone. */
export const Room = Type.Object({
  id: Id,
  kind: RoomKind,
  /** Empty for direct rooms: they are called after their people. */
  name: Type.String(),
  topic: Type.String(),
  description: Type.String(),
  posting: Posting,
  /** Newcomers to the workspace are put into it. */
  isDefault: Type.Boolean(),
  archivedAt: nullable(Time),
  createdAt: Time,
  memberCount: Count,
  /** All people of a direct room, oneself included, in id order; empty otherwise. */
  people: Type.Array(Id),
});
export type Room = Static<typeof Room>;

/** What belongs to one member of a room. */
export const Membership = Type.Object({
  role: RoomRole,
  joinedAt: Time,
  /** Read up to this ordinal. */
  readOrdinal: Count,
  starred: Type.Boolean(),
  muted: Type.Boolean(),
  level: RoomNoticeLevel,
  /** A direct room that was closed: not listed until its timeline moves past this ordinal; null when open. */
  closedOrdinal: nullable(Count),
});
export type Membership = Static<typeof Membership>;

/** Where a room stands for one member. Unread messages: `ordinal - membership.readOrdinal`. */
export const Counters = Type.Object({
  /** Number of the room's last event. */
  head: Count,
  /** How many messages the timeline holds, deleted ones included. */
  ordinal: Count,
  /** Ordinals of unread messages that mention you or everyone, ascending; the newest 100. */
  mentions: Type.Array(Count),
  /** When the last timeline message came. */
  lastAt: Time,
});
export type Counters = Static<typeof Counters>;

/** A room as one of its members has it. */
export const MyRoom = Type.Object({ room: Room, membership: Membership, counters: Counters });
export type MyRoom = Static<typeof MyRoom>;

export const Member = Type.Object({ userId: Id, role: RoomRole, joinedAt: Time });
export type Member = Static<typeof Member>;

export const roomCalls = {
  'room.create': command({
    summary: 'Make a public or private room and own it',
    http: 'POST /rooms',
    scope: 'write',
    input: Type.Object(
      {
        clientId: ClientId,
        kind: Type.Enum(['public', 'private']),
        name: RoomName,
        topic: Type.Optional(Topic),
        description: Type.Optional(Description),
        posting: Type.Optional(Posting),
      },
      strict,
    ),
    output: Type.Object({ room: MyRoom, position: Position }),
    refusals: ['taken', 'limit_reached'],
  }),
  'room.openDirect': command({
    summary: 'The conversation with these people, made if there is none',
    http: 'POST /direct-rooms',
    scope: 'write',
    input: Type.Object(
      { userIds: Type.Array(Id, { minItems: 1, maxItems: limits.directPeopleMax, uniqueItems: true }) },
      strict,
    ),
    output: Type.Object({ room: MyRoom, position: Position }),
    refusals: ['not_found', 'limit_reached'],
  }),
  'room.get': query({
    summary: 'One room: as a member, or a public one from outside (membership is null)',
    http: 'GET /rooms/:roomId',
    scope: 'read',
    input: Type.Object({ roomId: Id }, strict),
    output: Type.Object({ room: Room, membership: nullable(Membership), counters: nullable(Counters) }),
    refusals: ['not_found'],
  }),
  'room.mine': query({
    summary: 'Your rooms',
    http: 'GET /me/rooms',
    scope: 'read',
    input: Type.Object({}, strict),
    output: Type.Object({ rooms: Type.Array(MyRoom) }),
  }),
  'room.browse': query({
    summary: 'Public rooms, by name',
    http: 'GET /rooms',
    scope: 'read',
    input: Type.Object(
      {
        search: Type.Optional(Type.String({ maxLength: 80 })),
        /** Exact names, as in a room link. */
        names: Type.Optional(
          Type.Array(Type.String({ maxLength: limits.roomNameCharsMax }), { maxItems: 50 }),
        ),
        archived: Type.Optional(Type.Boolean({ description: 'Archived ones instead' })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({
      rooms: Type.Array(Type.Object({ room: Room, joined: Type.Boolean() })),
      next: nullable(Cursor),
    }),
  }),
  'room.listAll': query({
    summary: 'All rooms but the direct ones, for administrators',
    http: 'GET /admin/rooms',
    scope: 'admin',
    input: Type.Object(
      {
        search: Type.Optional(Type.String({ maxLength: 80 })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({ rooms: Type.Array(Room), next: nullable(Cursor) }),
    refusals: ['forbidden'],
  }),
  'room.members': query({
    summary: 'Who is in a room',
    http: 'GET /rooms/:roomId/members',
    scope: 'read',
    input: Type.Object(
      {
        roomId: Id,
        search: Type.Optional(Type.String({ maxLength: 80 })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({ members: Type.Array(Member), users: Type.Array(User), next: nullable(Cursor) }),
    refusals: ['not_found'],
  }),
  'room.join': command({
    summary: 'Join a public room',
    http: 'POST /rooms/:roomId/join',
    scope: 'write',
    input: Type.Object({ roomId: Id }, strict),
    output: Type.Object({ room: MyRoom, position: Position }),
    refusals: ['not_found', 'archived', 'limit_reached'],
  }),
  'room.leave': command({
    summary: 'Leave a room; a direct room is only closed until someone writes',
    http: 'POST /rooms/:roomId/leave',
    scope: 'write',
    input: Type.Object({ roomId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden'],
  }),
  'room.invite': command({
    summary: 'Put people into a room you are in',
    http: 'POST /rooms/:roomId/members',
    scope: 'write',
    input: Type.Object(
      {
        roomId: Id,
        userIds: Type.Array(Id, { minItems: 1, maxItems: limits.inviteBatchMax, uniqueItems: true }),
      },
      strict,
    ),
    output: Type.Object({ added: Type.Array(Id), position: Position }),
    refusals: ['not_found', 'archived', 'forbidden', 'limit_reached'],
  }),
  'room.removeMember': command({
    summary: 'Take someone out of a room: owners and moderators',
    http: 'DELETE /rooms/:roomId/members/:userId',
    scope: 'write',
    input: Type.Object({ roomId: Id, userId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden'],
  }),
  'room.setMemberRole': command({
    summary: 'Make a member owner, moderator or plain member: owners',
    http: 'PUT /rooms/:roomId/members/:userId/role',
    scope: 'write',
    input: Type.Object({ roomId: Id, userId: Id, role: RoomRole }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden'],
  }),
  'room.change': command({
    summary:
      'Change a room; what is left out stays. Topic and description: members; the rest: owners and moderators',
    http: 'PATCH /rooms/:roomId',
    scope: 'write',
    input: Type.Object(
      {
        roomId: Id,
        name: Type.Optional(RoomName),
        topic: Type.Optional(Topic),
        description: Type.Optional(Description),
        kind: Type.Optional(Type.Enum(['public', 'private'])),
        posting: Type.Optional(Posting),
        archived: Type.Optional(Type.Boolean()),
        isDefault: Type.Optional(Type.Boolean({ description: 'Workspace administrators; public rooms' })),
      },
      strict,
    ),
    output: Type.Object({ room: Room, position: Position }),
    refusals: ['not_found', 'forbidden', 'taken', 'archived'],
  }),
  'room.setPreferences': command({
    summary: 'How you have a room: starred, muted, what notifies; what is left out stays',
    http: 'PATCH /rooms/:roomId/preferences',
    scope: 'write',
    input: Type.Object(
      {
        roomId: Id,
        starred: Type.Optional(Type.Boolean()),
        muted: Type.Optional(Type.Boolean()),
        level: Type.Optional(RoomNoticeLevel),
      },
      strict,
    ),
    output: Type.Object({ membership: Membership, position: Position }),
    refusals: ['not_found'],
  }),
};

/** In the room's stream. */
export const roomEvents = {
  'room.changed': Type.Object({ room: Room, by: Id }),
  'member.joined': Type.Object({ member: Member, memberCount: Count, by: Id }),
  'member.left': Type.Object({ userId: Id, memberCount: Count, by: Id }),
  'member.changed': Type.Object({ member: Member, by: Id }),
};

/** In the person's own stream. */
export const ownRoomEvents = {
  'room.added': Type.Object({ room: MyRoom, by: Id }),
  'room.removed': Type.Object({ roomId: Id, by: Id }),
  'membership.changed': Type.Object({ roomId: Id, membership: Membership }),
};
