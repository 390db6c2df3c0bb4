import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { Id, Nothing, nullable, strict } from './shapes.ts';

/** `dnd` is shown while a person is connected and their doNotDisturbUntil lies ahead or their quiet hours hold. */
export const Presence = Type.Enum(['online', 'away', 'dnd', 'offline']);
export type Presence = Static<typeof Presence>;

export const presenceCalls = {
  'presence.set': command({
    summary: 'This connection is in use (online) or left alone (away)',
    http: 'PUT /me/presence',
    scope: 'write',
    input: Type.Object({ state: Type.Enum(['online', 'away']) }, strict),
    output: Nothing,
  }),
  'presence.get': query({
    summary: 'How people are right now',
    http: 'GET /presence',
    scope: 'read',
    input: Type.Object({ userIds: Type.Array(Id, { maxItems: limits.presenceWatchMax }) }, strict),
    output: Type.Object({ presences: Type.Record(Type.String(), Presence) }),
  }),
  'typing.set': command({
    summary: 'You are writing in a room or a thread; repeat every few seconds while it is so',
    http: 'PUT /rooms/:roomId/typing',
    scope: 'write',
    input: Type.Object({ roomId: Id, threadId: Type.Optional(nullable(Id)) }, strict),
    output: Nothing,
    refusals: ['not_found'],
  }),
};
