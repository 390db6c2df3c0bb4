import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { Message } from './messages.ts';
import { ClientId, Done, Id, Nothing, Position, Time, nullable, strict } from './shapes.ts';
import { User } from './users.ts';

const Note = Type.String({ maxLength: limits.reminderNoteCharsMax });

/** Something a person wants to be told of at a time: of a message, of what the note says, or both. */
export const Reminder = Type.Object({
  id: Id,
  /** Null for one that is only a note. It may meanwhile be deleted, or be in a room that one has left. */
  messageId: nullable(Id),
  /** The message's. */
  roomId: nullable(Id),
  note: Type.String(),
  remindAt: Time,
  createdAt: Time,
  /** When it fell due; it stays due until it is completed or put off. Null while it waits. */
  dueAt: nullable(Time),
  /** Completed ones are listed only when asked for. */
  completedAt: nullable(Time),
});
export type Reminder = Static<typeof Reminder>;

export const reminderCalls = {
  'reminder.create': command({
    summary: 'Be reminded of a message, of a note, or of both',
    http: 'POST /me/reminders',
    scope: 'write',
    input: Type.Object(
      {
        clientId: ClientId,
        remindAt: Time,
        messageId: Type.Optional(nullable(Id)),
        note: Type.Optional(Note),
      },
      strict,
    ),
    output: Type.Object({ reminderId: Id, position: Position }),
    refusals: ['not_found', 'invalid', 'limit_reached'],
  }),
  'reminder.list': query({
    summary: 'Your reminders by time, with the messages you can still see; or the newest completed ones',
    http: 'GET /me/reminders',
    scope: 'read',
    input: Type.Object(
      { completed: Type.Optional(Type.Boolean({ description: 'Completed ones instead' })) },
      strict,
    ),
    output: Type.Object({
      reminders: Type.Array(Reminder),
      messages: Type.Array(Message),
      users: Type.Array(User),
    }),
  }),
  'reminder.change': command({
    summary: 'Another time (put it off) or note; what is left out stays. A new time makes it wait again',
    http: 'PATCH /me/reminders/:reminderId',
    scope: 'write',
    input: Type.Object({ reminderId: Id, remindAt: Type.Optional(Time), note: Type.Optional(Note) }, strict),
    output: Done,
    refusals: ['not_found', 'invalid', 'limit_reached'],
  }),
  'reminder.complete': command({
    summary: 'It is done, due or not',
    http: 'POST /me/reminders/:reminderId/complete',
    scope: 'write',
    input: Type.Object({ reminderId: Id }, strict),
    output: Done,
    refusals: ['not_found'],
  }),
  'reminder.delete': command({
    summary: 'Forget a reminder',
    http: 'DELETE /me/reminders/:reminderId',
    scope: 'write',
    input: Type.Object({ reminderId: Id }, strict),
    output: Done,
  }),
  'reminder.clear': command({
    summary: 'Forget all completed reminders',
    http: 'DELETE /me/reminders',
    scope: 'write',
    input: Nothing,
    output: Done,
  }),
};

/** In the person's own stream. */
export const ownReminderEvents = {
  /** New, changed or put off; the whole state, so that the last one wins. */
  'reminder.changed': Type.Object({ reminder: Reminder }),
  /** Its time has come. */
  'reminder.due': Type.Object({ reminder: Reminder }),
  /** Completed or deleted. */
  'reminder.removed': Type.Object({ reminderId: Id }),
};
