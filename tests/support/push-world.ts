/** Three people with sessions, a push service, and what notifies their browsers. Nothing happens by itself. */
import type { Caller } from '@confab/server/kit/caller';
import { sql } from '@confab/server/kit/sql';
import { createNotifications, deliverDue, type PushMode } from '@confab/server/notifications/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createMemoryOutbound, OutboundFailure } from '@confab/server/platform/outbound/index';
import { createWebPush } from '@confab/server/platform/push/index';
import { systemRandom } from '@confab/server/platform/random/index';
import type { Presence, PushPayload } from '@confab/protocol';
import { createDecisions } from './decisions.ts';
import { createPushBrowser, type PushBrowser } from './push-browser.ts';
import { createSmallWorld } from './small-world.ts';

export async function createPushWorld() {
  const world = await createSmallWorld();
  const { database, clock } = world;
  clock.elapse(Date.UTC(2026, 10, 24, 12) - clock.now());
  const browsers = new Map<string, PushBrowser>();
  /** `status`: what it answers; null: it cannot be reached. */
  const service: {
    arrived: { endpoint: string; payload: PushPayload; topic: string | undefined }[];
    status: number | null;
  } = { arrived: [], status: 201 };
  const outbound = createMemoryOutbound(({ url, headers, body }) => {
    const { status, arrived } = service;
    if (status === null) throw new OutboundFailure('unreached', 'nobody answers');
    const browser = browsers.get(url);
    if (status < 300 && browser && body instanceof Uint8Array) {
      arrived.push({ endpoint: url, payload: browser.read(body), topic: headers?.['topic'] });
    }
    return { status };
  });
  const presences: Record<string, Presence> = {};
  const deps = {
    database,
    log: world.log,
    random: systemRandom,
    clock,
    logbook: createMemoryLog(),
    push: createWebPush(outbound),
    pushMode: 'on' as PushMode,
    summaryMode: 'off' as PushMode,
    replyAddress: null,
    publicUrl: null,
    presences: () => presences,
  };
  const notifications = createNotifications(deps);
  for (const chore of notifications.chores) void chore.close();
  const calls = notifications.handlers;
  const { reading, decideAll, prefer } = createDecisions(deps);
  let made = 0;
  async function signedIn(handle: string): Promise<Caller> {
    const caller = await world.person(handle);
    const [row] = await database.rows<{ id: string }>(sql`
      insert into sessions (id, user_id, secret_hash, device, address, created_at, last_seen_at, expires_at)
      values (nextval('ids'), ${caller.userId}, ${Buffer.from(handle)}, 'Firefox on Linux', '', ${new Date(0)},
        ${new Date(0)}, ${new Date(clock.now() + 90 * 86_400_000)}) returning id`);
    return { ...caller, sessionId: row?.id ?? '' };
  }
  const [ann, bob, eve] = [await signedIn('ann'), await signedIn('bob'), await signedIn('eve')];
  const people = { ann, bob, eve };

  return {
    ...world,
    ...people,
    /** Of all three, and of ann and bob. */
    team: await world.room(ann, [bob, eve], { name: 'team' }),
    talk: await world.direct(ann, [bob]),
    service,
    deps,
    presences,
    calls,
    reading,
    decideAll,
    signedIn,
    prefer,
    async deliver(laterMs = 2_000): Promise<void> {
      await decideAll();
      clock.elapse(laterMs);
      await deliverDue(deps);
    },
    /** How each ended, oldest first. */
    ends: () =>
      database.rows<{ outcome: string | null; reason: string | null; attempts: number }>(
        sql`select outcome, reason, attempts from notifications order by id`,
      ),
    async subscribed(caller: Caller, options: { hidesContent?: boolean } = {}): Promise<PushBrowser> {
      const browser = createPushBrowser(`https://push.example.org/send/${(made += 1)}`);
      browsers.set(browser.endpoint, browser);
      await calls['push.subscribe'](caller, { endpoint: browser.endpoint, keys: browser.keys, ...options });
      return browser;
    },
    /** Everybody away, with nothing chosen, subscribed or told. */
    async beginAnew(): Promise<void> {
      await decideAll();
      await database.rows(sql`delete from push_subscriptions`);
      await database.rows(sql`delete from notifications`);
      for (const one of Object.values(people)) await prefer(one, {});
      await database.rows(sql`update memberships set level = 'default', muted = false`);
      for (const userId of Object.keys(presences)) delete presences[userId];
      service.status = 201;
      service.arrived = [];
    },
  };
}
