import type { ClientConfig } from 'pg';

/**
 * Where a database is: a URL from an operator, which may name several hosts of which one is the primary, or the
 * private socket of the embedded one.
 */
export type PostgresAddress = { url: string } | { socketFolder: string; user: string; database: string };

/** One server that may be asked. */
export interface Server {
  /** host:port, or the folder of its socket: what an operator knows it by. */
  readonly name: string;
  readonly config: ClientConfig;
  readonly user: string;
  readonly database: string;
}

/** The address as a URL, the private socket too. */
export function urlOf(address: PostgresAddress): string {
  if ('url' in address) return address.url;
  const { user, database, socketFolder } = address;
  return `postgres://${user}@/${database}?host=${encodeURIComponent(socketFolder)}`;
}

/** What is right, so that it ends the sentence "DATABASE_URL should be …". */
export const postgresUrlExpected =
  'a URL like postgres://user:password@host:5432/database, of several hosts like postgres://user:password@host1:5432,host2:5432/database';

const usualPort = '5432';
/** The database is written to, so that nothing but the primary will do. */
const rightAttributes = new Set(['any', 'read-write', 'primary']);
/** Ours, and none of the driver's business. */
const ownParameters = ['host', 'port', 'target_session_attrs', 'connect_timeout', 'load_balance_hosts'];

interface Place {
  readonly host: string;
  readonly port: string;
}

/**
 * Each server of an address, in the order in which they are named, in the syntax of libpq: several hosts stand between
 * commas in the place of one, or in `?host=…&port=…`.
 * @returns null for what is no such URL
 */
export function readServers(address: PostgresAddress): Server[] | null {
  if (!('url' in address)) {
    const { socketFolder, user, database } = address;
    // The environment's PG* variables must not change where the embedded one is looked for.
    const config = { host: socketFolder, port: 5432, user, database, ssl: false };
    return [{ name: socketFolder, config, user, database }];
  }
  const parts = readUrl(address.url);
  if (parts === null) return null;
  const attributes = parts.parameters.get('target_session_attrs') ?? 'any';
  const places = readPlaces(parts);
  if (!rightAttributes.has(attributes) || places === null || parts.database === '') return null;
  const servers = places.map((place) => serverAt(place, parts));
  return servers.every((server) => server !== null) ? servers : null;
}

/** The same servers with another database. */
export function inDatabase(address: PostgresAddress, database: string): PostgresAddress {
  if (!('url' in address)) return { ...address, database };
  return { url: address.url.replace(/^(\w+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${encodeURIComponent(database)}`) };
}

interface UrlParts {
  /** With its `@`, as it was written; empty for none. */
  readonly credentials: string;
  readonly authority: string;
  readonly database: string;
  readonly parameters: URLSearchParams;
}

function readUrl(url: string): UrlParts | null {
  const [, credentials = '', authority = '', database = '', query = ''] =
    /^postgres(?:ql)?:\/\/([^/?#]*@)?([^/?#@]*)(?:\/([^/?#]*))?(?:\?([^#]*))?$/.exec(url) ?? [];
  if (!/^postgres(ql)?:\/\//.test(url) || database === '') return null;
  return { credentials, authority, database, parameters: new URLSearchParams(query) };
}

function readPlaces({ authority, parameters }: UrlParts): Place[] | null {
  if (authority !== '') {
    const places = authority.split(',').map(readPlace);
    return places.length <= hostsMax && places.every((place) => place !== null) ? places : null;
  }
  const hosts = (parameters.get('host') ?? 'localhost').split(',');
  const ports = (parameters.get('port') ?? usualPort).split(',');
  if (ports.length !== 1 && ports.length !== hosts.length) return null;
  return hosts.map((host, index) => ({ host, port: ports[index] ?? ports[0] ?? usualPort }));
}

/** Each is asked whenever a connection is made. */
const hostsMax = 16;

function readPlace(text: string): Place | null {
  const [, host = '', port = usualPort] = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  return host === '' ? null : { host, port };
}

function serverAt({ host, port }: Place, { credentials, database, parameters }: UrlParts): Server | null {
  const rest = new URLSearchParams(parameters);
  for (const name of ownParameters) rest.delete(name);
  const isSocket = host.startsWith('/') || /^%2f/i.test(host);
  if (isSocket) {
    rest.set('host', decodeURIComponent(host));
    rest.set('port', port);
  }
  const query = rest.size === 0 ? '' : `?${rest.toString()}`;
  const connectionString = `postgres://${credentials}${isSocket ? '' : `${host}:${port}`}/${database}${query}`;
  // With a user but without a host it is no URL to the letter, but usual.
  if (!URL.canParse(connectionString.replace('@/', '@localhost/'))) return null;
  return {
    name: isSocket ? decodeURIComponent(host) : `${host}:${port}`,
    config: { connectionString },
    user: decoded(credentials.replace(/[:@].*$/, '')),
    database: decoded(database),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
