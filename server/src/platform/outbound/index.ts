/**
 * Requests to the outside: the one way by which anything of ours asks an address that a person or a stranger's page wrote.
 * Promises that nothing inside is reached by any spelling, name, redirect or change of a name's address unless an
 * operator allowed it, and that size and time are bounded. Refuses to know what is asked for.
 */
export interface Outbound {
  /** Any status is an answer, 404 too. @throws OutboundFailure when there is none, or it may not be had. */
  request(request: OutboundRequest): Promise<OutboundAnswer>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

export interface OutboundRequest {
  /** Usually GET. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Of the answer's body, after it was unpacked. */
  readonly maxBytes: number;
  /** What happens to a larger one; usually it is refused. `cut` keeps its beginning. */
  readonly whenLarger?: 'refuse' | 'cut';
  /** For everything together: names, redirects, body. */
  readonly timeoutMs: number;
  /** How many are followed; with 0 a redirect is the answer, with an empty body. */
  readonly redirects: number;
}

export interface OutboundAnswer {
  readonly status: number;
  /** The one that answered, after redirects. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Unpacked. */
  readonly body: Uint8Array;
}

export interface OutboundSettings {
  /** What may be asked although it is inside, on any port: `host` or `host:port`. */
  readonly allow: readonly string[];
  readonly proxies: Proxies;
}

/** As HTTP_PROXY, HTTPS_PROXY and NO_PROXY say it. */
export interface Proxies {
  readonly http: string | null;
  readonly https: string | null;
  /** Hosts asked without: `example.org` with all below it, `host:port`, or `*`. */
  readonly except: readonly string[];
}

export { OutboundFailure, type OutboundReason } from './failure.ts';
export { createMemoryOutbound } from './memory.ts';
export { readAllowed, readProxyUrl } from './settings.ts';
export { createUndiciOutbound } from './undici.ts';
