import type { Config } from './config.ts';
import { createSmtpMail, type Mail } from './platform/mail/index.ts';
import { Problem } from './platform/problem.ts';

/** The mail server that is set; null where none is. @throws Problem for one without what mails need besides */
export function openMail({
  mailServer,
  mailFrom,
  publicUrl,
}: Pick<Config, 'mailServer' | 'mailFrom' | 'publicUrl'>): Mail | null {
  if (mailServer === null) return null;
  if (mailFrom === null) throw new Problem('CONFAB_SMTP_URL needs CONFAB_MAIL_FROM: whom mail comes from.');
  if (publicUrl === null) {
    throw new Problem('CONFAB_SMTP_URL needs CONFAB_URL: mail has links, which have to lead somewhere.');
  }
  return createSmtpMail({ server: mailServer, from: mailFrom });
}
