import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { FileIds, FileInfo } from './files.ts';
import { limits } from './limits.ts';
import { Previews } from './previews.ts';
import { ClientId, Count, Cursor, Done, Id, PageSize, Position, Time, nullable, strict } from './shapes.ts';
import { User } from './users.ts';

/** Markdown source; both sides parse it with `@confab/protocol/markdown`. */
export const MessageText = Type.String({ minLength: 1, maxLength: limits.messageCharsMax });
/** The same of a message that may have files, and then no text. */
const TextOrNone = Type.String({ maxLength: limits.messageCharsMax });

/** What the names in the text stood for when it was written, so that later renames change nothing. */
export const Mentions = Type.Object({
  /** handle in the text (lower case) → user id */
  users: Type.Record(Type.String(), Id),
  /** room name in the text (lower case) → room id; only public rooms */
  rooms: Type.Record(Type.String(), Id),
  all: Type.Boolean(),
  here: Type.Boolean(),
});
export type Mentions = Static<typeof Mentions>;

export const Reaction = Type.Object({
  emoji: Type.String(),
  userIds: Type.Array(Id, { description: 'In the order they reacted' }),
});
export type Reaction = Static<typeof Reaction>;

/** How a thread stands, on its root message. */
export const ThreadSummary = Type.Object({
  /** Replies that are not deleted. */
  replies: Count,
  /** How many replies there ever were; numbers of replies go up to it. */
  ordinal: Count,
  lastAt: Time,
  /** The first few people who replied. */
  faces: Type.Array(Id),
});
export type ThreadSummary = Static<typeof ThreadSummary>;

export const Message = Type.Object({
  id: Id,
  roomId: Id,
  /** Number of its `message.sent` in the room's stream. */
  seq: Count,
  /** Its place in the timeline, without holes from 1; null for a reply that is only in its thread. */
  ordinal: nullable(Count),
  authorId: Id,
  clientId: Type.String(),
  at: Time,
  /** Empty when deleted. */
  text: Type.String(),
  mentions: Mentions,
  /** Root message of the thread it replies in. */
  threadId: nullable(Id),
  /** Its place in the thread, without holes from 1; null for other messages. */
  threadOrdinal: nullable(Count),
  /** The message it quotes, of the same room. */
  quoteId: nullable(Id),
  /** 1, and one more with each edit; edits name the version they edit. */
  version: Count,
  editedAt: nullable(Time),
  deletedAt: nullable(Time),
  pinnedAt: nullable(Time),
  reactions: Type.Array(Reaction),
  thread: nullable(ThreadSummary),
  /** Absent when it has none. */
  files: Type.Optional(Type.Array(FileInfo)),
  /** Of its links, as far as there are cards; absent when there are none. */
  previews: Type.Optional(Previews),
});
export type Message = Static<typeof Message>;

/** Messages of one page, with whoever and whatever they need to be shown. */
export const MessagePage = Type.Object({
  /** Ascending. */
  messages: Type.Array(Message),
  /** Authors, people mentioned and people who reacted. */
  users: Type.Array(User),
  /** Quoted messages that the reader may see. */
  quoted: Type.Array(Message),
  /** Where the room stood at the moment of reading: live events follow from here. */
  position: Position,
  hasBefore: Type.Boolean(),
  hasAfter: Type.Boolean(),
});
export type MessagePage = Static<typeof MessagePage>;

export const messageCalls = {
  'message.send': command({
    summary: 'Post a message to a room or a thread',
    http: 'POST /rooms/:roomId/messages',
    scope: 'write',
    input: Type.Object(
      {
        roomId: Id,
        clientId: ClientId,
        /** Empty only with files. */
        text: TextOrNone,
        threadId: Type.Optional(nullable(Id)),
        /** A reply that also stands in the room's timeline. */
        alsoInRoom: Type.Optional(Type.Boolean()),
        quoteId: Type.Optional(nullable(Id)),
        /** Finished files of yours, of this room. */
        fileIds: Type.Optional(FileIds),
      },
      strict,
    ),
    output: Type.Object({
      messageId: Id,
      ordinal: nullable(Count),
      threadOrdinal: nullable(Count),
      at: Time,
      position: Position,
    }),
    refusals: ['not_found', 'forbidden', 'archived', 'too_many', 'busy'],
  }),
  'message.edit': command({
    summary: 'Change the text of your message',
    http: 'PATCH /messages/:messageId',
    scope: 'write',
    input: Type.Object({ messageId: Id, text: TextOrNone, version: Count }, strict),
    output: Type.Object({ version: Count, position: Position }),
    refusals: ['not_found', 'forbidden', 'conflict', 'archived'],
  }),
  'message.delete': command({
    summary: 'Delete a message: its author, or owners and moderators of the room; a tombstone stays',
    http: 'DELETE /messages/:messageId',
    scope: 'write',
    input: Type.Object({ messageId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden', 'archived'],
  }),
  'message.get': query({
    summary: 'One message',
    http: 'GET /messages/:messageId',
    scope: 'read',
    input: Type.Object({ messageId: Id }, strict),
    output: Type.Object({ message: Message, users: Type.Array(User) }),
    refusals: ['not_found'],
  }),
  'message.edits': query({
    summary: 'Earlier texts of a message, oldest first',
    http: 'GET /messages/:messageId/edits',
    scope: 'read',
    input: Type.Object({ messageId: Id }, strict),
    output: Type.Object({
      edits: Type.Array(Type.Object({ version: Count, text: Type.String(), at: Time })),
    }),
    refusals: ['not_found'],
  }),
  'room.history': query({
    summary:
      'A page of a room: the newest, before or after an ordinal, around a message or an ordinal, or at a time',
    http: 'GET /rooms/:roomId/messages',
    scope: 'read',
    input: Type.Object(
      {
        roomId: Id,
        before: Type.Optional(Count),
        after: Type.Optional(Count),
        around: Type.Optional(Count),
        aroundMessageId: Type.Optional(Id),
        at: Type.Optional(Time),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: MessagePage,
    refusals: ['not_found', 'invalid'],
  }),
  'message.pin': command({
    summary: 'Pin a message to its room',
    http: 'PUT /messages/:messageId/pin',
    scope: 'write',
    input: Type.Object({ messageId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden', 'archived', 'limit_reached'],
  }),
  'message.unpin': command({
    summary: 'Unpin a message',
    http: 'DELETE /messages/:messageId/pin',
    scope: 'write',
    input: Type.Object({ messageId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden', 'archived'],
  }),
  'room.pins': query({
    summary: 'Pinned messages of a room, newest pin first',
    http: 'GET /rooms/:roomId/pins',
    scope: 'read',
    input: Type.Object({ roomId: Id }, strict),
    output: Type.Object({ messages: Type.Array(Message), users: Type.Array(User) }),
    refusals: ['not_found'],
  }),
  'message.save': command({
    summary: 'Keep a message in your saved ones',
    http: 'PUT /me/saved/:messageId',
    scope: 'write',
    input: Type.Object({ messageId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'limit_reached'],
  }),
  'message.unsave': command({
    summary: 'Take a message out of your saved ones',
    http: 'DELETE /me/saved/:messageId',
    scope: 'write',
    input: Type.Object({ messageId: Id }, strict),
    output: Done,
  }),
  'saved.list': query({
    summary: 'Your saved messages, newest first',
    http: 'GET /me/saved',
    scope: 'read',
    input: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }, strict),
    output: Type.Object({
      saved: Type.Array(Type.Object({ message: Message, savedAt: Time })),
      users: Type.Array(User),
      next: nullable(Cursor),
    }),
  }),
  'mention.list': query({
    summary: 'Messages that mention you, newest first',
    http: 'GET /me/mentions',
    scope: 'read',
    input: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }, strict),
    output: Type.Object({ messages: Type.Array(Message), users: Type.Array(User), next: nullable(Cursor) }),
  }),
};

/** In the room's stream. */
export const messageEvents = {
  'message.sent': Type.Object({ message: Message }),
  'message.edited': Type.Object({
    messageId: Id,
    /** As in Message: an edit may add or take away a mention of everyone at this place. */
    ordinal: nullable(Count),
    text: Type.String(),
    mentions: Mentions,
    version: Count,
    editedAt: Time,
  }),
  'message.deleted': Type.Object({
    messageId: Id,
    /** As in Message: a mention of everyone at this place is gone. */
    ordinal: nullable(Count),
    threadId: nullable(Id),
    version: Count,
    deletedAt: Time,
    by: Id,
  }),
  'message.pinned': Type.Object({ messageId: Id, pinnedAt: Time, by: Id }),
  'message.unpinned': Type.Object({ messageId: Id, by: Id }),
};

/** In the person's own stream. */
export const ownMessageEvents = {
  'message.saved': Type.Object({ messageId: Id, savedAt: Time }),
  'message.unsaved': Type.Object({ messageId: Id }),
};
