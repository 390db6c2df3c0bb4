/** Three people of whom some are away, a mail server, and what mails what they missed. Nothing happens by itself. */
import { deliverDue as deliverMail, type Writer } from '@confab/server/mail/index';
import type { Caller } from '@confab/server/kit/caller';
import { sql } from '@confab/server/kit/sql';
import { createNotifications, gatherMissed, type PushMode } from '@confab/server/notifications/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createSmtpMail, readMailServer } from '@confab/server/platform/mail/index';
import { createMemoryOutbound } from '@confab/server/platform/outbound/index';
import { createWebPush } from '@confab/server/platform/push/index';
import { systemRandom } from '@confab/server/platform/random/index';
import type { Presence } from '@confab/protocol';
import { createDecisions } from './decisions.ts';
import { startMailServer, type ArrivedMail } from './mail-server.ts';
import { createSmallWorld } from './small-world.ts';

export type MissedWorld = Awaited<ReturnType<typeof createMissedWorld>>;

const noLetter: Writer = () => Promise.resolve('not here');

export async function createMissedWorld() {
  const world = await createSmallWorld();
  const { database, clock } = world;
  clock.elapse(Date.UTC(2026, 10, 24, 12) - clock.now());
  const post = await startMailServer({});
  const presences: Record<string, Presence> = {};
  const deps = {
    database,
    log: world.log,
    random: systemRandom,
    clock,
    logbook: createMemoryLog(),
    push: createWebPush(createMemoryOutbound(() => ({ status: 404 }))),
    pushMode: 'off' as PushMode,
    summaryMode: 'on' as PushMode,
    publicUrl: 'https://chat.example.org',
    replyAddress: null as string | null,
    presences: () => presences,
  };
  function silent(mode: PushMode) {
    const made = createNotifications({ ...deps, summaryMode: mode });
    for (const chore of made.chores) void chore.close();
    return made;
  }
  const notifications = silent('on');
  const server = readMailServer(`smtp://localhost:${post.port}`);
  if (!server) throw new Error('no mail server');
  const mailDeps = {
    ...deps,
    mail: createSmtpMail({ server, from: 'chat@example.org', trusted: post.certificate }),
    writers: { ...notifications.writers, reset: noLetter, invitation: noLetter },
  };
  const { decideAll, prefer } = createDecisions(deps);
  const named = async (handle: string): Promise<Caller> => {
    const caller = await world.person(handle);
    await database.rows(sql`update users set email = ${`${handle}@example.org`} where id = ${caller.userId}`);
    return caller;
  };
  await database.rows(sql`update workspace set name = 'Acme'`);
  const [ann, bob, eve] = [await named('ann'), await named('bob'), await named('eve')];
  const people = { ann, bob, eve };

  return {
    ...world,
    ...people,
    /** Of all three, and of ann and bob. */
    team: await world.room(ann, [bob, eve], { name: 'team' }),
    talk: await world.direct(ann, [bob]),
    post,
    deps,
    mailDeps,
    presences,
    silent,
    calls: notifications.handlers,
    decideAll,
    prefer,
    /** What arrives after so long. */
    async after(ms: number): Promise<ArrivedMail[]> {
      await decideAll();
      clock.elapse(ms);
      const before = post.arrived.length;
      await gatherMissed(deps);
      await deliverMail(mailDeps);
      return post.arrived.slice(before).map((mail) => ({ ...mail, raw: mail.raw.replaceAll('\r', '') }));
    },
    /** Everybody away, with nothing chosen and nothing missed. */
    async beginAnew(): Promise<void> {
      await decideAll();
      await database.rows(sql`delete from notifications`);
      await database.rows(sql`delete from mails`);
      for (const one of Object.values(people)) await prefer(one, {});
      await database.rows(sql`update memberships set level = 'default', muted = false`);
      await database.rows(sql`update users set deactivated_at = null`);
      for (const userId of Object.keys(presences)) delete presences[userId];
    },
    async close(): Promise<void> {
      await post.close();
      await world.close();
    },
  };
}
