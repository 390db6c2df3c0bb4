/**
 * Mail that goes out: one queue for all nodes. Owns the mails that wait and how each ended. Promises that each is tried by one
 * node at a time, again with growing pauses while the server puts it off, and that nothing a letter says, links above all, is
 * kept: letters are written when they are sent, by whoever queued them. Refuses to know what they are about.
 */
import { createChore, type Chore } from '../platform/chore.ts';
import { deliverDue, type PostDeps } from './deliver-due.ts';
import { removeEnded } from './store.ts';

/** Nothing wakes it: a mail may take a moment. */
const deliveryPeriodMs = 2_000;
const cleaningPeriodMs = 3_600_000;

/** @param deps.mail null: this node sends none */
export function createPost(deps: Omit<PostDeps, 'mail'> & { readonly mail: PostDeps['mail'] | null }): {
  /** They run until they are closed. */
  chores: readonly Chore[];
} {
  const { mail } = deps;
  if (mail === null) return { chores: [] };
  return {
    chores: [
      createChore({
        ...deps,
        name: 'sending mail',
        periodMs: deliveryPeriodMs,
        work: () => deliverDue({ ...deps, mail }),
      }),
      createChore({
        ...deps,
        name: 'forgetting ended mail',
        periodMs: cleaningPeriodMs,
        work: () => removeEnded(deps),
      }),
    ],
  };
}

export { deliverDue } from './deliver-due.ts';
export { languageOf, writeLetter, type Letter, type LetterLanguage, type LetterSection } from './letter.ts';
export { makeReplyAddress, readReplyAddress, replyNameCharsMax, type ReplyTarget } from './reply-address.ts';
export { seal, unseal } from './seal.ts';
export { forMailKey, isMailWaiting, queueMail, type MailKind, type QueuedMail } from './store.ts';
export type { Writer } from './deliver-due.ts';
