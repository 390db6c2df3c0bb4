import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMailServer, type MailServerForTests } from '../../../../tests/support/mail-server.ts';
import { createMemoryMail, createSmtpMail, readMailFrom, readMailServer, type Mail } from './index.ts';

const message = {
  id: 'm1.0123456789',
  to: 'ada@example.org',
  subject: 'Grüße: 新しい',
  text: 'Hello Ada\n\nhttps://chat.example.org/reset/cfr_1',
  html: '<p>Hello <b>Ada</b></p>',
};
const from = 'chat@example.org';
let post: MailServerForTests;
let tls: MailServerForTests;

beforeAll(async () => {
  post = await startMailServer({ login: { user: 'chat', password: 'p@ss:word' } });
  tls = await startMailServer({ isWhole: true });
});
afterAll(async () => {
  await Promise.all([post.close(), tls.close()]);
});

function smtp(url: string, trusted?: string): Mail {
  const server = readMailServer(url);
  if (!server) throw new Error(`no mail server: ${url}`);
  return createSmtpMail({ server, from, ...(trusted === undefined ? {} : { trusted }) });
}
const right = (): Mail => smtp(`smtp://chat:p%40ss%3Aword@localhost:${post.port}`, post.certificate);

describe.each([
  [
    'in memory',
    () =>
      createMemoryMail((one) =>
        one.to.startsWith('no')
          ? { kind: 'refused', reason: 'none' }
          : one.to.startsWith('busy')
            ? { kind: 'later', reason: 'busy' }
            : { kind: 'sent' },
      ),
  ],
  ['by SMTP', right],
] as const)('mail %s', (_, create) => {
  it('is taken, put off or refused', async () => {
    const mail = create();
    expect(await mail.greet()).toBeNull();
    expect(await mail.send(message)).toEqual({ kind: 'sent' });
    expect(await mail.send({ ...message, to: 'nobody@example.org' })).toMatchObject({ kind: 'refused' });
    expect(await mail.send({ ...message, to: 'busy@example.org' })).toMatchObject({ kind: 'later' });
  });
});

describe('SMTP', () => {
  it('carries a message whole, by TLS and with a password', async () => {
    await right().send(message);
    const arrived = post.arrived.at(-1);
    expect(arrived).toMatchObject({ from, to: ['ada@example.org'], isSecure: true, user: 'chat' });
    expect(arrived?.header('subject')).toBe('Grüße: 新しい');
    expect(arrived?.header('message-id')).toBe('<m1.0123456789@example.org>');
    expect(arrived?.header('auto-submitted')).toBe('auto-generated');
    expect(arrived?.raw).toContain('https://chat.example.org/reset/cfr_1');
    expect(arrived?.raw).toContain('<p>Hello <b>Ada</b></p>');
  });

  it('speaks TLS from the first byte', async () => {
    expect(await smtp(`smtps://localhost:${tls.port}`, tls.certificate).send(message)).toEqual({
      kind: 'sent',
    });
    expect(tls.arrived.at(-1)).toMatchObject({ isSecure: true, user: null });
  });

  it('gives a stranger nothing', async () => {
    const mail = smtp(`smtps://localhost:${tls.port}`);
    expect(await mail.greet()).toContain('certificate');
    const before = tls.arrived.length;
    expect(await mail.send(message)).toMatchObject({ kind: 'later' });
    expect(tls.arrived).toHaveLength(before);
  });

  it('waits for the operator where the password is wrong or TLS is missing', async () => {
    const wrong = smtp(`smtp://chat:wrong@localhost:${post.port}`, post.certificate);
    expect(await wrong.send(message)).toMatchObject({ kind: 'later' });
    expect(await wrong.greet()).toContain('Invalid login');
    const bare = await startMailServer({ isBare: true });
    const server = readMailServer('smtp://mail.example.org');
    if (!server) throw new Error('no mail server');
    const demanding = createSmtpMail({ server: { ...server, host: 'localhost', port: bare.port }, from });
    expect(await demanding.send(message)).toMatchObject({ kind: 'later' });
    expect(await smtp(`smtp://localhost:${bare.port}`).send(message)).toEqual({ kind: 'sent' });
    expect(bare.arrived).toHaveLength(1);
    await bare.close();
  });

  it('tries later where nobody answers', async () => {
    const mail = smtp('smtp://127.0.0.1:9');
    expect(await mail.send(message)).toMatchObject({ kind: 'later' });
    expect(await mail.greet()).toContain('ECONNREFUSED');
  });

  it.each([
    'a@example.org,eve@example.org',
    'a@example.org>\r\nRCPT TO:<eve@example.org',
    'a@example.org\nBcc: eve@example.org',
    'x,y@example.org',
    '"a b"@example.org',
    'a@b@example.org',
    '',
  ])('refuses the address %j', async (to) => {
    const before = post.arrived.length;
    expect(await right().send({ ...message, to })).toMatchObject({ kind: 'refused' });
    expect(post.arrived).toHaveLength(before);
  });

  it('lets no subject become a header', async () => {
    await right().send({ ...message, subject: 'Hi\r\nBcc: eve@example.org\r\n\r\nbody' });
    const arrived = post.arrived.at(-1);
    expect(arrived?.header('subject')).toBe('Hi Bcc: eve@example.org body');
    expect(arrived?.header('bcc')).toBeNull();
    expect(arrived?.to).toEqual(['ada@example.org']);
  });
});

describe('settings', () => {
  it.each([
    ['smtp://mail.example.org', { port: 587, tls: 'demanded', login: null }],
    ['smtp://a:b@mail.example.org:25', { port: 25, tls: 'demanded', login: { user: 'a', password: 'b' } }],
    ['smtp://mail.example.org:25?tls=optional', { tls: 'offered' }],
    ['smtp://localhost:1025', { tls: 'offered' }],
    ['smtp://[::1]:25', { host: '::1', tls: 'offered' }],
    ['smtp://127.0.0.1.example.org', { tls: 'demanded' }],
    ['smtps://a%40b:c@mail.example.org', { port: 465, tls: 'whole', login: { user: 'a@b', password: 'c' } }],
  ])('%s', (text, expected) => expect(readMailServer(text)).toMatchObject(expected));

  it.each([
    '',
    'mail.example.org',
    'http://mail.example.org',
    'smtp://',
    'smtp:///x',
    'smtp://user@mail.example.org',
    'smtp://mail.example.org/box',
    'smtp://mail.example.org?tls=off',
    'smtps://mail.example.org?tls=optional',
    'smtp://a:%ZZ@mail.example.org',
    'smtp://mail.example.org:0',
    'smtp://mail.example.org:99999',
  ])('%j is no mail server', (text) => expect(readMailServer(text)).toBeUndefined());

  it('knows a bare address', () => {
    expect(readMailFrom('chat@example.org')).toBe('chat@example.org');
    for (const text of ['', 'chat', 'Chat <chat@example.org>', 'a@b,c@d', 'a@b\nc', 'a b@c']) {
      expect(readMailFrom(text), text).toBeUndefined();
    }
  });
});
