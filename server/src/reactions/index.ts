/**
 * Reactions: emoji on messages. Owns reactions; they go when their message is deleted.
 * Promises that repeating changes nothing, and that they keep the order in which they came.
 * Refuses to know how emoji look; what custom ones there are is asked of who owns them.
 */
import type { Handlers } from '../kit/handlers.ts';
import { addReaction, removeReaction, type ReactionDeps } from './react.ts';

export function createReactions(deps: ReactionDeps): {
  handlers: Handlers<'reaction.add' | 'reaction.remove'>;
} {
  return {
    handlers: {
      'reaction.add': (caller, input) => addReaction(deps, caller, input),
      'reaction.remove': (caller, input) => removeReaction(deps, caller, input),
    },
  };
}
