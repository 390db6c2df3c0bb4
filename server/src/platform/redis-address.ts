/** Where a Redis is, as REDIS_URL says it. */
export interface RedisAddress {
  /** One Redis, or the Sentinels that know which one is the master. */
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  /** What the Sentinels call the master; null without Sentinels. */
  readonly master: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly sentinelPassword: string | null;
  readonly database: number;
  readonly tls: boolean;
  /** A file with the certificate of who signed the server's; null for those the system trusts. */
  readonly caFile: string | null;
}

/** How REDIS_URL is written; it ends the sentence "REDIS_URL should be …". */
export const redisUrlExpected =
  'a URL like redis://:password@host:6379/0, rediss://… for TLS, or redis+sentinel://:password@host1,host2,host3/master';

const form = /^(redis|rediss)(\+sentinel)?:\/\/(?:([^/?#]*)@)?([^/?#@]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/;
const hostForm = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/;

/** @returns null for what is no address of a Redis */
export function readRedisUrl(text: string): RedisAddress | null {
  const [, scheme, sentinel, credentials = '', hostList = '', path = '', query = ''] = form.exec(text) ?? [];
  if (scheme === undefined) return null;
  const usualPort = sentinel === undefined ? 6379 : 26_379;
  const hosts = hostList.split(',').map((one) => readHost(one, usualPort));
  const known = hosts.filter((one) => one !== null);
  if (known.length < hosts.length || (sentinel === undefined && hosts.length > 1)) return null;
  const [first = '', ...rest] = path.split('/');
  const [master, databaseText = ''] = sentinel === undefined ? [null, first] : [decoded(first), rest.shift()];
  const database = /^\d{0,4}$/.test(databaseText) ? Number(databaseText) : Number.NaN;
  if (Number.isNaN(database) || master === '' || rest.length > 0) return null;
  const options = new URLSearchParams(query);
  if ([...options.keys()].some((name) => name !== 'ca' && name !== 'sentinel_password')) return null;
  const tls = scheme === 'rediss';
  if (options.has('ca') && !tls) return null;
  const [username, password] = readCredentials(credentials);
  return {
    hosts: known,
    master,
    username,
    password,
    sentinelPassword: options.get('sentinel_password'),
    database,
    tls,
    caFile: options.get('ca'),
  };
}

function readHost(text: string, usualPort: number): RedisAddress['hosts'][number] | null {
  const [, host, port] = hostForm.exec(text) ?? [];
  if (host === undefined) return null;
  const number = port === undefined ? usualPort : Number(port);
  return number >= 1 && number <= 65_535 ? { host: host.replace(/^\[|\]$/g, ''), port: number } : null;
}

/** `user:password`, `:password`; a word alone is the user. */
function readCredentials(text: string): [username: string | null, password: string | null] {
  const colon = text.indexOf(':');
  const [username, password] = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return [decoded(username) || null, decoded(password) || null];
}

/** What is not well encoded means itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
