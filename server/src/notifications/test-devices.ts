import { limits, type Output, type PushKind } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import { findPreferences } from '../users/index.ts';
import { channelsOf, type NotificationDeps } from './deps.ts';
import { insertNotifications } from './store.ts';
import { refuseTurnedOff } from './subscribe-device.ts';

const kinds: readonly PushKind[] = [
  'direct',
  'mention',
  'keyword',
  'thread',
  'everything',
  'invitation',
  'reminder',
];

/** One of each kind to each browser, and a letter of all, the same way as what really happens; also while somebody is active. */
export async function testDevices(deps: NotificationDeps, caller: Caller): Promise<Output<'push.test'>> {
  const { database, clock } = deps;
  const { userId } = caller;
  const channels = channelsOf(deps);
  if (!channels.mail) refuseTurnedOff(deps);
  const now = clock.now();
  return database.write(async (tx) => {
    await tx.rows(sql`select 1 from users where id = ${userId} for no key update`);
    const [last] = await tx.rows<{ at: Date | null }>(sql`
      select max(at) as at from notifications where user_id = ${userId} and occasion like 'test:%'`);
    const retryAfterMs = (last?.at?.getTime() ?? 0) + limits.pushTestPeriodMs - now;
    if (retryAfterMs > 0) throw new Refusal('too_many', { retryAfterMs });
    const { missedMail } = await findPreferences(tx, userId);
    const told = kinds.map((kind) => ({
      userId,
      mailAfterMs: missedMail === 'never' ? null : 0,
      occasion: {
        kind,
        key: `test:${kind}:${now}`,
        roomId: null,
        messageId: null,
        reminderId: null,
        at: now,
      },
    }));
    const { browsers, mailboxes } = await insertNotifications(tx, told, { now, dueAt: now, channels });
    return { count: browsers, byMail: mailboxes > 0 };
  });
}
