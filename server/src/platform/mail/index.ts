/**
 * Mail that the node sends: hands one message to the operator's own mail server, by SMTP with TLS and a password.
 * Promises one recipient per message, headers that nothing in a name or a subject can break out of, and an answer in our
 * words, never a throw for what the server or the network does.
 */
export interface MailMessage {
  /** Of the same id mail programs keep one: what is tried again after an unknown outcome does not show up twice. */
  readonly id: string;
  /** One bare address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Messages of one topic stand together in mail programs. Letters, digits and hyphens. */
  readonly topic?: string;
  /** Where a mail program ends such mail for its reader with one press (RFC 8058), and people with a page that asks. */
  readonly unsubscribeUrl?: string;
  /** One bare address; left out: nobody reads answers. */
  readonly replyTo?: string;
}

export type MailAnswer =
  /** The server has taken it over. */
  | { readonly kind: 'sent' }
  /** Trying again can help. */
  | { readonly kind: 'later'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Mail {
  send(message: MailMessage): Promise<MailAnswer>;
  /** Connects, makes TLS, signs in and sends nothing. @returns what is wrong, for people; null when nothing is */
  greet(): Promise<string | null>;
}

export { createMemoryMail } from './memory.ts';
export { mailServerExpected, readMailFrom, readMailServer, type MailServer } from './settings.ts';
export { createSmtpMail } from './smtp.ts';
