import { userStream, type Appender } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { deleteResets } from './reset-store.ts';
import { deleteSessions } from './store.ts';
import { deleteTokens } from './token-store.ts';

/**
 * Ends a person's ways in: their sessions, links for a new password, and on request their tokens. Their stream is
 * locked; by the event in it every node closes what hangs on them.
 * @param keepSession the one that goes on, or null
 * @returns how many sessions ended
 */
export async function endAccess(
  tx: Tx,
  log: Appender,
  who: { userId: string; keepSession: string | null; tokens: boolean },
): Promise<number> {
  const { userId } = who;
  const sessionIds = await deleteSessions(tx, userId, { except: who.keepSession });
  const tokenIds = who.tokens ? await deleteTokens(tx, userId, null) : [];
  await deleteResets(tx, userId);
  if (sessionIds.length + tokenIds.length > 0) {
    log.append(userStream(userId), 'session.ended', { sessionIds, tokenIds });
  }
  return sessionIds.length;
}
