import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { Message } from './messages.ts';
import { Count, Cursor, Done, Id, PageSize, Position, nullable, strict } from './shapes.ts';
import { User } from './users.ts';

/** A thread that one person follows. Unread replies: `ordinal - readOrdinal`. */
export const FollowedThread = Type.Object({
  /** Id of the root message. */
  threadId: Id,
  roomId: Id,
  ordinal: Count,
  readOrdinal: Count,
  /** Numbers of unread replies that mention the person. */
  mentions: Type.Array(Count),
});
export type FollowedThread = Static<typeof FollowedThread>;

export const threadCalls = {
  'thread.history': query({
    summary: 'A thread: its root and a page of replies (the newest, or before or after a number)',
    http: 'GET /threads/:threadId/messages',
    scope: 'read',
    input: Type.Object(
      {
        threadId: Id,
        before: Type.Optional(Count),
        after: Type.Optional(Count),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({
      root: Message,
      messages: Type.Array(Message),
      users: Type.Array(User),
      quoted: Type.Array(Message),
      /** Null when the reader does not follow it. */
      following: nullable(FollowedThread),
      /** The number of the last event in the reader's own stream that `following` contains. */
      followingAt: Count,
      position: Position,
      hasBefore: Type.Boolean(),
      hasAfter: Type.Boolean(),
    }),
    refusals: ['not_found'],
  }),
  'thread.list': query({
    summary: 'Threads you follow, last reply first',
    http: 'GET /me/threads',
    scope: 'read',
    input: Type.Object(
      {
        unread: Type.Optional(Type.Boolean()),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({
      threads: Type.Array(Type.Object({ thread: FollowedThread, root: Message, last: nullable(Message) })),
      users: Type.Array(User),
      next: nullable(Cursor),
    }),
  }),
  'thread.follow': command({
    summary: 'Be told of replies in a thread',
    http: 'PUT /threads/:threadId/following',
    scope: 'write',
    input: Type.Object({ threadId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'limit_reached'],
  }),
  'thread.unfollow': command({
    summary: 'No longer be told of replies in a thread',
    http: 'DELETE /threads/:threadId/following',
    scope: 'write',
    input: Type.Object({ threadId: Id }, strict),
    output: Done,
    refusals: ['not_found'],
  }),
  'thread.read': command({
    summary: 'You have read a thread up to this number',
    http: 'PUT /threads/:threadId/read',
    scope: 'write',
    input: Type.Object({ threadId: Id, ordinal: Count }, strict),
    output: Done,
    refusals: ['not_found'],
  }),
};

/** In the person's own stream. */
export const ownThreadEvents = {
  /** Followed, read, or unread again; the whole state, so that the last one wins. */
  'thread.followed': Type.Object({ thread: FollowedThread }),
  'thread.unfollowed': Type.Object({ threadId: Id }),
};
