/**
 * Sending what was scheduled. Somebody claims a row for a while, sends, and closes the row; the message's client id comes
 * from the row's id, so whoever claims it again after a crash finds the message that was sent and only closes the row.
 * No lock is held while the message is sent: the commit lane takes the locks of rooms and people by itself.
 */
import { errors, type Input, type Output } from '@confab/protocol';
import { userStream, type Position } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { ScheduledDeps } from './index.ts';
import { clientIdOf } from './rules.ts';
import {
  claimDue,
  claimOne,
  closeScheduled,
  failScheduled,
  findStanding,
  releaseClaim,
  type Claimed,
} from './store.ts';

/** Longer than sending takes, as short as a person waits after a node's death. */
const claimMs = 30_000;
/** Claimed together: their sending must fit into the time of a claim. */
const batchMax = 50;

/** Sends all whose time has come. Any number of nodes may do it at once. What the server is too busy for waits on. */
export async function sendDue(deps: ScheduledDeps): Promise<void> {
  for (let goesOn = true; goesOn;) {
    const now = deps.clock.now();
    const claimed = await claimDue(deps.database, {
      now: new Date(now),
      until: new Date(now + claimMs),
      count: batchMax,
    });
    const allWent = await sendBatch(deps, claimed);
    goesOn = allWent && claimed.length === batchMax;
  }
}

/** One person's one after the other, people beside each other. @returns false when some have to wait on */
async function sendBatch(deps: ScheduledDeps, claimed: readonly Claimed[]): Promise<boolean> {
  const people = [...new Set(claimed.map(({ userId }) => userId))];
  const outcomes = await Promise.allSettled(
    people.map(async (userId) => {
      for (const one of claimed) {
        if (one.userId === userId && !(await sendClaimed(deps, one))) return false;
      }
      return true;
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return outcomes.every((outcome) => outcome.status === 'fulfilled' && outcome.value);
}

/** @returns false when it has to wait on; those after it then wait for their claim to end, so that none overtakes */
async function sendClaimed(deps: ScheduledDeps, claimed: Claimed): Promise<boolean> {
  try {
    await sendAndClose(deps, claimed);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { retryable } = errors[error.code];
    if (retryable) await releaseClaim(deps.database, claimed.id);
    else await noteFailure(deps, claimed, error.code);
    return !retryable;
  }
}

async function sendAndClose(
  deps: ScheduledDeps,
  claimed: Claimed,
): Promise<{ messageId: string; position: Position }> {
  const { id: scheduledId, userId, roomId, text, threadId, alsoInRoom, quoteId } = claimed;
  const own = userStream(userId);
  const clientId = clientIdOf(scheduledId);
  const { messageId } = await deps.send(
    { userId },
    { roomId, clientId, text, threadId, alsoInRoom, quoteId },
  );
  const position = await deps.log.write([own], async (tx, log) => {
    const standing = await findStanding(tx, { userId, scheduledId }, log.at);
    if (standing?.state === 'sent') return log.position(own);
    await closeScheduled(tx, scheduledId, messageId);
    return log.append(own, 'scheduled.removed', { scheduledId, messageId });
  });
  return { messageId, position };
}

async function noteFailure(deps: ScheduledDeps, claimed: Claimed, code: string): Promise<void> {
  const { id: scheduledId, userId } = claimed;
  const own = userStream(userId);
  await deps.log.write([own], async (tx, log) => {
    const standing = await findStanding(tx, { userId, scheduledId }, log.at);
    if (standing?.state !== 'waiting') return;
    const scheduled = await failScheduled(tx, scheduledId, { code, at: new Date(log.at) });
    log.append(own, 'scheduled.changed', { scheduled });
  });
}

/** @throws Refusal not_found, conflict, and what sending refuses; then it waits or stands failed as before */
export async function sendNow(
  deps: ScheduledDeps,
  caller: Caller,
  input: Input<'scheduled.sendNow'>,
): Promise<Output<'scheduled.sendNow'>> {
  const { scheduledId } = input;
  const { userId } = caller;
  const own = userStream(userId);
  const begun = await deps.log.write([own], async (tx, log) => {
    const standing = await findStanding(tx, { userId, scheduledId }, log.at);
    if (standing?.state === 'sent' && standing.messageId !== null) {
      return { messageId: standing.messageId, position: log.position(own) };
    }
    if (!standing || standing.state === 'deleted') {
      throw new Refusal('not_found', { what: 'scheduled message' });
    }
    if (standing.claimed) throw new Refusal('conflict', { what: 'it is being sent' });
    return claimOne(tx, scheduledId, new Date(log.at + claimMs));
  });
  if ('messageId' in begun) return begun;
  try {
    return await sendAndClose(deps, begun);
  } catch (error) {
    if (error instanceof Refusal) await releaseClaim(deps.database, scheduledId);
    throw error;
  }
}
