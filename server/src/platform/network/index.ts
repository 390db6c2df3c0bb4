/**
 * The network as an examiner sees it: names, ports, web addresses, certificates, time servers. Promises that nothing takes
 * longer than five seconds, and one error, `Unreached`, for all that did not answer. Carries no secrets: what it asks
 * may be asked of anybody. Refuses to know what is good or bad.
 */
export interface Network {
  /** The addresses of a name, as programs of this machine find them (DNS, hosts file); none when nobody knows it. */
  resolve(name: string): Promise<string[]>;
  /** The DNS servers this machine asks, as address or address:port. */
  readonly nameServers: readonly string[];
  /** Resolves when that server answers a question about `name`, also when it knows no such name. */
  askNameServer(server: string, name: string): Promise<void>;
  /** A connection that is closed at once. */
  reach(place: Place): Promise<void>;
  /** Takes the port for a moment. @returns null, or the system's code, such as EADDRINUSE */
  tryPort(place: Place): Promise<string | null>;
  /** GET without following redirects. Certificates are not judged here, see `certificate`. */
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** GETs one after the other. @returns how many of them went over a connection that was already open */
  countReused(url: string, times: number): Promise<number>;
  /** Asks for a WebSocket. @returns the status: 101 when it was granted */
  upgrade(url: string, headers?: Readonly<Record<string, string>>): Promise<number>;
  /** What a server on TLS shows. */
  certificate(place: Place): Promise<Certificate>;
  /** SNTP (RFC 4330). @returns how far this machine's clock is ahead of the server's, in milliseconds */
  clockOffset(server: string): Promise<number>;
}

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[];
  /** The first 64 KiB. */
  readonly body: string;
}

export interface Certificate {
  /** Why clients do not trust it, as OpenSSL calls it; null when they do. */
  readonly problem: string | null;
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  /** Such as TLSv1.3. */
  readonly protocol: string;
}

export { Unreached } from './unreached.ts';
export { createSystemNetwork, type SystemNetworkOptions } from './system.ts';
