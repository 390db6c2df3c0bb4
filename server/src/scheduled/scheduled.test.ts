import { limits, type Input } from '@confab/protocol';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import { sendDue, type ScheduledDeps } from './index.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, clock, log, fresh } = world;

const minuteMs = 60_000;
const ann = await world.person('ann');
const bob = await world.person('bob');
const roomId = await world.room(ann, [bob]);
const { messageId: threadId } = await world.send(ann, roomId, 'root');

const deps: ScheduledDeps = {
  database,
  log,
  clock,
  send: ({ userId }, input) => handlers['message.send']({ ...ann, userId }, input),
};

const listOf = async (caller: Caller) => (await handlers['scheduled.list'](caller, {})).scheduled;
const textsIn = async (room: string) =>
  (await handlers['room.history'](ann, { roomId: room, limit: 100 })).messages.map(({ text }) => text);

async function schedule(
  caller: Caller,
  text: string,
  rest: Partial<Input<'message.schedule'>> = {},
): Promise<string> {
  const input = { roomId, clientId: fresh(), text, sendAt: clock.now() + minuteMs, ...rest };
  return (await handlers['message.schedule'](caller, input)).scheduledId;
}

beforeEach(async () => {
  await database.rows(sql`delete from scheduled_messages`);
  await world.told();
});

describe('scheduled messages', () => {
  it('are listed by time, in the snapshot too, and made once per client id', async () => {
    const clientId = fresh();
    const late = await schedule(ann, 'late', { sendAt: clock.now() + 2 * minuteMs });
    const id = await schedule(ann, 'soon', { clientId, threadId, alsoInRoom: true, quoteId: threadId });
    expect(await schedule(ann, 'again', { clientId })).toBe(id);
    const list = await listOf(ann);
    expect(list).toMatchObject([
      { id, roomId, threadId, alsoInRoom: true, quoteId: threadId, text: 'soon', failure: null },
      { id: late, text: 'late' },
    ]);
    expect((await handlers['sync.snapshot'](ann, {})).scheduled).toEqual(list);
    expect(await listOf(bob)).toEqual([]);
    expect(outline(await world.told())).toEqual(Array(2).fill(`user:${ann.userId} scheduled.changed`));
    await handlers['scheduled.delete'](ann, { scheduledId: id });
    expect(await schedule(ann, 'after deleting', { clientId })).toBe(id);
    expect(await listOf(ann)).toHaveLength(1);
  });

  it('are sent when their time has come, once, and not before', async () => {
    const id = await schedule(ann, 'at nine', { threadId, alsoInRoom: true });
    await sendDue(deps);
    expect(await textsIn(roomId)).not.toContain('at nine');
    clock.elapse(minuteMs);
    await Promise.all([sendDue(deps), sendDue(deps), sendDue(deps)]);
    await sendDue(deps);
    expect((await textsIn(roomId)).filter((text) => text === 'at nine')).toHaveLength(1);
    expect(await listOf(ann)).toEqual([]);
    const told = (await world.told()).filter(({ name }) => name === 'scheduled.removed');
    expect(told).toMatchObject([{ stream: `user:${ann.userId}`, data: { scheduledId: id } }]);
    const { messageId = '' } = (told[0]?.data ?? {}) as { messageId?: string };
    const { message } = await handlers['message.get'](bob, { messageId });
    expect(message).toMatchObject({ text: 'at nine', authorId: ann.userId, threadId });
  });

  it('of one person are sent in the order of their times, whoever writes beside them', async () => {
    for (const [text, minutes] of [
      ['c', 3],
      ['a', 1],
      ['d', 4],
      ['b', 2],
    ] as const) {
      await schedule(ann, `in order ${text}`, { sendAt: clock.now() + minutes * minuteMs });
      await schedule(bob, `beside ${text}`);
    }
    clock.elapse(4 * minuteMs);
    await sendDue(deps);
    const sent = (await textsIn(roomId)).filter((text) => text.startsWith('in order'));
    expect(sent).toEqual(['a', 'b', 'c', 'd'].map((text) => `in order ${text}`));
    expect(await listOf(bob)).toEqual([]);
  });

  it('are not tried without pause while the server is busy', async () => {
    const now = new Date(clock.now());
    await database.rows(sql`
      insert into scheduled_messages (id, user_id, client_id, room_id, also_in_room, text, send_at, created_at, state)
      select nextval('ids'), case when n <= 30 then ${ann.userId}::bigint else ${bob.userId}::bigint end, 'made-' || n,
        ${roomId}, false, 'waits', ${now}, ${now}, 'waiting'
      from generate_series(1, 60) n`);
    let tries = 0;
    const busy: ScheduledDeps = {
      ...deps,
      send() {
        tries += 1;
        return Promise.reject(new Refusal('busy'));
      },
    };
    await sendDue(busy);
    expect(tries).toBe(2);
    expect((await listOf(ann)).filter(({ failure }) => failure === null)).toHaveLength(30);
  });

  it('are sent once when the node dies between sending and taking them off the list', async () => {
    await schedule(ann, 'only once');
    clock.elapse(minuteMs);
    const dying: ScheduledDeps = {
      ...deps,
      async send(author, input) {
        await deps.send(author, input);
        throw new Error('the node died');
      },
    };
    await expect(sendDue(dying)).rejects.toThrow('the node died');
    await sendDue(deps);
    expect(await listOf(ann)).toHaveLength(1);
    clock.elapse(minuteMs);
    await sendDue(deps);
    expect(await listOf(ann)).toEqual([]);
    expect((await textsIn(roomId)).filter((text) => text === 'only once')).toHaveLength(1);
  });

  it('stay listed as failed when they can no longer be sent, and can be sent later', async () => {
    const open = await world.room(bob, [], { kind: 'public' });
    await handlers['room.join'](ann, { roomId: open });
    const archived = await schedule(ann, 'archived', { roomId: open });
    await handlers['room.change'](bob, { roomId: open, archived: true });
    clock.elapse(minuteMs);
    await sendDue(deps);
    expect(await listOf(ann)).toMatchObject([
      { id: archived, text: 'archived', failure: { code: 'archived', at: clock.now() } },
    ]);
    await world.told();
    await sendDue(deps);
    expect(await world.told()).toEqual([]);
    const now = handlers['scheduled.sendNow'](ann, { scheduledId: archived });
    await expect(now).rejects.toMatchObject({ code: 'archived' });
    await handlers['room.change'](bob, { roomId: open, archived: false });
    await handlers['room.leave'](ann, { roomId: open });
    await handlers['scheduled.change'](ann, { scheduledId: archived, text: 'changed' });
    await sendDue(deps);
    expect(await listOf(ann)).toMatchObject([{ text: 'changed', failure: { code: 'not_found' } }]);
    await handlers['room.join'](ann, { roomId: open });
    const { messageId } = await handlers['scheduled.sendNow'](ann, { scheduledId: archived });
    const again = await handlers['scheduled.sendNow'](ann, { scheduledId: archived });
    expect(again.messageId).toBe(messageId);
    expect(await textsIn(open)).toEqual(['changed']);
  });

  it('of somebody who was deactivated fail', async () => {
    const eve = await world.person('eve');
    await handlers['room.invite'](ann, { roomId, userIds: [eve.userId] });
    await schedule(eve, 'too late');
    await database.rows(sql`update users set deactivated_at = now() where id = ${eve.userId}`);
    clock.elapse(minuteMs);
    await sendDue(deps);
    expect(await listOf(eve)).toMatchObject([{ failure: { code: 'not_found' } }]);
  });

  it('wait on when the server is busy, and cannot be changed while they are being sent', async () => {
    const scheduledId = await schedule(ann, 'busy');
    clock.elapse(minuteMs);
    await sendDue({
      ...deps,
      async send() {
        const change = handlers['scheduled.change'](ann, { scheduledId, text: 'x' });
        await expect(change).rejects.toMatchObject({ code: 'conflict' });
        const gone = handlers['scheduled.delete'](ann, { scheduledId });
        await expect(gone).rejects.toMatchObject({ code: 'conflict' });
        throw new Refusal('busy');
      },
    });
    expect(await listOf(ann)).toMatchObject([{ text: 'busy', failure: null }]);
    await sendDue(deps);
    expect(await textsIn(roomId)).toContain('busy');
  });
});

describe('scheduling', () => {
  it('is refused for times past or far, and where one may not write', async () => {
    const other = await world.room(bob, []);
    const moderated = await world.room(bob, [ann], { posting: 'moderators' });
    const { messageId: elsewhere } = await world.send(bob, other, 'root');
    const { messageId: inModerated } = await world.send(bob, moderated, 'root');
    const cases: [Partial<Input<'message.schedule'>>, string][] = [
      [{ sendAt: clock.now() }, 'invalid'],
      [{ sendAt: clock.now() + 121 * 24 * 60 * minuteMs }, 'invalid'],
      [{ text: '  ' }, 'invalid'],
      [{ text: 'a\u0000' }, 'invalid'],
      [{ roomId: other }, 'not_found'],
      [{ roomId: '999999999' }, 'not_found'],
      [{ roomId: moderated }, 'forbidden'],
      [{ threadId: elsewhere }, 'not_found'],
      [{ threadId: inModerated }, 'not_found'],
      [{ quoteId: elsewhere }, 'not_found'],
    ];
    for (const [input, code] of cases) {
      await expect(schedule(ann, 'x', input), JSON.stringify(input)).rejects.toMatchObject({ code });
    }
    expect(await listOf(ann)).toEqual([]);
  });

  it("leaves other people's alone", async () => {
    const scheduledId = await schedule(ann, 'mine');
    const change = handlers['scheduled.change'](bob, { scheduledId, text: 'yours' });
    await expect(change).rejects.toMatchObject({ code: 'not_found' });
    const now = handlers['scheduled.sendNow'](bob, { scheduledId });
    await expect(now).rejects.toMatchObject({ code: 'not_found' });
    await handlers['scheduled.delete'](bob, { scheduledId });
    expect(await listOf(ann)).toMatchObject([{ text: 'mine' }]);
  });

  it('is limited in number', async () => {
    for (let n = 0; n < limits.scheduledMax; n += 1) await schedule(bob, `message ${n}`);
    const one = schedule(bob, 'one more');
    await expect(one).rejects.toMatchObject({ code: 'limit_reached', data: { limit: 100 } });
    const [first] = await listOf(bob);
    await handlers['scheduled.delete'](bob, { scheduledId: first?.id ?? '' });
    await expect(schedule(bob, 'one more')).resolves.toBeDefined();
  });
});
