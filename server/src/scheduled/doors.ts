import { Refusal } from '../kit/refusal.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { findStanding } from './store.ts';

/**
 * One's own scheduled message that can still be changed, under its person's stream lock.
 * @throws Refusal not_found also when it has been sent or deleted; conflict while it is being sent
 */
export async function forListed(
  tx: Tx,
  of: { userId: string; scheduledId: string },
  now: number,
): Promise<void> {
  const standing = await findStanding(tx, of, now);
  if (!standing || standing.state === 'sent' || standing.state === 'deleted') {
    throw new Refusal('not_found', { what: 'scheduled message' });
  }
  if (standing.claimed) throw new Refusal('conflict', { what: 'it is being sent' });
}
