import type { Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import type { NotificationDeps } from './deps.ts';
import { isLiving } from './subscription.ts';

interface DeviceRow {
  id: string;
  device: string;
  created_at: Date;
  session_id: string | null;
  token_id: string | null;
  hides_content: boolean;
  ended_at: Date | null;
  outcome: 'sent' | 'failed' | null;
  reason: string | null;
}

/** Newest first; those whose session or token has expired are gone. */
export async function listDevices(
  { database, clock }: NotificationDeps,
  caller: Caller,
): Promise<Output<'push.list'>> {
  const rows = await database.rows<DeviceRow>(sql`
    select p.id, coalesce(p.name, s.device, t.name) as device, p.created_at, p.session_id, p.token_id, p.hides_content,
      l.ended_at, l.outcome, l.reason
    from push_subscriptions p left join sessions s on s.id = p.session_id left join tokens t on t.id = p.token_id
    left join lateral (
      select n.ended_at, n.outcome, n.reason from notifications n
      where n.subscription_id = p.id and n.outcome in ('sent', 'failed') order by n.ended_at desc limit 1) l on true
    where p.user_id = ${caller.userId} and ${isLiving(new Date(clock.now()))} order by p.id desc`);
  return {
    devices: rows.map((row) => ({
      id: row.id,
      device: row.device,
      createdAt: row.created_at.getTime(),
      isCurrent: row.session_id === caller.sessionId && row.token_id === caller.tokenId,
      hidesContent: row.hides_content,
      last:
        row.ended_at === null || row.outcome === null
          ? null
          : { at: row.ended_at.getTime(), outcome: row.outcome, reason: row.reason },
    })),
  };
}
