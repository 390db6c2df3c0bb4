import { limits, type Input } from '@confab/protocol';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { remindDue } from './index.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, clock, fresh } = world;

const minuteMs = 60_000;
const ann = await world.person('ann');
const bob = await world.person('bob');
const roomId = await world.room(ann, [bob]);
const { messageId } = await world.send(ann, roomId, 'remember me');

const listOf = async (caller: Caller) => (await handlers['reminder.list'](caller, {})).reminders;
const completedOf = async (caller: Caller) =>
  (await handlers['reminder.list'](caller, { completed: true })).reminders;

async function remind(caller: Caller, input: Partial<Input<'reminder.create'>>): Promise<string> {
  const made = { clientId: fresh(), remindAt: clock.now() + minuteMs, ...input };
  return (await handlers['reminder.create'](caller, made)).reminderId;
}

beforeEach(async () => {
  await database.rows(sql`delete from reminders`);
  await world.told();
});

describe('reminders', () => {
  it('are of messages, notes or both, by time, in the snapshot too', async () => {
    const later = await remind(ann, { note: ' call the bank ', remindAt: clock.now() + 2 * minuteMs });
    const id = await remind(ann, { messageId, note: 'answer' });
    const reminders = await listOf(ann);
    expect(reminders).toMatchObject([
      { id, messageId, roomId, note: 'answer', dueAt: null },
      { id: later, messageId: null, roomId: null, note: 'call the bank', completedAt: null },
    ]);
    const { messages, users } = await handlers['reminder.list'](ann, {});
    expect(messages.map(({ text }) => text)).toEqual(['remember me']);
    expect(users.map((user) => user.id)).toEqual([ann.userId]);
    expect((await handlers['sync.snapshot'](ann, {})).reminders).toEqual(reminders);
    expect(await listOf(bob)).toEqual([]);
  });

  it('are made once per client id, for ever', async () => {
    const clientId = fresh();
    const id = await remind(ann, { clientId, note: 'once' });
    expect(await remind(ann, { clientId, note: 'once' })).toBe(id);
    await handlers['reminder.delete'](ann, { reminderId: id });
    expect(await remind(ann, { clientId, note: 'once' })).toBe(id);
    expect(await listOf(ann)).toEqual([]);
    expect(outline(await world.told())).toEqual([
      `user:${ann.userId} reminder.changed`,
      `user:${ann.userId} reminder.removed`,
    ]);
  });

  it('fall due once, whoever looks, and stay so until they are put off or completed', async () => {
    const reminderId = await remind(ann, { note: 'now' });
    await remind(bob, { note: 'mine' });
    await world.told();
    await remindDue(world);
    expect(await world.told()).toEqual([]);
    clock.elapse(minuteMs);
    await Promise.all([remindDue(world), remindDue(world), remindDue(world)]);
    const told = await world.told();
    expect(told.filter(({ stream }) => stream === `user:${ann.userId}`)).toMatchObject([
      { name: 'reminder.due', data: { reminder: { id: reminderId, dueAt: clock.now() } } },
    ]);
    expect(told).toHaveLength(2);
    const remindAt = clock.now() + minuteMs;
    await handlers['reminder.change'](ann, { reminderId, note: 'changed' });
    expect(await listOf(ann)).toMatchObject([{ note: 'changed', dueAt: clock.now() }]);
    await handlers['reminder.change'](ann, { reminderId, remindAt });
    expect(await listOf(ann)).toMatchObject([{ remindAt, dueAt: null }]);
    clock.elapse(minuteMs);
    await world.told();
    await remindDue(world);
    expect(outline(await world.told())).toEqual([`user:${ann.userId} reminder.due`]);
    await handlers['reminder.complete'](ann, { reminderId });
    await handlers['reminder.complete'](ann, { reminderId });
    expect(outline(await world.told())).toEqual([`user:${ann.userId} reminder.removed`]);
    expect(await listOf(ann)).toEqual([]);
    expect(await completedOf(ann)).toMatchObject([{ id: reminderId, completedAt: clock.now() }]);
  });

  it('that are completed can be taken up again with a new time only', async () => {
    const reminderId = await remind(ann, { note: 'again' });
    await handlers['reminder.complete'](ann, { reminderId });
    const note = handlers['reminder.change'](ann, { reminderId, note: 'x' });
    await expect(note).rejects.toMatchObject({ code: 'not_found' });
    await handlers['reminder.change'](ann, { reminderId, remindAt: clock.now() + minuteMs });
    expect(await listOf(ann)).toMatchObject([{ id: reminderId, completedAt: null }]);
    expect(await completedOf(ann)).toEqual([]);
  });

  it('that are completed can be cleared; the others stay, and so do other people’s', async () => {
    const [done, kept] = [await remind(ann, { note: 'done' }), await remind(ann, { note: 'kept' })];
    const other = await remind(bob, { note: 'other' });
    await handlers['reminder.complete'](ann, { reminderId: done });
    await handlers['reminder.complete'](bob, { reminderId: other });
    await world.told();
    await handlers['reminder.clear'](ann, {});
    expect(await world.told()).toEqual([]);
    expect(await completedOf(ann)).toEqual([]);
    expect(await listOf(ann)).toMatchObject([{ id: kept }]);
    expect(await completedOf(bob)).toMatchObject([{ id: other }]);
  });

  it('stay when their message can no longer be seen, without it', async () => {
    const other = await world.room(bob, [ann]);
    const secret = await world.send(bob, other, 'for members');
    await remind(ann, { messageId: secret.messageId });
    await handlers['room.removeMember'](bob, { roomId: other, userId: ann.userId });
    clock.elapse(minuteMs);
    await remindDue(world);
    const { reminders, messages } = await handlers['reminder.list'](ann, {});
    expect(reminders).toMatchObject([{ messageId: secret.messageId, roomId: other, dueAt: clock.now() }]);
    expect(messages).toEqual([]);
  });
});

describe('reminding', () => {
  it('is refused for what one may not see, for no time and for nothing', async () => {
    const hidden = await world.send(bob, await world.room(bob, []), 'hidden');
    const deleted = await world.send(ann, roomId, 'deleted');
    await handlers['message.delete'](ann, { messageId: deleted.messageId });
    const cases: [Partial<Input<'reminder.create'>>, string][] = [
      [{ messageId: hidden.messageId }, 'not_found'],
      [{ messageId: deleted.messageId }, 'not_found'],
      [{ messageId: '999999999' }, 'not_found'],
      [{ note: '  ' }, 'invalid'],
      [{}, 'invalid'],
      [{ note: 'a\u0000' }, 'invalid'],
      [{ note: 'x', remindAt: clock.now() }, 'invalid'],
      [{ note: 'x', remindAt: clock.now() + 367 * 24 * 60 * minuteMs }, 'invalid'],
    ];
    for (const [input, code] of cases) {
      await expect(remind(ann, input), JSON.stringify(input)).rejects.toMatchObject({ code });
    }
    expect(await listOf(ann)).toEqual([]);
  });

  it("leaves other people's alone", async () => {
    const reminderId = await remind(ann, { note: 'mine' });
    const change = handlers['reminder.change'](bob, { reminderId, note: 'yours' });
    await expect(change).rejects.toMatchObject({ code: 'not_found' });
    const complete = handlers['reminder.complete'](bob, { reminderId });
    await expect(complete).rejects.toMatchObject({ code: 'not_found' });
    await handlers['reminder.delete'](bob, { reminderId });
    expect(await listOf(ann)).toMatchObject([{ note: 'mine' }]);
    const emptied = handlers['reminder.change'](ann, { reminderId, note: ' ' });
    await expect(emptied).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is limited in number', async () => {
    await database.rows(sql`
      insert into reminders (id, user_id, client_id, note, remind_at, created_at)
      select nextval('ids'), ${bob.userId}, 'made-' || n, 'x', now(), now()
      from generate_series(1, ${limits.remindersMax}::int) n`);
    const one = remind(bob, { note: 'one more' });
    await expect(one).rejects.toMatchObject({ code: 'limit_reached', data: { limit: limits.remindersMax } });
    const [first] = await listOf(bob);
    await handlers['reminder.complete'](bob, { reminderId: first?.id ?? '' });
    await expect(remind(bob, { note: 'one more' })).resolves.toBeDefined();
  });
});
