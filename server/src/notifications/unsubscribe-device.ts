import type { Input, Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { NotificationDeps } from './deps.ts';

/** @throws Refusal not_found also for somebody else's */
export async function unsubscribeDevice(
  { database }: NotificationDeps,
  caller: Caller,
  { deviceId }: Input<'push.unsubscribe'>,
): Promise<Output<'push.unsubscribe'>> {
  const rows = await database.rows(
    sql`delete from push_subscriptions where id = ${deviceId} and user_id = ${caller.userId} returning id`,
  );
  if (rows.length === 0) throw new Refusal('not_found', { what: 'device' });
  return {};
}
