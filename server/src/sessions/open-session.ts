import { limits } from '@confab/protocol';
import { userStream, type Appender } from '../delivery/index.ts';
import type { Visitor } from '../kit/caller.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';
import { noteSeen } from '../users/index.ts';
import { deviceName } from './device.ts';
import { makeSecret } from './secrets.ts';
import { deleteSurplusSessions, insertSession } from './store.ts';

/** A session ends when it was not used for so long. */
export const sessionLifetimeMs = 30 * 86_400_000;

export interface OpenedSession {
  readonly id: string;
  /** For the browser, once the transaction has committed. */
  readonly secret: string;
  readonly expiresAt: number;
}

/** Signs a person in on one more device; where there are too many, the longest unseen ends. Their stream is locked. */
export async function openSession(
  tx: Tx,
  log: Appender,
  by: { random: Random; userId: string; visitor: Visitor },
): Promise<OpenedSession> {
  const { userId, visitor } = by;
  const at = new Date(log.at);
  const { secret, hash } = makeSecret(by.random, 'session');
  const surplus = await deleteSurplusSessions(tx, userId, { most: limits.sessionsMax - 1, now: at });
  if (surplus.length > 0) {
    log.append(userStream(userId), 'session.ended', { sessionIds: surplus, tokenIds: [] });
  }
  const expiresAt = log.at + sessionLifetimeMs;
  const id = await insertSession(tx, {
    userId,
    secretHash: hash,
    device: deviceName(visitor.userAgent),
    address: visitor.address,
    at,
    expiresAt: new Date(expiresAt),
  });
  await noteSeen(tx, [userId], at);
  return { id, secret, expiresAt };
}
