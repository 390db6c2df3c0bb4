/** Where clamd listens: a port, or a socket of this machine. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

export const clamdExpected = 'host:port, or the path of a socket like /run/clamav/clamd.ctl';

/** @returns undefined for what is none */
export function readClamdAddress(text: string): ClamdAddress | undefined {
  // A longer path does not fit into the address of a socket.
  if (/^\/[^\0]{1,106}$/.test(text)) return { path: text };
  const [, bracketed, plain, digits] = /^(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || !(port > 0 && port <= 65_535) ? undefined : { host, port };
}

/** As people write it. */
export function wordsOf(address: ClamdAddress): string {
  if ('path' in address) return address.path;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
