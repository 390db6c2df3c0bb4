/** A real mail server (SMTP) that keeps what arrives, for tests. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeCertificate } from './entrance.ts';

export interface ArrivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly isSecure: boolean;
  /** Who signed in; null: nobody. */
  readonly user: string | null;
  readonly raw: string;
  /** Without folds and encoding; null where there is none. @param name in lower case */
  header(name: string): string | null;
}

export interface MailServerForTests {
  readonly port: number;
  /** PEM. */
  readonly certificate: string;
  readonly arrived: readonly ArrivedMail[];
  close(): Promise<void>;
}

/**
 * Addresses that begin with `nobody` it refuses, those with `busy` it puts off.
 * @param given.isWhole TLS from the first byte
 * @param given.isBare no TLS at all
 * @param given.hold before a recipient is taken, and before a message that has come whole is answered
 */
export async function startMailServer(given: {
  login?: { user: string; password: string };
  isWhole?: boolean;
  isBare?: boolean;
  hold?: (at: 'recipient' | 'answer') => Promise<void>;
}): Promise<MailServerForTests> {
  const { login, isWhole = false, isBare = false, hold = () => Promise.resolve() } = given;
  const arrived: ArrivedMail[] = [];
  const { key, cert } = makeCertificate(90);
  const options: SMTPServerOptions = {
    key,
    cert,
    secure: isWhole,
    authOptional: login === undefined,
    disabledCommands: [...(login ? [] : ['AUTH']), ...(isBare ? ['STARTTLS'] : [])],
    disableReverseLookup: true,
    onAuth({ username, password }, _, done) {
      if (username === login?.user && password === login?.password) done(null, { user: username });
      else done(new Error('wrong'));
    },
    onRcptTo({ address }, _, done) {
      const responseCode = address.startsWith('nobody') ? 550 : address.startsWith('busy') ? 450 : null;
      const refused = responseCode === null ? null : Object.assign(new Error('not now'), { responseCode });
      void hold('recipient').then(() => done(refused));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const raw = Buffer.concat(parts).toString('utf8');
        arrived.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isSecure: session.secure,
          user: session.user ?? null,
          raw: readable(raw),
          header: (name) => headerOf(raw, name),
        });
        void hold('answer').then(() => done());
      });
    },
  };
  const server = new SMTPServer(options);
  // Whoever does not trust the certificate hangs up.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    certificate: cert,
    arrived,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function headerOf(raw: string, name: string): string | null {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  if (line === undefined) return null;
  const value = line
    .slice(name.length + 1)
    .trim()
    .replace(/\?=\s+=\?/g, '?==?');
  return value.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
    how.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64').toString('utf8')
      : decodeQuoted(text.replaceAll('_', ' ')),
  );
}

/** Parts in quoted-printable or base64 as their readers see them. */
function readable(raw: string): string {
  const parts = raw.split(/\r\n--[^\r\n]+/);
  return parts
    .map((part) => {
      if (/content-transfer-encoding: base64/i.test(part)) {
        const body = part.slice(part.indexOf('\r\n\r\n') + 4);
        return Buffer.from(body, 'base64').toString('utf8');
      }
      return /content-transfer-encoding: quoted-printable/i.test(part) ? decodeQuoted(part) : part;
    })
    .join('\n');
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => `%${hex}`);
  try {
    return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/gi, '%25'));
  } catch {
    return text;
  }
}
