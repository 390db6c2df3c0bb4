import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createPushWorld } from '../../../tests/support/push-world.ts';
import { sql } from '../kit/sql.ts';
import { remindDue } from '../reminders/index.ts';
import { deliverDue } from './index.ts';
import { removeEnded } from './store.ts';

const world = await createPushWorld();
const {
  handlers,
  send,
  database,
  clock,
  ann,
  bob,
  eve,
  team,
  talk,
  service,
  deps,
  presences,
  calls,
  decideAll,
  signedIn,
  prefer,
  deliver,
  ends,
  subscribed,
} = world;
beforeEach(world.beginAnew);
afterAll(world.close);

const kinds = (): string[] => service.arrived.map(({ payload }) => payload.kind);

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
    expect(service.arrived.map(({ payload }) => payload)).toEqual(
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
    expect(new Set(service.arrived.map(({ topic }) => topic)).size).toBe(2);
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
    const of = (kind: string) => service.arrived.find(({ payload }) => payload.kind === kind)?.payload;
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
    expect(service.arrived).toEqual([]);
    expect((await ends()).map(({ reason }) => reason)).toEqual(['read', 'deleted', 'no longer in the room']);
  });

  it('waits while its person is active elsewhere, and goes out when they leave', async () => {
    await subscribed(bob);
    presences[bob.userId] = 'online';
    await send(ann, talk, 'are you there?');
    await deliver();
    expect(service.arrived).toEqual([]);
    presences[bob.userId] = 'offline';
    await deliver(16_000);
    expect(kinds()).toEqual(['direct']);
    presences[bob.userId] = 'online';
    await send(ann, talk, 'and now?');
    await deliver();
    for (let n = 0; n < 8; n += 1) await deliver(16_000);
    expect(service.arrived).toHaveLength(1);
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
    expect(service.arrived.map(({ payload }) => payload.content)).toEqual([null, null]);
    expect(JSON.stringify(service.arrived)).not.toContain('secret');
  });
});

describe('delivery', () => {
  it('happens once, however many nodes do it', async () => {
    await subscribed(bob);
    for (let n = 0; n < 30; n += 1) await send(ann, talk, `message ${n}`);
    await decideAll();
    clock.elapse(2_000);
    await Promise.all([deliverDue(deps), deliverDue(deps), deliverDue(deps)]);
    expect(service.arrived).toHaveLength(30);
    expect(new Set(service.arrived.map(({ payload }) => payload.path)).size).toBe(30);
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
    expect(service.arrived).toEqual([]);
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
    service.status = null;
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
    service.status = 503;
    await send(ann, talk, 'one');
    await deliver();
    service.status = 201;
    await deliver(11_000);
    expect(kinds()).toEqual(['direct']);
    service.status = 410;
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
