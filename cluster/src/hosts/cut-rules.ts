import type { PlannedHost } from '../topology.ts';

/** The switch's own end of a host's cables: one in each network that it is in. */
export function portsOf({ name, publicAddress }: Pick<PlannedHost, 'name' | 'publicAddress'>): string[] {
  return publicAddress === null ? [`${name}-0`] : [`${name}-0`, `${name}-1`];
}

/** Which table of nftables holds the cuts between hosts; it is in the switch's namespace only. */
const chain = 'bridge confab cuts';

export const cutChain = [
  'add table bridge confab',
  `add chain ${chain} { type filter hook forward priority 0; policy accept; }`,
].join('\n');

export const noCuts = `flush chain ${chain}`;

/** Of all that comes and goes at these ports so many in a hundred frames get lost. */
export function lossRules(ports: readonly string[], percent: number): string {
  const lost = `numgen random mod 100 < ${percent} drop`;
  return ports
    .flatMap((port) => ['iifname', 'oifname'].map((side) => `add rule ${chain} ${side} "${port}" ${lost}`))
    .join('\n');
}

/**
 * Rules with which no frame goes from one group of hosts to the other, in neither direction. Inside each group nothing
 * changes, and nobody's cable looks cut.
 */
export function cutRules(one: readonly string[], other: readonly string[]): string {
  const set = (ports: readonly string[]): string => `{ ${ports.map((port) => `"${port}"`).join(', ')} }`;
  const rule = (from: readonly string[], to: readonly string[]): string =>
    `add rule ${chain} iifname ${set(from)} oifname ${set(to)} drop`;
  return [rule(one, other), rule(other, one)].join('\n');
}
