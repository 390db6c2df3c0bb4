import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits, type Presence, type Preferences, type PushPayload } from '@confab/protocol';
import { createPushBrowser, type PushBrowser } from '../../../tests/support/push-browser.ts';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import { findReaderLags, readOn } from '../delivery/readers.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createMemoryOutbound, OutboundFailure } from '../platform/outbound/index.ts';
import { createWebPush } from '../platform/push/index.ts';
import { systemRandom } from '../platform/random/index.ts';
import { remindDue } from '../reminders/index.ts';
import { createNotifications, decideBatch, deliverDue, type PushMode } from './index.ts';
import { removeEnded } from './store.ts';

const world = await createSmallWorld();
const { handlers, send, database, clock } = world;
clock.elapse(Date.UTC(2026, 10, 24, 12) - clock.now());
afterAll(world.close);

const browsers = new Map<string, PushBrowser>();
let arrived: { endpoint: string; payload: PushPayload; topic: string | undefined }[] = [];
/** Of the push service; null: it cannot be reached. */
let status: number | null = 201;
const outbound = createMemoryOutbound(({ url, headers, body }) => {
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
// Nothing happens by itself: the tests read on and deliver.
for (const chore of notifications.chores) void chore.close();
const { handlers: calls } = notifications;

const reading = {
  name: 'notifications',
  database,
  clock,
  logbook: deps.logbook,
  handle: (...batch: Parameters<typeof decideBatch> extends [unknown, ...infer Rest] ? Rest : never) =>
    decideBatch(deps, ...batch),
};
/** A transaction of any database of the server that is still open holds readers back. */
const decideAll = (): Promise<void> =>
  vi.waitFor(
    async () => {
      await readOn(reading);
      const lags = await findReaderLags(database, clock.now() + 1);
      expect(lags.find(({ name }) => name === reading.name)?.lagMs).toBe(0);
    },
    { timeout: 30_000, interval: 20 },
  );
async function deliver(laterMs = 2_000): Promise<void> {
  await decideAll();
  clock.elapse(laterMs);
  await deliverDue(deps);
}
const kinds = (): string[] => arrived.map(({ payload }) => payload.kind);
const ends = () =>
  database.rows<{ outcome: string | null; reason: string | null; attempts: number }>(
    sql`select outcome, reason, attempts from notifications order by id`,
  );

let made = 0;
async function signedIn(handle: string): Promise<Caller> {
  const caller = await world.person(handle);
  const [row] = await database.rows<{ id: string }>(sql`
    insert into sessions (id, user_id, secret_hash, device, address, created_at, last_seen_at, expires_at)
    values (nextval('ids'), ${caller.userId}, ${Buffer.from(handle)}, 'Firefox on Linux', '', ${new Date(0)},
      ${new Date(0)}, ${new Date(clock.now() + 90 * 86_400_000)}) returning id`);
  return { ...caller, sessionId: row?.id ?? '' };
}
async function subscribed(caller: Caller, options: { hidesContent?: boolean } = {}): Promise<PushBrowser> {
  const browser = createPushBrowser(`https://push.example.org/send/${(made += 1)}`);
  browsers.set(browser.endpoint, browser);
  await calls['push.subscribe'](caller, { endpoint: browser.endpoint, keys: browser.keys, ...options });
  return browser;
}
/** As chosen in the settings. */
async function prefer(caller: Caller, preferences: Partial<Preferences>): Promise<void> {
  await database.rows(
    sql`update users set preferences = ${JSON.stringify(preferences)}::jsonb where id = ${caller.userId}`,
  );
}

const ann = await signedIn('ann');
const bob = await signedIn('bob');
const eve = await signedIn('eve');
const team = await world.room(ann, [bob, eve], { name: 'team' });
const talk = await world.direct(ann, [bob]);

beforeEach(async () => {
  await decideAll();
  await database.rows(sql`delete from push_subscriptions`);
  await database.rows(sql`delete from notifications`);
  for (const one of [ann, bob, eve]) await prefer(one, {});
  await database.rows(sql`update memberships set level = 'default', muted = false`);
  for (const userId of Object.keys(presences)) delete presences[userId];
  status = 201;
  arrived = [];
});

describe('a notification', () => {
  it('is sent to each browser once, of what deserves one only', async () => {
    await subscribed(bob);
    await subscribed(bob);
    await subscribed(eve);
    await send(bob, team, 'a word of my own @bob');
    const { messageId } = await send(ann, team, 'look **here** @bob');
    await send(ann, team, 'nobody in particular');
    await deliver();
    await deliver();
    expect(arrived.map(({ payload }) => payload)).toEqual(
      Array.from({ length: 2 }, () => ({
        kind: 'mention',
        isTest: false,
        tag: `room-${team}`,
        path: `/room/${team}/message/${messageId}`,
        at: expect.any(Number) as number,
        language: '',
        content: { room: '#team', author: 'ann', text: 'look here @bob', isPair: false, isInThread: false },
      })),
    );
    expect(new Set(arrived.map(({ topic }) => topic)).size).toBe(2);
    expect(await ends()).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }]);
  });

  it.each([3, 50_000])('is of each kind there is, in a room of %s', async (members) => {
    await database.rows(sql`update rooms set member_count = ${members} where id = ${team}`);
    await subscribed(bob);
    await send(ann, talk, 'hello');
    const root = await send(bob, team, 'a root');
    await send(ann, team, 'a reply', { threadId: root.messageId });
    await send(ann, team, '@all come');
    await prefer(bob, { keywords: ['kettle'] });
    await send(ann, team, 'the Kettle is broken');
    await deliver();
    await prefer(bob, { noticeLevel: 'everything' });
    await send(ann, team, 'just so');
    await world.room(ann, [bob], { name: 'asked' });
    await handlers['reminder.create'](bob, {
      clientId: world.fresh(),
      note: 'tea',
      remindAt: clock.now() + 60_000,
    });
    clock.elapse(61_000);
    await remindDue(world);
    await deliver();
    expect(kinds().toSorted()).toEqual(
      ['direct', 'thread', 'mention', 'keyword', 'everything', 'invitation', 'reminder'].toSorted(),
    );
    const of = (kind: string) => arrived.find(({ payload }) => payload.kind === kind)?.payload;
    expect(of('direct')?.content).toMatchObject({ author: 'ann', isPair: true });
    expect(of('thread')).toMatchObject({
      tag: `thread-${team}-${root.messageId}`,
      path: `/room/${team}/message/${root.messageId}?thread=${root.messageId}`,
      content: { isInThread: true },
    });
    expect(of('invitation')?.content).toMatchObject({ room: '#asked' });
    expect(of('reminder')).toMatchObject({ path: '/saved', content: { text: 'tea' } });
  });

  it.each([3, 50_000])(
    'reaches who wants everything of a room of %s, and nobody outside',
    async (members) => {
      await database.rows(sql`update rooms set member_count = ${members} where id = ${team}`);
      for (const one of [bob, eve]) await subscribed(one);
      await database.rows(
        sql`update memberships set level = 'everything' where user_id = ${eve.userId} and room_id = ${team}`,
      );
      const stranger = await signedIn(`stranger${members}`);
      await subscribed(stranger);
      await prefer(stranger, { noticeLevel: 'everything', keywords: ['said'] });
      await send(ann, team, 'it is said');
      await deliver();
      expect(kinds()).toEqual(['everything']);
    },
  );

  it('is not decided for the muted, the quiet, those without a browser, and old events', async () => {
    await subscribed(bob);
    await database.rows(
      sql`update memberships set muted = true where user_id = ${bob.userId} and room_id = ${team}`,
    );
    await send(ann, team, 'muted @bob @eve');
    await prefer(bob, { doNotDisturbUntil: clock.now() + 60_000 });
    await send(ann, talk, 'quiet');
    await decideAll();
    await prefer(bob, {});
    await send(ann, talk, 'long ago');
    clock.elapse(2 * 3_600_000);
    await decideAll();
    expect(await ends()).toEqual([]);
  });

  it('is dropped for what was read, deleted or left before it went out, and says so', async () => {
    await subscribed(bob);
    const read = await send(ann, talk, 'read me');
    await decideAll();
    await handlers['read.upTo'](bob, { roomId: talk, ordinal: read.ordinal ?? 0 });
    const gone = await send(ann, talk, 'never mind');
    await decideAll();
    await handlers['message.delete'](ann, { messageId: gone.messageId });
    const room = await world.room(ann, [bob], { name: 'left' });
    await decideAll();
    await handlers['room.leave'](bob, { roomId: room });
    await deliver();
    expect(arrived).toEqual([]);
    expect((await ends()).map(({ reason }) => reason)).toEqual(['read', 'deleted', 'no longer in the room']);
  });

  it('waits while its person is active elsewhere, and goes out when they leave', async () => {
    await subscribed(bob);
    presences[bob.userId] = 'online';
    await send(ann, talk, 'are you there?');
    await deliver();
    expect(arrived).toEqual([]);
    presences[bob.userId] = 'offline';
    await deliver(16_000);
    expect(kinds()).toEqual(['direct']);
    presences[bob.userId] = 'online';
    await send(ann, talk, 'and now?');
    await deliver();
    for (let n = 0; n < 8; n += 1) await deliver(16_000);
    expect(arrived).toHaveLength(1);
    expect((await ends()).at(-1)).toMatchObject({
      outcome: 'needless',
      reason: 'active elsewhere',
      attempts: 1,
    });
  });

  it('tells nothing of what was written where person or administrator want it so', async () => {
    await subscribed(bob, { hidesContent: true });
    await send(ann, talk, 'secret');
    await deliver();
    await database.rows(sql`update push_subscriptions set hides_content = false`);
    await send(ann, talk, 'secret again');
    await decideAll();
    clock.elapse(2_000);
    await deliverDue({ ...deps, pushMode: 'without-content' });
    expect(arrived.map(({ payload }) => payload.content)).toEqual([null, null]);
    expect(JSON.stringify(arrived)).not.toContain('secret');
  });
});

describe('delivery', () => {
  it('happens once, however many nodes do it', async () => {
    await subscribed(bob);
    for (let n = 0; n < 30; n += 1) await send(ann, talk, `message ${n}`);
    await decideAll();
    clock.elapse(2_000);
    await Promise.all([deliverDue(deps), deliverDue(deps), deliverDue(deps)]);
    expect(arrived).toHaveLength(30);
    expect(new Set(arrived.map(({ payload }) => payload.path)).size).toBe(30);
  });

  it('forgets nothing when a node dies half-way', async () => {
    await subscribed(bob);
    await send(ann, talk, 'one');
    await decideAll();
    clock.elapse(2_000);
    // It has claimed, and is not heard of any more.
    await database.rows(
      sql`update notifications set due_at = ${new Date(clock.now() + 60_000)}, attempts = 1`,
    );
    await deliverDue(deps);
    expect(arrived).toEqual([]);
    await deliver(61_000);
    await deliver(61_000);
    expect(kinds()).toEqual(['direct']);
  });

  it('does not decide twice what was read again', async () => {
    await subscribed(bob);
    // What was told before is too long ago to be told by whoever begins anew.
    clock.elapse(2 * 3_600_000);
    await send(ann, talk, 'once');
    await deliver();
    await database.rows(sql`delete from readers where name = 'notifications'`);
    await deliver();
    expect(kinds()).toEqual(['direct']);
  });

  it('is tried again with growing pauses, and given up with the reason kept', async () => {
    await subscribed(bob);
    status = null;
    await send(ann, talk, 'hello?');
    await deliver();
    expect(await ends()).toMatchObject([{ outcome: null, reason: 'nobody answers', attempts: 1 }]);
    await deliver(5_000);
    expect((await ends())[0]?.attempts).toBe(1);
    for (let n = 1; n < limits.pushAttemptsMax; n += 1) await deliver(10_000 * 4 ** n);
    expect(await ends()).toEqual([
      { outcome: 'failed', reason: 'nobody answers', attempts: limits.pushAttemptsMax },
    ]);
    const { devices } = await calls['push.list'](bob, {});
    expect(devices).toMatchObject([{ last: { outcome: 'failed', reason: 'nobody answers' } }]);
  });

  it('goes on when the service is back, and ends a subscription that is over', async () => {
    await subscribed(bob);
    status = 503;
    await send(ann, talk, 'one');
    await deliver();
    status = 201;
    await deliver(11_000);
    expect(kinds()).toEqual(['direct']);
    status = 410;
    await send(ann, talk, 'two');
    await deliver();
    expect((await calls['push.list'](bob, {})).devices).toEqual([]);
    expect((await ends()).at(-1)).toMatchObject({ outcome: 'failed' });
  });

  it('keeps how it ended for some days', async () => {
    await subscribed(bob);
    await send(ann, talk, 'one');
    await deliver();
    await removeEnded(deps);
    expect(await ends()).toHaveLength(1);
    clock.elapse((limits.notificationDaysMax + 1) * 86_400_000);
    await removeEnded(deps);
    expect(await ends()).toEqual([]);
  });
});

describe('subscriptions', () => {
  it('are one for a browser, and follow to the newest session', async () => {
    const browser = await subscribed(bob);
    const input = { endpoint: browser.endpoint, keys: browser.keys, hidesContent: true };
    await calls['push.subscribe'](bob, input);
    expect((await calls['push.list'](bob, {})).devices).toMatchObject([
      { device: 'Firefox on Linux', isCurrent: true, hidesContent: true, last: null },
    ]);
    await calls['push.subscribe'](eve, input);
    expect((await calls['push.list'](bob, {})).devices).toEqual([]);
    const stranger = createPushBrowser(browser.endpoint);
    await expect(
      calls['push.subscribe'](ann, { endpoint: browser.endpoint, keys: stranger.keys }),
    ).rejects.toMatchObject({ code: 'taken' });
    expect((await calls['push.list'](eve, {})).devices).toHaveLength(1);
  });

  it('end with the session', async () => {
    const guest = await signedIn('guest');
    const room = await world.direct(ann, [guest]);
    await subscribed(guest);
    await send(ann, room, 'for you');
    await decideAll();
    await database.rows(sql`delete from sessions where id = ${guest.sessionId}`);
    await deliver();
    expect(arrived).toEqual([]);
    expect(await ends()).toMatchObject([{ outcome: 'needless', reason: 'the browser is signed out' }]);
  });

  it('are ended by their person alone', async () => {
    await subscribed(bob);
    const [device] = (await calls['push.list'](bob, {})).devices;
    const input = { deviceId: device?.id ?? '' };
    await expect(calls['push.unsubscribe'](eve, input)).rejects.toMatchObject({ code: 'not_found' });
    await calls['push.unsubscribe'](bob, input);
    await expect(calls['push.unsubscribe'](bob, input)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are refused beyond the limit, by what may not read or has ended, with wrong keys, and where push is off', async () => {
    for (let n = 0; n < limits.pushDevicesMax; n += 1) await subscribed(eve);
    await expect(subscribed(eve)).rejects.toMatchObject({ code: 'limit_reached' });
    const token = { ...bob, sessionId: null, tokenId: '1' };
    await expect(subscribed({ ...token, scopes: ['write'] })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(subscribed(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(subscribed({ ...bob, sessionId: '1' })).rejects.toMatchObject({ code: 'unauthenticated' });
    const { keys } = createPushBrowser('');
    const wrong = { endpoint: 'https://push.example.org/x', keys: { ...keys, p256dh: 'A'.repeat(87) } };
    await expect(calls['push.subscribe'](bob, wrong)).rejects.toMatchObject({ code: 'invalid' });
    const off = createNotifications({ ...deps, pushMode: 'off' });
    for (const chore of off.chores) void chore.close();
    const right = { endpoint: 'https://push.example.org/x', keys };
    await expect(off.handlers['push.subscribe'](bob, right)).rejects.toMatchObject({ code: 'turned_off' });
    await expect(off.handlers['push.test'](bob, {})).rejects.toMatchObject({ code: 'turned_off' });
    expect(await off.handlers['push.key'](bob, {})).toMatchObject({ publicKey: null });
  });

  it('are tried with one of each kind, not too often, also while active', async () => {
    await subscribed(bob);
    presences[bob.userId] = 'online';
    expect(await calls['push.test'](bob, {})).toEqual({ count: 7, byMail: false });
    await expect(calls['push.test'](bob, {})).rejects.toMatchObject({ code: 'too_many' });
    await deliverDue(deps);
    expect(new Set(kinds()).size).toBe(7);
    expect(arrived.every(({ payload }) => payload.isTest && payload.content === null)).toBe(true);
    clock.elapse(limits.pushTestPeriodMs);
    expect(await calls['push.test'](bob, {})).toEqual({ count: 7, byMail: false });
  });

  it('use keys that are made once', async () => {
    const [one, two] = await Promise.all([calls['push.key'](bob, {}), calls['push.key'](eve, {})]);
    expect(one).toEqual(two);
    expect(Buffer.from(one.publicKey ?? '', 'base64url')).toHaveLength(65);
  });
});
