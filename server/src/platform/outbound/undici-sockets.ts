import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, ProxyAgent, buildConnector, request as ask, type Dispatcher } from 'undici';
import { readBody } from './bounded-body.ts';
import { OutboundFailure } from './failure.ts';
import { isRedirect, type Send } from './follow.ts';
import { portOf, type Guard } from './guard.ts';
import type { OutboundSettings } from './index.ts';
import { proxyFor } from './settings.ts';

/** All addresses of a name. */
export type Lookup = (name: string) => Promise<LookupAddress[]>;

export interface UndiciSockets {
  readonly send: Send;
  close(): Promise<void>;
}

const connectMs = 5_000;
const connectionsPerSite = 4;
const headerBytesMax = 32 * 1024;

export function openUndiciSockets({
  guard,
  lookup,
  proxies,
}: Pick<OutboundSettings, 'proxies'> & { guard: Guard; lookup: Lookup }): UndiciSockets {
  const direct = new Agent({
    connect: guardedConnector(guard, lookup),
    connections: connectionsPerSite,
    maxHeaderSize: headerBytesMax,
    keepAliveTimeout: 1_000,
  });
  const byProxy = new Map<string, ProxyAgent>();
  function dispatcherFor(url: URL): Dispatcher {
    const proxy = proxyFor(url, proxies);
    if (proxy === null) return direct;
    const known =
      byProxy.get(proxy) ??
      new ProxyAgent({
        uri: proxy,
        proxyTunnel: false,
        connections: connectionsPerSite,
        connectTimeout: connectMs,
      });
    byProxy.set(proxy, known);
    return known;
  }
  return {
    send: sendOver(dispatcherFor),
    async close() {
      await Promise.all([direct, ...byProxy.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/**
 * The address that is connected to is the one that was looked at: a name that says another thing the second time gains
 * nothing. The literal is looked at here too, since sockets look up names only.
 */
function guardedConnector(guard: Guard, lookup: Lookup): buildConnector.connector {
  const guarded: LookupFunction = (name, options, callback) => {
    lookup(name).then(
      (found) => {
        const refused = found.length === 0 || found.some(({ address }) => !guard.mayConnect(address));
        if (refused) callback(new OutboundFailure('inside', `${name} is inside, and not asked`), '');
        else answer(found, options.all === true, callback);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
  const free: LookupFunction = (name, options, callback) => {
    lookup(name).then(
      (found) => answer(found, options.all === true, callback),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
  const toOutside = buildConnector({ lookup: guarded, timeout: connectMs });
  const toAllowed = buildConnector({ lookup: free, timeout: connectMs });
  return (options, callback) => {
    const { hostname, protocol, port } = options;
    const url = new URL(`${protocol}//${hostname}${port === '' ? '' : `:${port}`}`);
    try {
      guard.check(url);
    } catch (error) {
      callback(error as OutboundFailure, null);
      return;
    }
    const isAllowed = guard.isAllowed(url.hostname, portOf(url));
    (isAllowed ? toAllowed : toOutside)(options, callback);
  };
}

function answer(
  found: LookupAddress[],
  all: boolean,
  callback: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
): void {
  const [first] = found;
  if (all || first === undefined) callback(null, found);
  else callback(null, first.address, first.family);
}

function sendOver(dispatcherFor: (url: URL) => Dispatcher): Send {
  return async ({ method, url, headers, body, signal, ...bounds }) => {
    try {
      const response = await ask(url, {
        dispatcher: dispatcherFor(url),
        method,
        headers: { 'accept-encoding': 'gzip, br', ...headers },
        body,
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      // A body that ends badly after we stopped reading concerns nobody.
      response.body.on('error', () => {});
      const got = plain(response.headers);
      if (isRedirect(response.statusCode)) {
        response.body.destroy();
        return { status: response.statusCode, headers: got, body: new Uint8Array() };
      }
      const bytes = await readBody(response.body, got['content-encoding'], bounds);
      return { status: response.statusCode, headers: got, body: bytes };
    } catch (error) {
      throw failureOf(error);
    }
  };
}

/** Of a header that came twice, the first. */
function plain(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined ? [] : [[name.toLowerCase(), first]];
    }),
  );
}

function failureOf(error: unknown): OutboundFailure {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof OutboundFailure) return cause;
  }
  const words = error instanceof Error ? error.message : String(error);
  return new OutboundFailure('unreached', `it did not answer: ${words.slice(0, 200)}`, { cause: error });
}
