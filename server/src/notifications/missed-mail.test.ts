import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createMissedWorld } from '../../../tests/support/missed-world.ts';
import { sql } from '../kit/sql.ts';
import { deliverDue as deliverMail } from '../mail/index.ts';
import { gatherMissed } from './index.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const world = await createMissedWorld();
const { handlers, send, database, clock, ann, bob, eve, team, talk, post, deps, mailDeps, presences } = world;
const { after, decideAll, prefer, silent } = world;
beforeEach(world.beginAnew);
afterAll(world.close);

const ends = () =>
  database.rows<{ outcome: string | null; reason: string | null }>(
    sql`select outcome, reason from notifications order by id`,
  );
const mails = () =>
  database.rows<{ outcome: string | null; reason: string | null; attempts: number }>(
    sql`select outcome, reason, attempts from mails order by id`,
  );

describe('mail of what was missed', () => {
  it('comes once after an hour away, by room, in plain text and HTML, with links', async () => {
    const root = await send(bob, team, 'a root');
    const mention = await send(ann, team, 'look **here** @bob');
    await send(ann, team, 'nobody in particular');
    await send(ann, team, 'a <b>reply</b>', { threadId: root.messageId });
    const direct = await send(ann, talk, 'hello Bob');
    expect(await after(59 * minuteMs)).toEqual([]);
    const arrived = await after(2 * minuteMs);
    expect(arrived.map(({ to }) => to)).toEqual([['bob@example.org']]);
    const [letter] = arrived;
    expect(letter?.header('subject')).toBe('What you missed in Acme');
    const url = 'https://chat.example.org';
    for (const part of [
      'While you were away from Acme, 3 things came for you:',
      `== #team ==\n${url}/room/${team}\n\nann, Tue 12:00 PM\n  look here @bob\n  Show: ${url}/room/${team}/message/${mention.messageId}`,
      `== Thread in #team ==\n${url}/room/${team}/message/${root.messageId}?thread=${root.messageId}`,
      `== ann ==\n${url}/room/${talk}`,
      `${url}/room/${talk}/message/${direct.messageId}`,
      'You get this because you were away for an hour.',
      `Change when: ${url}/settings/notifications`,
      'a &lt;b&gt;reply&lt;/b&gt;',
      `<a href="${url}/room/${team}">#team</a>`,
    ]) {
      expect(letter?.raw).toContain(part);
    }
    expect(letter?.raw).not.toContain('nobody in particular');
    expect(await after(3 * hourMs)).toEqual([]);
    expect((await ends()).every(({ outcome }) => outcome === 'mailed')).toBe(true);
    expect(await mails()).toMatchObject([{ outcome: 'sent', attempts: 1 }]);
  });

  it('waits as long as each person chose, or does not come', async () => {
    await prefer(bob, { missedMail: 'quarter' });
    await prefer(eve, { missedMail: 'day' });
    await send(ann, team, '@all come');
    expect((await after(16 * minuteMs)).map(({ to }) => to[0])).toEqual(['bob@example.org']);
    expect(await after(22 * hourMs)).toEqual([]);
    expect((await after(2 * hourMs)).map(({ to }) => to[0])).toEqual(['eve@example.org']);
    await prefer(bob, { missedMail: 'never' });
    await send(ann, talk, 'hello');
    expect(await after(2 * hourMs)).toEqual([]);
  });

  it('tells nothing of what was read, deleted or left meanwhile', async () => {
    const read = await send(ann, talk, 'read me');
    await decideAll();
    await handlers['read.upTo'](bob, { roomId: talk, ordinal: read.ordinal ?? 0 });
    const gone = await send(ann, talk, 'never mind');
    await decideAll();
    await handlers['message.delete'](ann, { messageId: gone.messageId });
    const room = await world.room(ann, [bob], { name: 'left' });
    await decideAll();
    await handlers['room.leave'](bob, { roomId: room });
    expect(await after(2 * hourMs)).toEqual([]);
    expect((await ends()).map(({ reason }) => reason)).toEqual(['read', 'deleted', 'no longer in the room']);
  });

  it('tells nothing of what came before its person was last at a page', async () => {
    await send(ann, talk, 'seen in the page');
    await decideAll();
    clock.elapse(30 * minuteMs);
    presences[bob.userId] = 'online';
    await gatherMissed(deps);
    await send(ann, talk, 'came in the last moment');
    await decideAll();
    clock.elapse(30_000);
    await gatherMissed(deps);
    presences[bob.userId] = 'away';
    const [letter, ...more] = await after(2 * hourMs);
    expect(more).toEqual([]);
    expect(letter?.raw).toContain('came in the last moment');
    expect(letter?.raw).not.toContain('seen in the page');
    expect((await ends())[0]).toEqual({ outcome: 'needless', reason: 'active elsewhere' });
  });

  it('does not come from muted rooms, and not at quiet times but after them', async () => {
    await database.rows(
      sql`update memberships set muted = true where user_id = ${bob.userId} and room_id = ${team}`,
    );
    await send(ann, team, 'muted @bob');
    await prefer(bob, { doNotDisturbUntil: clock.now() + minuteMs });
    await send(ann, talk, 'quiet');
    await decideAll();
    await prefer(bob, {});
    await send(ann, talk, 'before the night');
    await decideAll();
    await prefer(bob, { doNotDisturbUntil: clock.now() + 4 * hourMs });
    expect(await after(2 * hourMs)).toEqual([]);
    const [letter] = await after(2 * hourMs + minuteMs);
    expect(letter?.raw).toContain('before the night');
    expect(letter?.raw).not.toMatch(/muted|hello|quiet/);
  });

  it('says only that there is something new where person or administrator want it so', async () => {
    await prefer(bob, { missedMailHidesContent: true });
    await send(ann, talk, 'secret');
    const [first] = await after(2 * hourMs);
    await prefer(bob, {});
    await send(ann, talk, 'secret');
    await decideAll();
    clock.elapse(2 * hourMs);
    await gatherMissed(deps);
    const before = post.arrived.length;
    const { writers } = silent('without-content');
    await deliverMail({ ...mailDeps, writers: { ...mailDeps.writers, ...writers } });
    for (const letter of [first, post.arrived[before]]) {
      expect(letter?.header('subject')).toBe('Something new for you in Acme');
      expect(letter?.raw).not.toMatch(/secret|ann\b/);
      expect(letter?.raw).toContain('https://chat.example.org/unreads');
    }
  });

  it('speaks the language of its reader, with times of their zone', async () => {
    await database.rows(sql`update users set time_zone = 'Asia/Tokyo' where id = ${bob.userId}`);
    await prefer(bob, { language: 'ja' });
    await send(ann, talk, 'こんにちは');
    const [japanese] = await after(2 * hourMs);
    await prefer(bob, { language: 'de' });
    await send(ann, talk, 'Hallo');
    const [german] = await after(2 * hourMs);
    await database.rows(sql`update users set time_zone = 'UTC' where id = ${bob.userId}`);
    expect(japanese?.header('subject')).toBe('ann – Acme');
    expect(japanese?.raw).toContain('不在の間に Acme であなた宛ての新着が 1 件ありました。');
    expect(german?.raw).toContain('Du bekommst das, weil du eine Stunde nicht da warst.');
    expect(german?.raw).toMatch(/ann, \p{L}{2}\.?,? \d\d:\d\d/u);
  });

  it('stands together in a mail program by place, each letter with an id of its own', async () => {
    await send(ann, talk, 'one');
    const [one] = await after(2 * hourMs);
    await send(ann, talk, 'two');
    const [two] = await after(2 * hourMs);
    await send(ann, team, '@bob three');
    const [three] = await after(2 * hourMs);
    expect(one?.header('subject')).toBe('ann in Acme');
    expect(one?.header('references')).toBe(`<confab-missed-${bob.userId}-room-${talk}@example.org>`);
    expect(two?.header('references')).toBe(one?.header('references'));
    expect(two?.header('in-reply-to')).toBe(one?.header('references'));
    expect(three?.header('references')).toContain(`room-${team}@`);
    expect(new Set([one, two, three].map((mail) => mail?.header('message-id'))).size).toBe(3);
  });

  it('shows some and counts the rest, and no more than so many wait', async () => {
    for (let n = 0; n < limits.missedOfPlaceMax + 3; n += 1) await send(ann, talk, `message ${n}`);
    const [letter] = await after(2 * hourMs);
    expect(letter?.raw).toContain('and 3 more');
    expect(letter?.raw).not.toContain(`message ${limits.missedOfPlaceMax}\n`);
    await database.rows(sql`
      insert into notifications (id, user_id, subscription_id, occasion, kind, at, mail_due_at)
      select nextval('ids'), ${bob.userId}, 0, 'filled:' || n, 'direct', ${new Date(clock.now())}, ${new Date(clock.now() + hourMs)}
      from generate_series(1, ${limits.missedWaitingMax}) n`);
    await send(ann, talk, 'one too many');
    await decideAll();
    const [row] = await database.rows<{ count: number }>(
      sql`select count(*)::int as count from notifications where mail_due_at is not null`,
    );
    expect(row?.count).toBe(limits.missedWaitingMax);
  });

  it('lets nobody write into its headers or its HTML', async () => {
    await database.rows(sql`update users set name = 'Eve <b>"&' where id = ${ann.userId}`);
    const hostile = '</p><script>alert(1)</script> [x](javascript:alert(1))';
    await send(ann, talk, hostile);
    await send(ann, talk, `\`\`\`\n${hostile}\nBcc: eve@example.org\n\`\`\``);
    const [letter] = await after(2 * hourMs);
    await database.rows(sql`update users set name = 'ann' where id = ${ann.userId}`);
    expect(letter?.header('bcc')).toBeNull();
    expect(letter?.to).toEqual(['bob@example.org']);
    const html = letter?.raw.slice(letter.raw.indexOf('<!doctype')) ?? '';
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/<script|href="(?!https:\/\/chat\.example\.org\/)/);
  });
});

describe('delivery', () => {
  it('happens once, however many nodes gather and deliver', async () => {
    for (let n = 0; n < 5; n += 1) await send(ann, team, `@all ${n}`);
    await decideAll();
    clock.elapse(2 * hourMs);
    const before = post.arrived.length;
    await Promise.all([1, 2, 3].map(() => gatherMissed(deps)));
    await Promise.all([1, 2, 3].map(() => deliverMail(mailDeps)));
    const to = post.arrived.slice(before).map((mail) => mail.to[0]);
    expect(to.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'bob@example.org',
      'eve@example.org',
    ]);
  });

  it('is tried again after a node has died, as the same letter without what was read since', async () => {
    const read = await send(ann, talk, 'read in between');
    await send(ann, team, '@bob unread');
    await decideAll();
    clock.elapse(2 * hourMs);
    await gatherMissed(deps);
    // A node has claimed it, and is not heard of any more.
    await database.rows(sql`update mails set attempts = 1, due_at = ${new Date(clock.now() + 180_000)}`);
    await handlers['read.upTo'](bob, { roomId: talk, ordinal: read.ordinal ?? 0 });
    // What comes meanwhile waits for the next one.
    await send(ann, talk, 'came since');
    const [letter, ...more] = await after(181_000);
    expect(more).toEqual([]);
    expect(letter?.raw).toContain('@bob unread');
    expect(letter?.raw).not.toMatch(/read in between|came since/);
    const [mail] = await database.rows<{ id: string }>(sql`select id from mails`);
    expect(letter?.header('message-id')).toBe(`<confab-${mail?.id}@example.org>`);
    const [next] = await after(2 * hourMs);
    expect(next?.raw).toContain('came since');
  });

  it('queues one letter of a person at a time while the mail server is busy', async () => {
    await database.rows(sql`update users set email = 'busy-bob@example.org' where id = ${bob.userId}`);
    await send(ann, talk, 'first');
    await after(2 * hourMs);
    await send(ann, talk, 'second');
    await after(90 * minuteMs);
    expect(await mails()).toMatchObject([{ outcome: null }]);
    await database.rows(sql`update users set email = 'bob@example.org' where id = ${bob.userId}`);
    const first = await after(2 * hourMs);
    const second = await after(2 * minuteMs);
    expect([...first, ...second].map(({ raw }) => /\n {2}(\w+)\n/.exec(raw)?.[1])).toEqual([
      'first',
      'second',
    ]);
  });

  it('goes to nobody who was deactivated', async () => {
    await send(ann, talk, 'hello');
    await decideAll();
    clock.elapse(2 * hourMs);
    await gatherMissed(deps);
    await database.rows(sql`update users set deactivated_at = now() where id = ${bob.userId}`);
    expect(await after(0)).toEqual([]);
    expect(await mails()).toMatchObject([{ outcome: 'needless', reason: 'deactivated' }]);
  });

  it('ends what is days old', async () => {
    await send(ann, talk, 'hello');
    expect(await after(5 * 24 * hourMs)).toEqual([]);
    expect(await ends()).toEqual([{ outcome: 'failed', reason: 'it became too late' }]);
  });
});
