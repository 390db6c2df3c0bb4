import type { Config } from './config.ts';
import { createSmtpMail, type Mail } from './platform/mail/index.ts';
import { Problem } from './platform/problem.ts';

/** The mail server that is set; null where none is. @throws Problem for one without what mails need besides */
export function openMail({
  mailServer,
  mailFrom,
  publicUrl,
  replyAddress,
  demo,
}: Pick<Config, 'demo' | 'mailServer' | 'mailFrom' | 'publicUrl' | 'replyAddress'>): Mail | null {
  if (mailServer === null && replyAddress !== null) {
    throw new Problem('CONFAB_MAIL_REPLIES needs CONFAB_SMTP_URL: only who gets mail can answer it.');
  }
  if (mailServer === null) return null;
  if (demo)
    throw new Problem(
      'The people of the demo are made up: leave out CONFAB_SMTP_URL, or nobody knows whom it mails.',
    );
  if (mailFrom === null) throw new Problem('CONFAB_SMTP_URL needs CONFAB_MAIL_FROM: whom mail comes from.');
  if (publicUrl === null) {
    throw new Problem('CONFAB_SMTP_URL needs CONFAB_URL: mail has links, which have to lead somewhere.');
  }
  return createSmtpMail({ server: mailServer, from: mailFrom });
}
