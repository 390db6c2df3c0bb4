/** Answers by mail, over a real connection: what becomes of them, and of what is none. */
import { connect } from 'node:net';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createMissedWorld } from '../../../tests/support/missed-world.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import { deliverDue, forMailKey, makeReplyAddress } from '../mail/index.ts';
import { createNotifications, gatherMissed } from '../notifications/index.ts';
import { openSmtpDoor, type MailDoor } from '../platform/mail-door/index.ts';
import { createReplies } from './index.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const replyAddress = 'reply@chat.example.org';
const world = await createMissedWorld();
const { handlers, send, database, clock, ann, bob, eve, team, talk, post, deps, mailDeps, decideAll } = world;
let door: MailDoor;
let isTooFast = false;
let fault: Error | null = null;

beforeAll(async () => {
  const replies = createReplies({
    ...deps,
    replyAddress,
    send: ({ userId }, input) => {
      if (fault !== null) throw fault;
      return handlers['message.send']({ ...ann, userId }, input);
    },
    admit() {
      if (isTooFast) throw new Refusal('too_many', { retryAfterMs: 1_000 });
    },
  });
  door = await openSmtpDoor({
    host: '127.0.0.1',
    port: 0,
    bytesMax: limits.mailReplyBytesMax,
    keeper: replies,
    logbook: deps.logbook,
  });
});
afterAll(async () => {
  await door.close();
  await world.close();
});
beforeEach(async () => {
  isTooFast = false;
  fault = null;
  await world.beginAnew();
});

/** To whom a letter to somebody of this message can be answered. */
async function answerTo(
  messageId: string,
  userId = bob.userId,
  expiresAt = clock.now() + dayMs,
): Promise<string> {
  const key = await forMailKey(database, { random: deps.random, now: clock.now() });
  return makeReplyAddress(key, { base: replyAddress, userId, messageId, expiresAt });
}
let sent = 0;
/** @returns what the door said; 250 when it took it */
async function mail(to: string, more: SendMailOptions = {}): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: door.port, ignoreTLS: true });
  const given = {
    from: 'Bob <bob@example.org>',
    to,
    text: 'yes',
    messageId: `<${(sent += 1)}@example.org>`,
    ...more,
  };
  try {
    return (await transport.sendMail(given)).response;
  } catch (error) {
    return error instanceof Error ? (/\d{3} .*/s.exec(error.message)?.[0] ?? error.message) : '';
  } finally {
    transport.close();
  }
}
const said = (threadId: string | null, roomId = team) =>
  database.rows<{ text: string; author_id: string }>(sql`
    select text, author_id from messages where room_id = ${roomId} and thread_id is not distinct from ${threadId}
    order by id`);

describe('an answer by mail', () => {
  it('stands in the thread of the message, without what is quoted', async () => {
    const { messageId } = await send(ann, team, '@bob when?');
    const text = 'tomorrow :tea:\n\n-- \nBob\n';
    expect(await mail(await answerTo(messageId), { text, html: '<p>tomorrow</p>' })).toMatch(/^250/);
    const [first] = await said(messageId);
    expect(first).toEqual({ text: 'tomorrow :tea:', author_id: bob.userId });
    const reply = await send(ann, team, 'where?', { threadId: messageId });
    expect(await mail((await answerTo(reply.messageId)).toUpperCase(), { text: 'here' })).toMatch(/^250/);
    expect((await said(messageId)).map((one) => one.text)).toEqual(['tomorrow :tea:', 'where?', 'here']);
  });

  it('stands in the conversation where it answers one', async () => {
    const { messageId } = await send(ann, talk, 'hello Bob');
    expect(await mail(await answerTo(messageId), { text: 'hello Ann' })).toMatch(/^250/);
    expect((await said(null, talk)).at(-1)).toEqual({ text: 'hello Ann', author_id: bob.userId });
  });

  it('is one message however often a mail server brings it', async () => {
    const { messageId } = await send(ann, team, '@bob when?');
    const to = await answerTo(messageId);
    const again = { messageId: '<same@example.org>', text: 'once' };
    const answers = await Promise.all([mail(to, again), mail(to, again), mail(to, again)]);
    expect(answers.every((one) => one.startsWith('250'))).toBe(true);
    expect(await mail(to, again)).toMatch(/^250/);
    expect(await said(messageId)).toHaveLength(1);
    await mail(to, { text: 'twice' });
    await mail(to, { text: 'twice' });
    expect(await said(messageId)).toHaveLength(3);
  });

  it('goes where the letter said: to all of it, or by message', async () => {
    const { writers, chores } = createNotifications({ ...deps, replyAddress });
    for (const chore of chores) void chore.close();
    const letter = async () => {
      await decideAll();
      clock.elapse(2 * hourMs);
      const before = post.arrived.length;
      await gatherMissed(deps);
      await deliverDue({ ...mailDeps, writers: { ...mailDeps.writers, ...writers } });
      return post.arrived.slice(before).find(({ to }) => to.includes('bob@example.org'));
    };
    await send(ann, talk, 'one');
    await send(ann, talk, 'two');
    const one = await letter();
    const to = one?.header('reply-to') ?? '';
    expect(one?.raw).toContain('Answer this mail to write there.');
    expect(await mail(to, { text: 'by the header' })).toMatch(/^250/);
    expect((await said(null, talk)).at(-1)?.text).toBe('by the header');

    const { messageId } = await send(ann, team, '@bob three');
    await send(ann, talk, 'four');
    const both = await letter();
    expect(both?.header('reply-to')).toBeNull();
    const [, first = ''] = /Answer by mail: mailto:(\S+)/.exec(both?.raw ?? '') ?? [];
    expect(await mail(first, { text: 'by the link' })).toMatch(/^250/);
    expect((await said(messageId)).map(({ text }) => text)).toEqual(['by the link']);

    await world.prefer(bob, { missedMailHidesContent: true });
    await send(ann, talk, 'five');
    const silent = await letter();
    expect(silent?.raw).not.toContain('reply+');
  });
});

describe('is refused in words', () => {
  it.each([
    ['another sender', { from: 'eve@example.org' }, /^550 .*Please answer from the address/],
    [
      'several senders',
      { from: 'bob@example.org, eve@example.org' },
      /^550 .*Please answer from the address/,
    ],
    ['files', { attachments: [{ filename: 'a.pdf', content: 'x' }] }, /^550 .*Files are not taken/],
    [
      'a mail in a mail',
      { attachments: [{ contentType: 'message/rfc822', content: 'Subject: x\r\n\r\ny' }] },
      /^550 .*Files/,
    ],
    ['only quotations', { text: '> when?\n' }, /^550 .*no text above/],
    ['only HTML without words', { text: '', html: '<img src="x">' }, /^550 .*no text above/],
    ['a book', { text: 'x'.repeat(limits.messageCharsMax + 1) }, /^550 .*Too long/],
    ['a mail of short lines', { text: 'x\n'.repeat(20_000) }, /^550 .*no mail that can be read/],
    ['a huge mail', { text: 'x'.repeat(1_100_000) }, /^(552|550) /],
  ] as [string, SendMailOptions, RegExp][])('%s', async (_, given, expected) => {
    const { messageId } = await send(ann, team, '@bob when?');
    expect(await mail(await answerTo(messageId), given)).toMatch(expected);
    expect(await said(messageId)).toEqual([]);
  });

  it('who may not write there (any more)', async () => {
    const room = await world.room(ann, [bob], { name: 'left' });
    const { messageId } = await send(ann, room, '@bob when?');
    await handlers['room.leave'](bob, { roomId: room });
    expect(await mail(await answerTo(messageId))).toMatch(/^550 .*does not exist, or you cannot see it/);
    const other = await send(ann, talk, 'not for Eve');
    expect(await mail(await answerTo(other.messageId, eve.userId), { from: 'eve@example.org' })).toMatch(
      /^550/,
    );
    const archived = await world.room(ann, [bob], { name: 'old' });
    const old = await send(ann, archived, 'long ago');
    await handlers['room.change'](ann, { roomId: archived, archived: true });
    expect(await mail(await answerTo(old.messageId))).toMatch(/^550 .*archived/);
    await database.rows(sql`update users set deactivated_at = now() where id = ${bob.userId}`);
    expect(await mail(await answerTo(messageId))).toMatch(/^550 .*no such address/);
  });

  it('what is no address of ours, before anything is sent there', async () => {
    const { messageId } = await send(ann, team, '@bob when?');
    const to = await answerTo(messageId);
    const [name = ''] = to.split('@');
    for (const wrong of [
      replyAddress,
      'postmaster@chat.example.org',
      `${name}@elsewhere.example.org`,
      `${name.slice(0, -1)}${name.endsWith('q') ? 'a' : 'q'}@chat.example.org`,
      `reply+${'a'.repeat(52)}@chat.example.org`,
    ]) {
      expect(await mail(wrong), wrong).toMatch(/^550 .*no such address/);
    }
    const late = await answerTo(messageId, bob.userId, clock.now() - 2 * dayMs);
    expect(await mail(late)).toMatch(/^550 .*expired/);
    expect(await said(messageId)).toEqual([]);
  });

  it('for a while: who is too fast, and whom we cannot serve', async () => {
    const { messageId } = await send(ann, team, '@bob when?');
    const to = await answerTo(messageId);
    isTooFast = true;
    expect(await mail(to)).toMatch(/^451 .*too fast/);
    isTooFast = false;
    fault = new Error('the secret of the database');
    expect(await mail(to)).toMatch(/^451 [\d. ]*Not possible at the moment/);
    fault = null;
    expect(await mail(to)).toMatch(/^250/);
  });
});

describe('is taken and dropped', () => {
  it.each([
    ['a note of absence', { headers: { 'Auto-Submitted': 'auto-replied' } }],
    ['one of old', { headers: { Precedence: 'auto_reply' } }],
    ['a list', { headers: { 'List-Id': '<list.example.org>' } }],
    ['what must not be answered', { envelope: { from: '' } }],
  ] as [string, SendMailOptions][])('%s', async (_, given) => {
    const { messageId } = await send(ann, team, '@bob when?');
    const to = await answerTo(messageId);
    const { envelope, ...rest } = given;
    const answer = await mail(to, envelope === undefined ? rest : { ...rest, envelope: { from: '', to } });
    expect(answer).toMatch(/^250/);
    expect(await said(messageId)).toEqual([]);
  });
});

describe('the door', () => {
  /** A conversation with it, line by line. @returns all it said until it or the end came */
  const talkTo = (lines: readonly string[]): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(door.port, '127.0.0.1');
      const left = [...lines];
      let heard = '';
      socket.on('data', (bytes) => {
        heard += String(bytes);
        if (!/^\d{3} .*\r\n$/m.test(heard.split('\r\n').slice(-2).join('\r\n'))) return;
        const next = left.shift();
        if (next === undefined) socket.end('QUIT\r\n');
        else socket.write(next);
      });
      socket.on('error', () => resolve(heard));
      socket.on('close', () => resolve(heard));
    });
  const raw = async (body: string): Promise<string> => {
    const { messageId } = await send(ann, team, '@bob when?');
    const to = await answerTo(messageId);
    const heard = await talkTo([
      'EHLO mx\r\n',
      'MAIL FROM:<bob@example.org>\r\n',
      `RCPT TO:<${to}>\r\n`,
      'DATA\r\n',
      `${body}\r\n.\r\n`,
    ]);
    return `${heard}\n${(await said(messageId)).map(({ text }) => text).join('|')}`;
  };

  it('takes one recipient at a time, and offers neither passwords nor TLS', async () => {
    const { messageId } = await send(ann, team, '@bob when?');
    const to = await answerTo(messageId);
    const heard = await talkTo([
      'EHLO mx\r\n',
      'MAIL FROM:<b@x.org>\r\n',
      `RCPT TO:<${to}>\r\n`,
      `RCPT TO:<a${to}>\r\n`,
    ]);
    expect(heard).toContain('SIZE 1000000');
    expect(heard).not.toMatch(/AUTH|STARTTLS/);
    expect(heard).toMatch(/452 .*too many recipients/i);
  });

  it.each([
    [
      'parts in parts without end',
      `From: bob@example.org\r\n${Array.from({ length: 200 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')}`,
    ],
    ['headers without end', `From: bob@example.org\r\nX: ${'x'.repeat(100_000)}\r\n\r\nhi`],
  ])('refuses %s', async (_, body) => expect(await raw(body)).toMatch(/550 .*no mail that can be read/));

  it('reads what is odd', async () => {
    const odd = 'From: "Eve <eve@example.org>" <BOB@example.org>\r\n';
    expect(
      await raw(
        `${odd}Content-Type: text/plain; charset=shift_jis\r\nContent-Transfer-Encoding: base64\r\n\r\ng3aBW4OL`,
      ),
    ).toMatch(/\nプール$/);
    expect(await raw(`${odd}Content-Type: text/plain; charset=nothing\r\n\r\nplain`)).toMatch(/\nplain$/);
    expect(await raw(`${odd}\r\nlone\r\n..dot`)).toMatch(/\nlone\n\.dot$/);
    expect(await raw(`${odd}\r\nzero\u0000byte`)).toMatch(/250|550/);
    expect(await raw('no header at all')).toMatch(/550 .*Please answer from/);
    expect(await raw(`From: eve@example.org\r\n${odd}\r\ntwo headers`)).toMatch(/550 .*Please answer from/);
  });

  it('goes on after nonsense, and after those who hang up', async () => {
    await talkTo([`${'x'.repeat(40_000)}\r\n`]);
    await talkTo(['EHLO mx\r\n', 'DATA\r\n']);
    const socket = connect(door.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    const { messageId } = await send(ann, team, '@bob when?');
    expect(await mail(await answerTo(messageId))).toMatch(/^250/);
  });
});
