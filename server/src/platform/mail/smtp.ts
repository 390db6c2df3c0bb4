import type { Transporter } from 'nodemailer';
import type { Mail, MailAnswer, MailMessage } from './index.ts';
import type { MailServer } from './settings.ts';

const connectMs = 10_000;
const silentMs = 20_000;
const reasonCharsMax = 200;

/**
 * @param given.trusted PEM of a certificate to trust besides the known ones
 * @param given.from a bare address
 */
export function createSmtpMail(given: { server: MailServer; from: string; trusted?: string }): Mail {
  const { server, from, trusted } = given;
  let opened: Promise<Transporter> | undefined;
  const open = async (): Promise<Transporter> =>
    (await import('nodemailer')).createTransport(transportOf(server, trusted));
  const domain = from.slice(from.indexOf('@') + 1);
  return {
    async send(message) {
      if (!isOneAddress(message.to)) return { kind: 'refused', reason: 'that is no mail address' };
      const transport = await (opened ??= open());
      try {
        await transport.sendMail(envelopeOf(message, { from, domain }));
        return { kind: 'sent' };
      } catch (error) {
        return answerOf(error);
      }
    },
    async greet() {
      const transport = await (opened ??= open());
      try {
        await transport.verify();
        return null;
      } catch (error) {
        return wordsOf(error);
      }
    },
  };
}

function transportOf(server: MailServer, trusted: string | undefined) {
  return {
    host: server.host,
    port: server.port,
    secure: server.tls === 'whole',
    // Without it a stranger on the way strikes the offer of TLS, and reads passwords and links.
    requireTLS: server.tls === 'demanded',
    ...(server.login === null ? {} : { auth: { user: server.login.user, pass: server.login.password } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silentMs,
    tls: { minVersion: 'TLSv1.2' as const, ...(trusted === undefined ? {} : { ca: trusted }) },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Commas, brackets, quotes, spaces and line ends could make two of one, or a header of it. */
const isOneAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>",;:()[\]\\\p{Cc}]+@[^\s@<>",;:()[\]\\\p{Cc}]+$/u.test(text);

function envelopeOf(message: MailMessage, { from, domain }: { from: string; domain: string }) {
  const { id, to, subject, text, html, topic, unsubscribeUrl, replyTo } = message;
  return {
    envelope: { from, to: [to] },
    from: { name: 'Confab', address: from },
    to: { name: '', address: to },
    messageId: `<${id}@${domain}>`,
    subject: subject.replace(/[\s\p{Cc}]+/gu, ' ').trim(),
    text,
    html,
    ...(topic === undefined ? {} : { inReplyTo: `<${topic}@${domain}>`, references: `<${topic}@${domain}>` }),
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    headers: {
      // Nobody's absence note should answer (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl === undefined
        ? {}
        : {
            // Whole, as it is: some readers of headers do not know that they may be folded.
            'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
  };
}

function answerOf(error: unknown): MailAnswer {
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const isRecipient = error instanceof Error && 'command' in error && error.command !== 'CONN';
  // What a server says for ever of signing in is of the settings, which the operator mends: the mail waits for that.
  const isSettings =
    error instanceof Error && 'code' in error && ['EAUTH', 'ETLS'].includes(String(error.code));
  const isFinal = typeof code === 'number' && code >= 500 && isRecipient && !isSettings;
  return { kind: isFinal ? 'refused' : 'later', reason: wordsOf(error) };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  return error.message.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, reasonCharsMax);
}
