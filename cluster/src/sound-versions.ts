/** Which etcd and Patroni together lose nothing that was acknowledged: docs/operating/etcd.md has the story. */

/** Three numbers, from whatever a program says of itself. */
export function versionIn(text: string): string {
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? 'of no known version';
}

/** From there on a leader that stood still does not take everybody's leases away. */
export function isSoundEtcd(version: string): boolean {
  return isAtLeast(version, [3, 5, 13]) || (version.startsWith('3.4.') && isAtLeast(version, [3, 4, 31]));
}

/** From 3.1 on a primary that has been replaced does not win again; from 4.0 on `synchronous_mode: quorum` is known. */
export function isSoundPatroni(version: string): boolean {
  return isAtLeast(version, [4, 0, 0]);
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const numbers = version.split('.').map(Number);
  const differs = least.findIndex((number, place) => numbers[place] !== number);
  return differs === -1 || (numbers[differs] ?? 0) > (least[differs] ?? 0);
}
