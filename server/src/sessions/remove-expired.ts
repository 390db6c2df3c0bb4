import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { deleteUselessInvitations } from './invitation-store.ts';
import { deleteExpiredResets } from './reset-store.ts';
import { deleteExpiredSessions } from './store.ts';
import { removePastAttempts } from './throttle.ts';
import { deleteExpiredTokens } from './token-store.ts';

const hourMs = 3_600_000;
const batchMax = 1_000;
/** An expired token is listed so long, so that its owner sees why a program stopped. */
const tokenShownMs = 30 * 24 * hourMs;

/** Once an hour. Expired things open no door anyway; this keeps their tables small. Any number of nodes may do it at once. */
export function createSessionCleaning(deps: { database: Tx; clock: Clock; logbook: Log }): Chore {
  const work = (): Promise<void> => removeExpired(deps.database, deps.clock.now());
  return createChore({ name: 'removing what has expired', ...deps, periodMs: hourMs, work });
}

/** Sessions, tokens, links and counts of attempts that are of no more use, in bounded batches. */
export async function removeExpired(database: Tx, now: number): Promise<void> {
  const removals: ((moment: Date) => Promise<number>)[] = [
    (moment) => deleteExpiredSessions(database, moment, batchMax),
    () => deleteExpiredTokens(database, new Date(now - tokenShownMs), batchMax),
    (moment) => deleteExpiredResets(database, moment, batchMax),
    (moment) => deleteUselessInvitations(database, moment, batchMax),
    (moment) => removePastAttempts(database, moment.getTime(), batchMax),
  ];
  for (const remove of removals) while ((await remove(new Date(now))) === batchMax);
}
