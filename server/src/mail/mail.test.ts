import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createHouse, refusalOf, type House } from '../../../tests/support/house.ts';
import { startMailServer, type MailServerForTests } from '../../../tests/support/mail-server.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createSmtpMail, readMailServer } from '../platform/mail/index.ts';
import { systemRandom } from '../platform/random/index.ts';
import { createSessions } from '../sessions/index.ts';
import { deliverDue, writeLetter } from './index.ts';
import { removeEnded } from './store.ts';

const minuteMs = 60_000;
let house: House;
let post: MailServerForTests;
let owner: Caller;
let ada: Caller;
let deps: Parameters<typeof deliverDue>[0];

beforeAll(async () => {
  house = await createHouse();
  post = await startMailServer({ login: { user: 'chat', password: 'secret' } });
  owner = await house.setUp();
  ada = await house.person(owner, 'ada');
  const server = readMailServer(`smtp://chat:secret@localhost:${post.port}`);
  if (!server) throw new Error('no mail server');
  const mail = createSmtpMail({ server, from: 'chat@example.org', trusted: post.certificate });
  deps = { ...house, mail, writers: { ...house.writers, missed: () => Promise.resolve('not here') } };
});
afterAll(async () => {
  await post.close();
  await house.close();
});
beforeEach(async () => {
  house.clock.elapse(limits.signInWindowMs);
  await house.database.rows(sql`delete from mails`);
  await house.database.rows(sql`delete from invitations`);
});

const ask = (email: string, from = house.visitor()) => house.handlers['password.forgot'](from, { email });
const rows = () =>
  house.database.rows<{ outcome: string | null; reason: string | null; attempts: number }>(
    sql`select outcome, reason, attempts from mails order by id`,
  );
/** What has arrived since `before`. */
async function arriving(act: () => Promise<unknown>) {
  const before = post.arrived.length;
  await act();
  return post.arrived.slice(before);
}
const secretIn = (raw: string, way: 'reset' | 'join'): string =>
  new RegExp(`https://chat\\.example\\.org/${way}/(\\S+)\n`).exec(raw.replaceAll('\r', ''))?.[1] ?? '';

describe('a forgotten password', () => {
  it('is answered by one link, which works once and is nowhere else', async () => {
    const arrived = await arriving(async () => {
      await ask('ADA@example.org');
      await deliverDue(deps);
      await deliverDue(deps);
    });
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toMatchObject({ to: ['ada@example.org'], isSecure: true, user: 'chat' });
    expect(arrived[0]?.header('subject')).toBe('A new password for Test');
    const token = secretIn(arrived[0]?.raw ?? '', 'reset');
    expect(token).toMatch(/^cfr_[A-Za-z0-9_-]{43}$/);
    const kept = await house.database.rows(sql`select m::text as row from mails m`);
    expect(JSON.stringify(kept)).not.toContain(token);
    // The old password goes on, or strangers could shut people out.
    await house.signIn('ada');
    await house.handlers['password.useReset'](house.visitor(), { token, password: house.password });
    const again = house.handlers['password.useReset'](house.visitor(), { token, password: house.password });
    expect(await refusalOf(again)).toBe('gone');
    expect(await rows()).toEqual([{ outcome: 'sent', reason: null, attempts: 1 }]);
  });

  it('gets the same answer for an address that nobody has, and nothing is sent', async () => {
    const arrived = await arriving(async () => {
      expect(await ask('nobody.here@example.org')).toEqual(await ask('ada@example.org'));
      await house.handlers['user.deactivate'](owner, { userId: ada.userId });
      expect(await ask('ada@example.org')).toEqual({});
      await deliverDue(deps);
      await house.handlers['user.reactivate'](owner, { userId: ada.userId });
    });
    expect(arrived).toEqual([]);
    const reasons = (await rows()).map(({ reason }) => reason);
    expect(reasons).toEqual(['nobody has that address', 'deactivated', 'nobody has that address']);
  });

  it('leads to one mail however often it is asked, and to no more questions at last', async () => {
    const from = house.visitor();
    const arrived = await arriving(async () => {
      await Promise.all([ask('ada@example.org'), ask('ada@example.org'), ask('ada@example.org')]);
      await deliverDue(deps);
      house.clock.elapse(4 * minuteMs);
      await ask('ada@example.org');
      await deliverDue(deps);
    });
    expect(arrived).toHaveLength(1);
    expect((await rows()).at(-1)).toMatchObject({ outcome: 'needless', reason: 'asked again too soon' });
    house.clock.elapse(2 * minuteMs);
    const next = await arriving(async () => {
      await ask('ada@example.org');
      await deliverDue(deps);
    });
    expect(next).toHaveLength(1);
    house.clock.elapse(limits.signInWindowMs);
    const answers: string[] = [];
    for (let count = 0; count <= limits.signInAttemptsMax; count += 1) {
      answers.push(await refusalOf(ask('who@example.org', from)));
    }
    expect(answers.at(-1)).toBe('too_many');
    expect(answers.slice(0, -1).every((answer) => answer === 'answered')).toBe(true);
  });

  it('leaves an earlier link as it is, until one of them is used', async () => {
    const { resetToken } = await house.handlers['user.resetPassword'](owner, { userId: ada.userId });
    const [arrived] = await arriving(async () => {
      await ask('ada@example.org');
      await deliverDue(deps);
    });
    const use = (token: string) =>
      refusalOf(house.handlers['password.useReset'](house.visitor(), { token, password: house.password }));
    expect(await use(resetToken)).toBe('answered');
    expect(await use(secretIn(arrived?.raw ?? '', 'reset'))).toBe('gone');
  });

  it('is worth nothing after four hours', async () => {
    const [arrived] = await arriving(async () => {
      await ask('ada@example.org');
      await deliverDue(deps);
    });
    house.clock.elapse(4 * 60 * minuteMs);
    const token = secretIn(arrived?.raw ?? '', 'reset');
    const late = house.handlers['password.useReset'](house.visitor(), { token, password: house.password });
    expect(await refusalOf(late)).toBe('gone');
  });

  it.each(['', 'a@b\r\nBcc: eve@example.org', 'ada@example.org\u0000'])('refuses %j', async (email) => {
    expect(await refusalOf(ask(email))).toMatch(/^invalid/);
    expect(await rows()).toEqual([]);
  });

  it('is refused where no mail server is set', async () => {
    const { database, clock, logbook, log, passwords } = house;
    const base = { database, clock, logbook, log, passwords, random: systemRandom };
    const silent = createSessions({ ...base, publicUrl: null, sendsMail: false });
    for (const chore of silent.chores) void chore.close();
    const asked = silent.handlers['password.forgot'](house.visitor(), { email: 'ada@example.org' });
    expect(await refusalOf(asked)).toBe('turned_off');
    const sent = silent.handlers['invitation.send'](owner, { emails: ['x@example.org'] });
    expect(await refusalOf(sent)).toBe('turned_off');
  });
});

describe('invitations by mail', () => {
  const send = (emails: string[], by = owner) => house.handlers['invitation.send'](by, { emails });

  it('go to each address once, for one person each, but not to who is here', async () => {
    const arrived = await arriving(async () => {
      const { invitations, members } = await send([
        'grace@example.org',
        'Grace@Example.org',
        'ada@example.org',
      ]);
      expect(invitations).toMatchObject([{ usesMax: 1, uses: 0, role: 'member' }]);
      expect(members).toEqual(['ada@example.org']);
      await deliverDue(deps);
    });
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.header('subject')).toBe('Olive Owner invites you to Test');
    const invitation = secretIn(arrived[0]?.raw ?? '', 'join');
    const look = await house.handlers['invitation.look'](house.visitor(), { secret: invitation });
    expect(look).toEqual({ workspaceName: 'Test', invitedBy: 'Olive Owner' });
    const person = { name: 'Grace', password: house.password, invitation };
    await house.handlers['session.signUp'](house.visitor(), { ...person, email: 'grace@example.org' });
    const second = house.handlers['session.signUp'](house.visitor(), { ...person, email: 'eve@example.org' });
    expect(await refusalOf(second)).toBe('gone');
  });

  it('are not sent any more once they are revoked', async () => {
    const arrived = await arriving(async () => {
      const { invitations } = await send(['late@example.org']);
      await house.handlers['invitation.revoke'](owner, { invitationId: invitations[0]?.id ?? '' });
      await deliverDue(deps);
    });
    expect(arrived).toEqual([]);
    expect(await rows()).toMatchObject([{ outcome: 'needless', reason: 'revoked, used or expired' }]);
  });

  it('are for those who administer, and have an end', async () => {
    expect(await refusalOf(send(['x@example.org'], ada))).toBe('forbidden admin');
    for (let count = 0; count < limits.invitationsMax / limits.invitationMailsMax; count += 1) {
      await send(
        Array.from({ length: limits.invitationMailsMax }, (_, index) => `p${count}.${index}@example.org`),
      );
    }
    expect(await refusalOf(send(['more@example.org']))).toBe('limit_reached');
    expect(await rows()).toHaveLength(limits.invitationsMax);
  });

  it('name nobody as a header', async () => {
    await house.handlers['user.changeProfile'](owner, { name: 'Eve <b>&"x' });
    const [arrived] = await arriving(async () => {
      await send(['hostile@example.org']);
      await deliverDue(deps);
    });
    expect(arrived?.header('subject')).toBe('Eve <b>&"x invites you to Test');
    expect(arrived?.raw).toContain('Eve &lt;b&gt;&amp;&quot;x');
    await house.handlers['user.changeProfile'](owner, { name: 'Olive Owner' });
  });
});

describe('the queue', () => {
  it('tries again with growing pauses, gives up at last, and tells the log', async () => {
    await house.handlers['invitation.send'](owner, { emails: ['busy@example.org'] });
    await deliverDue(deps);
    expect(await rows()).toMatchObject([
      { outcome: null, attempts: 1, reason: expect.stringContaining('450') as string },
    ]);
    house.clock.elapse(29_000);
    await deliverDue(deps);
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
    for (let count = 1; count <= limits.mailAttemptsMax; count += 1) {
      house.clock.elapse(30_000 * 4 ** count);
      await deliverDue(deps);
    }
    expect(await rows()).toMatchObject([{ outcome: 'failed', attempts: limits.mailAttemptsMax }]);
  });

  it('gives up at once what is refused for ever', async () => {
    await house.handlers['invitation.send'](owner, { emails: ['nobody@example.org'] });
    await deliverDue(deps);
    expect(await rows()).toMatchObject([
      { outcome: 'failed', attempts: 1, reason: expect.stringContaining('550') as string },
    ]);
  });

  it('is emptied once by many nodes, and what a dead one held by another', async () => {
    const emails = Array.from({ length: 12 }, (_, index) => `many${index}@example.org`);
    const arrived = await arriving(async () => {
      await house.handlers['invitation.send'](owner, { emails });
      // As a node that has died since left it.
      await house.database.rows(sql`
        update mails set attempts = 1, due_at = ${new Date(house.clock.now() + 180_000)}
        where address = 'many0@example.org'`);
      await Promise.all([deliverDue(deps), deliverDue(deps), deliverDue(deps)]);
      expect(post.arrived.some(({ to }) => to[0] === 'many0@example.org')).toBe(false);
      house.clock.elapse(180_000);
      await deliverDue(deps);
    });
    expect(arrived.map(({ to }) => to[0]).toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(
      emails.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it('forgets after two weeks', async () => {
    await house.handlers['invitation.send'](owner, { emails: ['old@example.org'] });
    await deliverDue(deps);
    house.clock.elapse((limits.notificationDaysMax * 24 * 60 + 1) * minuteMs);
    await removeEnded(house);
    expect(await rows()).toEqual([]);
  });
});

it('letters escape what people have written', () => {
  const { html, text } = writeLetter({
    language: 'en',
    subject: '</title><script>',
    paragraphs: [`<img src=x onerror="alert('1')">`],
    link: { label: 'a & b', url: 'https://chat.example.org/?a="b"&c' },
    foot: '',
  });
  expect(html).not.toMatch(/<(script|img)/);
  expect(html).toContain('href="https://chat.example.org/?a=&quot;b&quot;&amp;c"');
  expect(text).toContain('https://chat.example.org/?a="b"&c');
});
