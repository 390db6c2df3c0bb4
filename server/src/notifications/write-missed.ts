/** The mail of what was missed, written when it is sent, and what ends such mail. */
import { limits, type Input, type Output } from '@confab/protocol';
import type { Visitor } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forMailKey, makeReplyAddress, seal, unseal, type Writer } from '../mail/index.ts';
import { forAccount, preferencesOf, setPreferences } from '../users/index.ts';
import { findWorkspace } from '../workspace/index.ts';
import type { NotificationDeps } from './deps.ts';
import { missedLetter } from './missed-letter.ts';
import { findBound } from './missed-store.ts';
import { goneBecause, isTest } from './verdict.ts';
import { findWaiting } from './waiting.ts';

const purpose = 'missed mail';
const answerableMs = limits.mailReplyDaysMax * 24 * 3_600_000;

/** Each try says the same or less: what was read meanwhile is left out, and nothing is added. */
export function writeMissed(deps: NotificationDeps): Writer {
  const { database, random, clock, summaryMode, replyAddress } = deps;
  const publicUrl = deps.publicUrl ?? '';
  return async ({ id, userId }) => {
    const now = clock.now();
    const { user, email } = await forAccount(database, userId);
    if (user.deactivated) return 'deactivated';
    const bound = await findWaiting(database, await findBound(database, id), new Date(now));
    const [first, ...more] = bound.filter((one) => isTest(one) || goneBecause(one) === null);
    if (first === undefined) return 'nothing of it is new any more';
    if (preferencesOf(first.preferences).missedMail === 'never') return 'no mail is wanted';
    const { name: workspace } = await findWorkspace(database);
    const key = await forMailKey(database, { random, now });
    const token = seal(key, { purpose, words: userId });
    const unsubscribeUrl = `${publicUrl}/unsubscribe/${token}`;
    const withContent = summaryMode === 'on';
    const answerTo = (messageId: string): string | null =>
      replyAddress === null
        ? null
        : makeReplyAddress(key, { base: replyAddress, userId, messageId, expiresAt: now + answerableMs });
    const { letter, ...headers } = missedLetter([first, ...more], {
      workspace,
      publicUrl,
      unsubscribeUrl,
      withContent,
      answerTo,
    });
    return { to: email, letter, isSame: true, headers: { ...headers, unsubscribeUrl } };
  };
}

/** By the link in a letter, of whoever has it: it ends that mail and does nothing else. @throws Refusal gone */
export async function unsubscribeMissed(
  { database, log, random, clock }: NotificationDeps,
  _: Visitor,
  { token }: Input<'missedMail.unsubscribe'>,
): Promise<Output<'missedMail.unsubscribe'>> {
  const key = await forMailKey(database, { random, now: clock.now() });
  const userId = unseal(key, { purpose, text: token });
  if (userId === null) throw new Refusal('gone');
  await setPreferences({ log }, { userId }, { preferences: { missedMail: 'never' } });
  return {};
}
