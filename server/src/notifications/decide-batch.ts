import type { StreamEvent } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { channelsOf, type NotificationDeps } from './deps.ts';
import { decide, listen } from './rules.ts';
import { findListeners, insertNotifications } from './store.ts';

/** Time to read it in a page that is open, on whatever device, before it is sent. */
const settleMs = 1_500;

/** For a reader of all streams: one look at the database, and one write where somebody is to be notified. */
export async function decideBatch(
  deps: Pick<NotificationDeps, 'clock' | 'pushMode' | 'summaryMode'>,
  tx: Tx,
  events: readonly StreamEvent[],
): Promise<void> {
  const now = deps.clock.now();
  const channels = channelsOf(deps);
  const heard = listen(events, now);
  if (heard.told.length === 0 && heard.said.length === 0) return;
  const decided = decide(heard, await findListeners(tx, heard, { now: new Date(now), channels }));
  if (decided.length > 0) await insertNotifications(tx, decided, { now, dueAt: now + settleMs, channels });
}
