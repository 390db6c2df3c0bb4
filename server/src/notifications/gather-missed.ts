import type { Presence } from '@confab/protocol';
import { isMailWaiting, queueMail } from '../mail/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { preferencesOf } from '../users/index.ts';
import type { NotificationDeps } from './deps.ts';
import {
  bindMissed,
  endMissed,
  endSeen,
  findAllMissing,
  findDuePeople,
  forMissed,
  putOffMissed,
  type Missed,
} from './missed-store.ts';
import { activeMsMax, goneBecause, isTest, quietUntil } from './verdict.ts';
import { findWaiting, type Waiting } from './waiting.ts';

/** Longer than the longest absence and a weekend. */
const lateMs = 4 * 24 * 3_600_000;
/** While a page is open, or the letter before is still on its way. */
const againMs = 60_000;
const peopleMax = 50;

/**
 * Ends what its person has been shown in a page meanwhile, and hands what has waited long enough to the queue of mails: one letter
 * for a person, with all that waits for them. Any number of nodes may do it at once. That a letter is queued and that these
 * notifications are in it is one transaction, so that none is in two, and none is forgotten.
 */
export async function gatherMissed(deps: NotificationDeps): Promise<void> {
  const { database, clock } = deps;
  await endWhatWasSeen(deps);
  const now = clock.now();
  for (let goesOn = true; goesOn;) {
    const userIds = await findDuePeople(database, { now: new Date(now), count: peopleMax });
    const presences = deps.presences(userIds);
    let free = 0;
    for (const userId of userIds) {
      const around = { now, presence: presences[userId] };
      if (await database.write((tx) => gatherIfFree(tx, userId, around))) free += 1;
    }
    // Whom others hold is due the next time, too.
    goesOn = userIds.length === peopleMax && free > 0;
  }
}

async function endWhatWasSeen({ database, clock, presences }: NotificationDeps): Promise<void> {
  const now = clock.now();
  const userIds = await findAllMissing(database);
  const known = userIds.length === 0 ? {} : presences(userIds);
  const online = userIds.filter((userId) => known[userId] === 'online');
  if (online.length === 0) return;
  await endSeen(database, { userIds: online, before: new Date(now - activeMsMax), now: new Date(now) });
}

interface Around {
  readonly now: number;
  readonly presence: Presence | undefined;
}

/** @returns false while another transaction holds the person */
async function gatherIfFree(tx: Tx, userId: string, around: Around): Promise<boolean> {
  const missed = await forMissed(tx, userId);
  if (missed !== null) await gatherFor(tx, { userId, missed }, around);
  return missed !== null;
}

async function gatherFor(
  tx: Tx,
  { userId, missed }: { userId: string; missed: readonly Missed[] },
  around: Around,
): Promise<void> {
  const at = new Date(around.now);
  const ids = missed.map(({ id }) => id);
  const later = new Date(around.now + againMs);
  if (await isMailWaiting(tx, { kind: 'missed', userId })) return putOffMissed(tx, ids, later);
  const judged = (await findWaiting(tx, ids, at)).map((one) => ({ one, verdict: verdictOn(one, around) }));
  const due = new Set(missed.filter((one) => one.mail_due_at <= at).map(({ id }) => id));
  const waitUntil = Math.max(
    0,
    ...judged.map(({ verdict }) => (verdict.kind === 'wait' ? verdict.until : 0)),
  );
  for (const { one, verdict } of judged) {
    if (verdict.kind !== 'end') continue;
    const { outcome, reason } = verdict;
    await endMissed(tx, [one.id], { outcome, reason, at });
  }
  if (waitUntil > 0) return putOffMissed(tx, ids, new Date(waitUntil));
  const told = judged.filter(({ verdict }) => verdict.kind === 'tell').map(({ one }) => one.id);
  if (!told.some((id) => due.has(id))) return;
  const mailId = await queueMail(tx, { kind: 'missed', userId }, { now: around.now });
  if (mailId !== null) await bindMissed(tx, told, { id: mailId, at });
}

type Verdict =
  | { readonly kind: 'tell' }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'end'; readonly outcome: 'needless' | 'failed'; readonly reason: string };

function verdictOn(
  one: Waiting,
  { now, presence }: { now: number; presence: Presence | undefined },
): Verdict {
  if (isTest(one)) return { kind: 'tell' };
  if (now - one.at.getTime() > lateMs)
    return { kind: 'end', outcome: 'failed', reason: 'it became too late' };
  const gone = preferencesOf(one.preferences).missedMail === 'never' ? 'no mail is wanted' : goneBecause(one);
  if (gone !== null) return { kind: 'end', outcome: 'needless', reason: gone };
  const quiet = quietUntil(one, now);
  if (quiet !== null) return { kind: 'wait', until: quiet };
  return presence === 'online' ? { kind: 'wait', until: now + againMs } : { kind: 'tell' };
}
