import { expect, it } from 'vitest';
import { openMail } from './open-mail.ts';
import { readMailServer } from './platform/mail/index.ts';

const complete: Parameters<typeof openMail>[0] = {
  demo: false,
  mailServer: readMailServer('smtps://mail.example.org') ?? null,
  mailFrom: 'Chat <chat@example.org>',
  publicUrl: 'https://chat.example.org',
  replyAddress: null,
};

it('opens the mail server that is set, and none where none is', () => {
  expect(openMail(complete)).not.toBeNull();
  expect(openMail({ ...complete, mailServer: null, mailFrom: null, publicUrl: null })).toBeNull();
});

it.each([
  [{ mailFrom: null }, 'CONFAB_SMTP_URL needs CONFAB_MAIL_FROM'],
  [{ publicUrl: null }, 'CONFAB_SMTP_URL needs CONFAB_URL'],
  [{ mailServer: null, replyAddress: 'chat@example.org' }, 'CONFAB_MAIL_REPLIES needs CONFAB_SMTP_URL'],
  [{ demo: true }, 'The people of the demo are made up'],
] as const)('says what is missing, or too much: %j', (change, words) => {
  expect(() => openMail({ ...complete, ...change })).toThrow(words);
});
