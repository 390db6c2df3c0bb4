import { BlockList, isIP } from 'node:net';

/** The IANA registry of special IPv4 addresses: none of them is a stranger's. */
const closed: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** @returns whether an address, as sockets take it, is one of the public internet. What is no address is not. */
export type IsPublic = (address: string) => boolean;

/**
 * For IPv6 what is not closed is not open either: only 2000::/3 is given to networks, and of it not the beginning, which
 * holds tunnels (Teredo, 6to4) that carry an IPv4 address, and examples. An address of NAT64 is what it carries.
 */
export function createIsPublic(): IsPublic {
  const list = new BlockList();
  for (const [network, bits] of closed) list.addSubnet(network, bits, 'ipv4');
  const isPublicIpv4 = (address: string): boolean => !list.check(address, 'ipv4');
  return (address) => {
    if (isIP(address) === 4) return isPublicIpv4(address);
    const groups = groupsOf(address);
    if (groups === null) return false;
    const [first = 0, second = 0] = groups;
    if (first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0)) {
      return isPublicIpv4(ipv4Of(groups));
    }
    if (first < 0x2000 || first > 0x3fff) return false;
    if (first === 0x2002 || (first === 0x3fff && second < 0x1000)) return false;
    return first !== 0x2001 || (second >= 0x200 && second !== 0xdb8);
  };
}

/** The eight numbers of an IPv6 address; null for what is none, or has a zone. */
function groupsOf(address: string): number[] | null {
  if (isIP(address) !== 6 || !URL.canParse(`http://[${address}]/`)) return null;
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [before = '', after] = written.split('::');
  const numbers = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  if (after === undefined) return numbers(before);
  const [head, tail] = [numbers(before), numbers(after)];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function ipv4Of(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}
