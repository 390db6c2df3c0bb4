/**
 * Drafts: what people have begun to write, across their devices. Owns drafts; they go with the membership.
 * The last one wins. Refuses to know when a draft becomes a message: the client forgets it.
 */
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import { setDraft } from './set-draft.ts';

export function createDrafts(deps: { log: EventLog }): { handlers: Handlers<'draft.set'> } {
  return { handlers: { 'draft.set': (caller, input) => setDraft(deps, caller, input) } };
}

export { findDrafts } from './store.ts';
