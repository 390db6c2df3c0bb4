import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { MessageText } from './messages.ts';
import { ClientId, Done, Id, Nothing, Position, Time, nullable, strict } from './shapes.ts';

/** A message that is to be sent later. It is listed until it has been sent or is deleted. */
export const ScheduledMessage = Type.Object({
  id: Id,
  roomId: Id,
  threadId: nullable(Id),
  alsoInRoom: Type.Boolean(),
  quoteId: nullable(Id),
  text: Type.String(),
  /** When it is to be sent. */
  sendAt: Time,
  createdAt: Time,
  /** Its time came and the rules said no: the refusal's code. It is not tried again by itself; a new time or text does. */
  failure: nullable(Type.Object({ code: Type.String(), at: Time })),
});
export type ScheduledMessage = Static<typeof ScheduledMessage>;

export const scheduledCalls = {
  'message.schedule': command({
    summary: 'Write a message that is sent later, even when you are not there',
    http: 'POST /rooms/:roomId/scheduled',
    scope: 'write',
    input: Type.Object(
      {
        roomId: Id,
        clientId: ClientId,
        text: MessageText,
        sendAt: Time,
        threadId: Type.Optional(nullable(Id)),
        alsoInRoom: Type.Optional(Type.Boolean()),
        quoteId: Type.Optional(nullable(Id)),
      },
      strict,
    ),
    output: Type.Object({ scheduledId: Id, position: Position }),
    refusals: ['not_found', 'forbidden', 'archived', 'invalid', 'limit_reached'],
  }),
  'scheduled.list': query({
    summary: 'What you have scheduled, failed ones too, by time',
    http: 'GET /me/scheduled',
    scope: 'read',
    input: Nothing,
    output: Type.Object({ scheduled: Type.Array(ScheduledMessage) }),
  }),
  'scheduled.change': command({
    summary: 'Another text or time; what is left out stays. A failed one waits again',
    http: 'PATCH /me/scheduled/:scheduledId',
    scope: 'write',
    input: Type.Object(
      { scheduledId: Id, text: Type.Optional(MessageText), sendAt: Type.Optional(Time) },
      strict,
    ),
    output: Done,
    refusals: ['not_found', 'invalid', 'limit_reached', 'conflict'],
  }),
  'scheduled.sendNow': command({
    summary: 'Send a scheduled message at once; when that is refused, it stays as it was',
    http: 'POST /me/scheduled/:scheduledId/send',
    scope: 'write',
    input: Type.Object({ scheduledId: Id }, strict),
    output: Type.Object({ messageId: Id, position: Position }),
    refusals: ['not_found', 'forbidden', 'archived', 'conflict', 'busy'],
  }),
  'scheduled.delete': command({
    summary: 'Do not send it after all',
    http: 'DELETE /me/scheduled/:scheduledId',
    scope: 'write',
    input: Type.Object({ scheduledId: Id }, strict),
    output: Done,
    refusals: ['conflict'],
  }),
};

/** In the person's own stream. */
export const ownScheduledEvents = {
  /** New, changed, or failed; the whole state, so that the last one wins. */
  'scheduled.changed': Type.Object({ scheduled: ScheduledMessage }),
  /** Deleted, or sent as `messageId`. */
  'scheduled.removed': Type.Object({ scheduledId: Id, messageId: nullable(Id) }),
};
