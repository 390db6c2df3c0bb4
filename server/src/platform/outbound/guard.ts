import { isIP } from 'node:net';
import { createIsPublic } from './addresses.ts';
import { OutboundFailure } from './failure.ts';

/** Where the web listens. Others are doors of mail, databases and administrators, some of which take HTTP for commands. */
const ports: readonly number[] = [80, 443, 8080, 8443];
/** Names that are given inside only; what has no dot is completed by the search list of this machine. */
const innerEndings = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'private', 'arpa'];

export interface Guard {
  /** @throws OutboundFailure when `url` may not be asked, as far as its spelling tells. */
  check(url: URL): void;
  /** Whether a connection may be made to an address, found for a name. */
  mayConnect(address: string): boolean;
  /** Whether an operator said that this may be inside. */
  isAllowed(host: string, port: number): boolean;
}

/** @param allow as in OutboundSettings */
export function createGuard(allow: readonly string[]): Guard {
  const isPublic = createIsPublic();
  const allowed = new Set(allow.map((one) => one.toLowerCase()));
  const isAllowed = (name: string, port: number): boolean => {
    const host = bare(name);
    const written = isIP(host) === 6 ? `[${host}]` : host;
    return allowed.has(written) || allowed.has(`${written}:${port}`);
  };
  return {
    isAllowed,
    mayConnect: isPublic,
    check(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw new OutboundFailure('scheme', 'only http and https are asked');
      }
      if (url.username !== '' || url.password !== '') {
        throw new OutboundFailure('credentials', 'a URL with a name or password in it is not asked');
      }
      const port = portOf(url);
      // URL has made one spelling of all: decimal, octal, hexadecimal, fullwidth.
      const host = bare(url.hostname);
      if (isAllowed(host, port)) return;
      if (!ports.includes(port)) throw new OutboundFailure('port', `port ${port} is not one of the web's`);
      const isInside = isIP(host) === 0 ? isInnerName(host) : !isPublic(host);
      if (isInside) throw new OutboundFailure('inside', `${host} is inside, and not asked`);
    },
  };
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Without the brackets of IPv6 and the dot that may end a name. */
function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function isInnerName(name: string): boolean {
  const labels = name.split('.');
  return labels.length < 2 || innerEndings.includes(labels.at(-1) ?? '');
}
