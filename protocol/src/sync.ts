import Type, { type Static } from 'typebox';
import { query } from './define.ts';
import { Draft } from './drafts.ts';
import { limits } from './limits.ts';
import { Reminder } from './reminders.ts';
import { MyRoom } from './rooms.ts';
import { ScheduledMessage } from './scheduled.ts';
import { Section } from './sections.ts';
import { Count, Id, Nothing, Position, StreamName, Time, nullable, strict } from './shapes.ts';
import { FollowedThread } from './threads.ts';
import { Preferences, User } from './users.ts';
import { CustomEmoji, Workspace } from './workspace.ts';

/** Everything a client keeps up to date by events, of one moment. Events after the positions lead on from it. */
export const Snapshot = Type.Object({
  epoch: Count,
  at: Time,
  me: Type.Object({ userId: Id, email: Type.String() }),
  workspace: Workspace,
  /** Oneself, the people of one's direct rooms. Others are asked for by user.list when they are needed. */
  users: Type.Array(User),
  emoji: Type.Array(CustomEmoji),
  rooms: Type.Array(MyRoom),
  /** Followed threads with unread replies, newest first, at most 200. */
  threads: Type.Array(FollowedThread),
  drafts: Type.Array(Draft),
  /** Messages to be sent later, failed ones too. */
  scheduled: Type.Array(ScheduledMessage),
  /** Those that are not completed. */
  reminders: Type.Array(Reminder),
  /** Of the sidebar, from top to bottom. */
  sections: Type.Array(Section),
  /** Ids of saved messages, newest first. */
  saved: Type.Array(Id),
  preferences: Preferences,
  /** Where the workspace's and the person's own stream stood. */
  positions: Type.Object({ workspace: Position, user: Position }),
});
export type Snapshot = Static<typeof Snapshot>;

/** An event as it stands in the log and on the wire. */
export const LoggedEvent = Type.Object({
  stream: StreamName,
  epoch: Count,
  seq: Count,
  at: Time,
  name: Type.String(),
  data: Type.Unknown(),
});

export const syncCalls = {
  'sync.snapshot': query({
    summary: 'All your state of one moment, to start from',
    http: 'GET /snapshot',
    scope: 'read',
    input: Nothing,
    output: Snapshot,
  }),
  'sync.events': query({
    summary: 'Events of a stream after a number; waits up to `waitMs` when there are none',
    http: 'GET /streams/:stream/events',
    scope: 'read',
    input: Type.Object(
      {
        stream: StreamName,
        after: Count,
        epoch: Type.Optional(Count),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.eventPageMax })),
        waitMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 30_000 })),
      },
      strict,
    ),
    output: Type.Object({
      events: Type.Array(LoggedEvent),
      head: Count,
      epoch: Count,
      next: nullable(Count),
    }),
    refusals: ['not_found', 'expired_position'],
  }),
};
