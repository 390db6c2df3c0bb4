/** Where mail is handed over. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /**
   * `whole`: TLS from the first byte (smtps). `demanded`: by STARTTLS, and nothing without it. `offered`: STARTTLS where the server
   * has it, for one on this machine or where the operator says so.
   */
  readonly tls: 'whole' | 'demanded' | 'offered';
  /** Null: the server takes mail without a password. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

export const mailServerExpected =
  'a URL like smtps://user:password@mail.example.org:465 or smtp://user:password@mail.example.org:587';

const isHere = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);

/** @returns undefined for what is none */
export function readMailServer(text: string): MailServer | undefined {
  if (!/^smtps?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWhole = url.protocol === 'smtps:';
  const login = readLogin(url);
  if (login === undefined || url.hash !== '' || !['', '/'].includes(url.pathname)) return undefined;
  if (!['', '?tls=optional'].includes(url.search) || (isWhole && url.search !== '')) return undefined;
  if (url.hostname === '' || url.port === '0') return undefined;
  const isOffered = url.search !== '' || isHere(url.hostname);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isWhole ? 465 : 587) : Number(url.port),
    tls: isWhole ? 'whole' : isOffered ? 'offered' : 'demanded',
    login,
  };
}

/** Undefined for half a login, or one that is written wrongly. */
function readLogin({ username, password }: URL): MailServer['login'] | undefined {
  if (username === '' && password === '') return null;
  if (username === '' || password === '') return undefined;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

/** A bare address, as the envelope has it. @returns undefined for what is none */
export function readMailFrom(text: string): string | undefined {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text)
    ? text
    : undefined;
}
