import { limits, type Input, type Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { NotificationDeps } from './deps.ts';

/** @throws Refusal turned_off */
export function refuseTurnedOff({ pushMode }: Pick<NotificationDeps, 'pushMode'>): void {
  if (pushMode === 'off') throw new Refusal('turned_off', { setting: 'CONFAB_PUSH' });
}

/**
 * A browser or an app has one subscription, whoever is signed in there; it follows to the newest session or token. Who knows
 * the address of somebody else's, but not its secret, cannot take it away from them.
 */
export async function subscribeDevice(
  deps: NotificationDeps,
  caller: Caller,
  { endpoint, keys, hidesContent, name, replaces }: Input<'push.subscribe'>,
): Promise<Output<'push.subscribe'>> {
  const { database, clock, push } = deps;
  const { userId, sessionId, tokenId } = caller;
  refuseTurnedOff(deps);
  // What arrives is read, and whoever may only write may not.
  if (!caller.scopes.includes('read')) throw new Refusal('forbidden', { needs: 'scope read' });
  const publicKey = keys.p256dh.replace(/=+$/, '');
  const secret = keys.auth.replace(/=+$/, '');
  const expected = await push.complaintAbout({ endpoint, publicKey, secret });
  if (expected !== null) throw new Refusal('invalid', { path: '/endpoint', expected });
  return database.write(async (tx) => {
    // Whoever counts holds the person's row, so that two at once do not pass the limit together.
    await tx.rows(sql`select 1 from users where id = ${userId} for no key update`);
    await refuseEnded(tx, caller);
    const [before] = await tx.rows<{ hides_content: boolean }>(sql`
      delete from push_subscriptions
      where user_id = ${userId} and endpoint = ${replaces ?? null} and endpoint <> ${endpoint} returning hides_content`);
    const isHidden = hidesContent ?? before?.hides_content ?? false;
    const [others] = await tx.rows<{ count: number }>(sql`
      select count(*)::int as count from push_subscriptions where user_id = ${userId} and endpoint <> ${endpoint}`);
    if ((others?.count ?? 0) >= limits.pushDevicesMax) {
      throw new Refusal('limit_reached', { what: 'devices', limit: limits.pushDevicesMax });
    }
    const [row] = await tx.rows<{ id: string }>(sql`
      insert into push_subscriptions as p
        (id, user_id, session_id, token_id, name, endpoint, public_key, secret, hides_content, created_at)
      values (nextval('ids'), ${userId}, ${sessionId}, ${tokenId}, ${nameOf(name)}, ${endpoint}, ${publicKey}, ${secret},
        ${isHidden}, ${new Date(clock.now())})
      on conflict (endpoint) do update set user_id = excluded.user_id, session_id = excluded.session_id,
        token_id = excluded.token_id, name = excluded.name, public_key = excluded.public_key,
        hides_content = excluded.hides_content
      where p.secret = excluded.secret
      returning id`);
    if (!row) throw new Refusal('taken', { field: 'endpoint' });
    return { deviceId: row.id };
  });
}

/** Signed out, or its token revoked, since it came in. Both are held until the subscription that hangs on them is there. */
async function refuseEnded(tx: Tx, { sessionId, tokenId }: Caller): Promise<void> {
  const there =
    sessionId === null
      ? await tx.rows(sql`select 1 from tokens where id = ${tokenId} for key share`)
      : await tx.rows(sql`select 1 from sessions where id = ${sessionId} for key share`);
  if (there.length === 0) throw new Refusal('unauthenticated');
}

// oxlint-disable-next-line no-control-regex -- and those that turn the direction of what follows
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g;

/** One line of what an app calls itself; null when nothing is left. */
function nameOf(name: string | undefined): string | null {
  return name?.toWellFormed().replaceAll(unfit, ' ').trim() || null;
}
