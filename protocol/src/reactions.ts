import Type from 'typebox';
import { command } from './define.ts';
import { Done, Id, strict } from './shapes.ts';

/** A standard emoji character, or the name of a custom emoji between colons. */
export const ReactionEmoji = Type.String({ minLength: 1, maxLength: 48 });

const Target = Type.Object({ messageId: Id, emoji: ReactionEmoji }, strict);

export const reactionCalls = {
  'reaction.add': command({
    summary: 'React to a message; doing it again changes nothing',
    http: 'PUT /messages/:messageId/reactions/:emoji',
    scope: 'write',
    input: Target,
    output: Done,
    refusals: ['not_found', 'invalid', 'archived', 'limit_reached'],
  }),
  'reaction.remove': command({
    summary: 'Take your reaction back',
    http: 'DELETE /messages/:messageId/reactions/:emoji',
    scope: 'write',
    input: Target,
    output: Done,
    refusals: ['not_found', 'archived'],
  }),
};

/** In the room's stream. */
export const reactionEvents = {
  'reaction.added': Type.Object({ messageId: Id, emoji: Type.String(), userId: Id }),
  'reaction.removed': Type.Object({ messageId: Id, emoji: Type.String(), userId: Id }),
};
