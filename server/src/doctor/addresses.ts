import { BlockList, isIP } from 'node:net';

/** RFC 1918, RFC 6598, RFC 4193; this machine and this cable. */
const privateNetworks = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const;

/** Whether an address cannot be reached from the internet. */
export function isPrivate(address: string): boolean {
  const list = new BlockList();
  for (const [network, bits] of privateNetworks) {
    list.addSubnet(network, bits, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

export function isThisMachineOnly(host: string): boolean {
  return /^(localhost|127\.|::1)/.test(host);
}
