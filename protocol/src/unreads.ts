import Type, { type Static } from 'typebox';
import { command } from './define.ts';
import { Count, Done, Id, Nothing, Position, nullable, strict } from './shapes.ts';

/** Something that concerns one person at once: a direct message, a mention, a reply in a followed thread. */
export const Notice = Type.Object({
  kind: Type.Enum(['direct', 'mention', 'thread']),
  roomId: Id,
  messageId: Id,
  /** Number of the message in the room's stream. */
  seq: Count,
  /** Its place in the timeline; null when it is only in its thread. */
  ordinal: nullable(Count),
  threadId: nullable(Id),
  threadOrdinal: nullable(Count),
  /** It mentions the person by handle. */
  mentioned: Type.Boolean(),
  authorId: Id,
  /** The beginning, as plain text. */
  excerpt: Type.String(),
});
export type Notice = Static<typeof Notice>;

export const unreadCalls = {
  'read.upTo': command({
    summary: 'You have read a room up to this ordinal; never moves backwards',
    http: 'PUT /rooms/:roomId/read',
    scope: 'write',
    input: Type.Object({ roomId: Id, ordinal: Count }, strict),
    output: Done,
    refusals: ['not_found'],
  }),
  'read.from': command({
    summary: 'Unread from this ordinal on',
    http: 'PUT /rooms/:roomId/unread',
    scope: 'write',
    input: Type.Object(
      { roomId: Id, ordinal: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
      strict,
    ),
    output: Done,
    refusals: ['not_found'],
  }),
  'read.all': command({
    summary: 'Everything is read: rooms and threads',
    http: 'POST /me/read-all',
    scope: 'write',
    input: Nothing,
    output: Type.Object({ position: Position }),
  }),
};

/** In the person's own stream. */
export const ownUnreadEvents = {
  'notice.added': Type.Object({ notice: Notice }),
  /** An edit took the mention away, or the message was deleted. */
  'notice.removed': Type.Object({
    messageId: Id,
    roomId: Id,
    ordinal: nullable(Count),
    threadId: nullable(Id),
    threadOrdinal: nullable(Count),
  }),
  /**
   * mentions: those that are unread now, as in Counters. ordinal: how many messages the timeline held then; own messages
   * and mentions beyond it came later, in whatever order the two streams arrive.
   */
  'read.moved': Type.Object({
    roomId: Id,
    readOrdinal: Count,
    ordinal: Count,
    mentions: Type.Array(Count),
  }),
  /** Everything up to these places was read, and all threads; rooms that had nothing unread are left out. */
  'read.allMoved': Type.Object({ rooms: Type.Array(Type.Object({ roomId: Id, readOrdinal: Count })) }),
};
