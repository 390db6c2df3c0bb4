/**
 * Reactions: emoji on messages. Owns reactions; they go when their message is deleted.
 * Promises that repeating changes nothing, and that they keep the order in which they came.
 * Refuses to know how emoji look; what custom ones there are is asked of who owns them.
 */
import type { Handlers } from '../kit/handlers.ts';
import { addReaction, removeReaction, type ReactionDeps } from './react.ts';
import { createStandardEmoji } from './standard-emoji.ts';

export function createReactions(deps: Omit<ReactionDeps, 'standardEmoji'>): {
  handlers: Handlers<'reaction.add' | 'reaction.remove'>;
} {
  const all: ReactionDeps = { ...deps, standardEmoji: createStandardEmoji() };
  return {
    handlers: {
      'reaction.add': (caller, input) => addReaction(all, caller, input),
      'reaction.remove': (caller, input) => removeReaction(all, caller, input),
    },
  };
}
