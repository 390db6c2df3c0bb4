import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Says where a request comes from, for the HTTP door and the socket door alike. */
export type PeerAddress = (request: IncomingMessage) => string;

/**
 * The network address of whoever asked: the far end of the connection, and where that is one of our balancers, whom it
 * names. X-Forwarded-For grows at its end, so it is read from there, and only as long as who wrote an entry is trusted:
 * what stands before may be anybody's invention.
 * @param trustedProxies addresses and networks like 10.0.0.0/8
 */
export function createPeerAddress(trustedProxies: readonly string[]): PeerAddress {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = '', bits] = proxy.split('/');
    const family = familyOf(address);
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }

  return (request) => {
    let peer = plain(request.socket.remoteAddress ?? '');
    const header = request.headers['x-forwarded-for'];
    const claims = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
    while (isIP(peer) !== 0 && trusted.check(peer, familyOf(peer))) {
      const claim = plain(claims.pop()?.trim() ?? '');
      if (isIP(claim) === 0) break;
      peer = claim;
    }
    return peer;
  };
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** A socket that listens on both families has IPv4 in the clothes of IPv6; some balancers add a port. */
function plain(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  return bare.replace(/^::ffff:(?=[\d.]+$)/i, '');
}
