import { limits } from '@confab/protocol';
import type { PushAnswer } from '../platform/push/index.ts';
import type { NotificationDeps } from './deps.ts';
import { claimDue, endNotification, forKeys, putOff, removeSubscription } from './store.ts';
import { verdictOn } from './verdict.ts';
import { findWaiting, type Waiting } from './waiting.ts';

/** Longer than all the requests of one batch, which go out together, may take. */
const leaseMs = 60_000;
/** Requests of one node at once. */
const batchMax = 20;
const activeAgainMs = 15_000;
const ttlSeconds = 24 * 3_600;
const firstPauseMs = 10_000;
const pauseFactor = 4;

/**
 * Sends what is due. Any number of nodes may do it at once: each claims what no other has. A node that dies before the push
 * service has answered leaves its claim, and another tries again; what was answered is written down at once, each by itself.
 */
export async function deliverDue(deps: NotificationDeps): Promise<void> {
  const { database, clock } = deps;
  for (let count = batchMax; count === batchMax;) {
    const ids = await claimDue(database, { now: clock.now(), leaseMs, count: batchMax });
    count = ids.length;
    if (count === 0) return;
    const waiting = await findWaiting(database, ids, new Date(clock.now()));
    const presences = deps.presences([...new Set(waiting.map((one) => one.user_id))]);
    const ends = await Promise.allSettled(waiting.map((one) => deliver(deps, one, presences[one.user_id])));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

async function deliver(
  deps: NotificationDeps,
  one: Waiting,
  presence: Parameters<typeof verdictOn>[1]['presence'],
): Promise<void> {
  const { database, clock, pushMode } = deps;
  const now = clock.now();
  const verdict = verdictOn(one, { now, presence, withContent: pushMode === 'on' });
  if (verdict.kind === 'wait') {
    return putOff(database, one, { at: new Date(now + activeAgainMs), reason: null, isCounted: false });
  }
  if (verdict.kind !== 'send') {
    return endNotification(database, one, {
      outcome: verdict.kind,
      reason: verdict.reason,
      at: new Date(now),
    });
  }
  const answer = await deps.push.send(
    { endpoint: one.endpoint ?? '', publicKey: one.public_key, secret: one.secret },
    { topic: `n${one.id}`, text: JSON.stringify(verdict.payload), ttlSeconds },
    { ...(await forKeys(deps)), contact: contactOf(deps.publicUrl) },
  );
  return note(deps, one, answer);
}

/** What Web Push wants to know of who sends (RFC 8292); only https is allowed there. */
function contactOf(publicUrl: string | null): string {
  return publicUrl?.startsWith('https:') === true ? publicUrl : 'https://confab.invalid';
}

async function note(deps: NotificationDeps, one: Waiting, answer: PushAnswer): Promise<void> {
  const { database, clock } = deps;
  const at = new Date(clock.now());
  if (answer.kind === 'sent') return endNotification(database, one, { outcome: 'sent', reason: null, at });
  if (answer.kind === 'gone') {
    await endNotification(database, one, {
      outcome: 'failed',
      reason: 'the browser takes none any more',
      at,
    });
    return removeSubscription(database, one.subscription_id);
  }
  const { reason } = answer;
  if (answer.kind === 'refused' || one.attempts >= limits.pushAttemptsMax) {
    return endNotification(database, one, { outcome: 'failed', reason, at });
  }
  const pauseMs = Math.max(answer.afterMs, firstPauseMs * pauseFactor ** (one.attempts - 1));
  return putOff(database, one, { at: new Date(clock.now() + pauseMs), reason, isCounted: true });
}
