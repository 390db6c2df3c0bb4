/** The settings of mail, going out and coming in. */
import { replyNameCharsMax } from './mail/index.ts';
import type { PushMode } from './notifications/index.ts';
import { mailServerExpected, readMailFrom, readMailServer, type MailServer } from './platform/mail/index.ts';
import { setting } from './setting.ts';
import { hostAndPort, oneOf } from './setting-values.ts';

export const mailSettings = {
  mailServer: setting<MailServer | null>({
    env: 'CONFAB_SMTP_URL',
    flag: null,
    expected: mailServerExpected,
    parse: readMailServer,
    usual: null,
    usually: 'no mail',
    meaning:
      'The mail server by which password links and invitations go out. TLS is demanded; `?tls=optional` after smtp:// does without where the server has none, as does a server on this machine',
    secret: true,
  }),
  mailFrom: setting<string | null>({
    env: 'CONFAB_MAIL_FROM',
    flag: '--mail-from <address>',
    expected: 'a mail address like chat@example.org',
    parse: readMailFrom,
    usual: null,
    usually: 'none',
    meaning: 'Whom mail comes from; needed with CONFAB_SMTP_URL, and so is CONFAB_URL',
  }),
  mailSummaries: setting<PushMode>({
    env: 'CONFAB_MAIL_SUMMARIES',
    flag: '--mail-summaries <mode>',
    ...oneOf('off', 'on', 'without-content'),
    usual: 'on',
    usually: 'on, where CONFAB_SMTP_URL is set',
    meaning:
      'Mail people what they missed after an absence that each of them chooses, an hour at first. `without-content` says only that there is something new',
  }),
  replyAddress: setting<string | null>({
    env: 'CONFAB_MAIL_REPLIES',
    flag: '--mail-replies <address>',
    expected: `a mail address like reply@chat.example.org, with at most ${replyNameCharsMax} characters before the @`,
    parse: readReplyBase,
    usual: null,
    usually: 'off',
    meaning:
      'Let people answer mail of what they missed by mail. Your mail server hands mail for reply+…@chat.example.org to CONFAB_MAIL_REPLIES_AT',
  }),
  repliesAt: setting<{ host: string; port: number }>({
    env: 'CONFAB_MAIL_REPLIES_AT',
    flag: '--mail-replies-at <address>',
    expected: 'a host and a port like localhost:2525 or 0.0.0.0:2525',
    parse: hostAndPort,
    usual: { host: 'localhost', port: 2_525 },
    usually: 'localhost:2525',
    meaning:
      'Where your mail server hands over those answers, by SMTP without TLS and password: only it may get there',
  }),
} as const;

/** One to which a `+` and the secret part can be added. */
function readReplyBase(text: string): string | undefined {
  const address = readMailFrom(text);
  return address !== undefined && !address.includes('+') && address.indexOf('@') <= replyNameCharsMax
    ? address
    : undefined;
}
