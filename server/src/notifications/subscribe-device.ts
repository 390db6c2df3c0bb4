import { limits, type Input, type Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { NotificationDeps } from './deps.ts';

/** @throws Refusal turned_off */
export function refuseTurnedOff({ pushMode }: Pick<NotificationDeps, 'pushMode'>): void {
  if (pushMode === 'off') throw new Refusal('turned_off', { setting: 'CONFAB_PUSH' });
}

/**
 * A browser has one subscription, whoever is signed in there; it follows to the newest session. Who knows the address of
 * somebody else's, but not its secret, cannot take it away from them.
 */
export async function subscribeDevice(
  deps: NotificationDeps,
  caller: Caller,
  { endpoint, keys, hidesContent = false }: Input<'push.subscribe'>,
): Promise<Output<'push.subscribe'>> {
  const { database, clock, push } = deps;
  const { userId, sessionId } = caller;
  refuseTurnedOff(deps);
  if (sessionId === null) throw new Refusal('forbidden', { needs: 'session' });
  const publicKey = keys.p256dh.replace(/=+$/, '');
  const secret = keys.auth.replace(/=+$/, '');
  const expected = push.complaintAbout({ endpoint, publicKey, secret });
  if (expected !== null) throw new Refusal('invalid', { path: '/endpoint', expected });
  return database.write(async (tx) => {
    // Whoever counts holds the person's row, so that two at once do not pass the limit together.
    await tx.rows(sql`select 1 from users where id = ${userId} for no key update`);
    const [others] = await tx.rows<{ count: number }>(sql`
      select count(*)::int as count from push_subscriptions where user_id = ${userId} and endpoint <> ${endpoint}`);
    if ((others?.count ?? 0) >= limits.pushDevicesMax) {
      throw new Refusal('limit_reached', { what: 'devices', limit: limits.pushDevicesMax });
    }
    const [row] = await tx.rows<{ id: string }>(sql`
      insert into push_subscriptions as p
        (id, user_id, session_id, endpoint, public_key, secret, hides_content, created_at)
      values (nextval('ids'), ${userId}, ${sessionId}, ${endpoint}, ${publicKey}, ${secret}, ${hidesContent},
        ${new Date(clock.now())})
      on conflict (endpoint) do update set user_id = excluded.user_id, session_id = excluded.session_id,
        public_key = excluded.public_key, hides_content = excluded.hides_content
      where p.secret = excluded.secret
      returning id`);
    if (!row) throw new Refusal('taken', { field: 'endpoint' });
    return { deviceId: row.id };
  });
}
