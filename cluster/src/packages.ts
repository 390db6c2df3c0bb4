import type { Machine } from './platform/machine.ts';
import type { Ground } from './topology.ts';

/** What a cluster on one machine is made of, each known by a program that it brings. */
export const packages: readonly {
  readonly name: string;
  readonly program: string;
  /** Not for a cluster on loopback. */
  readonly forNetwork?: true;
}[] = [
  { name: 'iproute2', program: 'ip' },
  { name: 'nftables', program: 'nft', forNetwork: true },
  { name: 'procps', program: 'sysctl', forNetwork: true },
  { name: 'util-linux', program: 'setpriv' },
  { name: 'openssl', program: 'openssl' },
  { name: 'curl', program: 'curl' },
  { name: 'etcd-server', program: 'etcd' },
  { name: 'patroni', program: 'patroni' },
  { name: 'postgresql-15', program: '../lib/postgresql/15/bin/postgres' },
  { name: 'postgresql-client-15', program: 'psql' },
  { name: 'pgbouncer', program: 'pgbouncer' },
  { name: 'haproxy', program: 'haproxy' },
  { name: 'keepalived', program: 'keepalived', forNetwork: true },
  { name: 'redis-server', program: 'redis-server' },
  { name: 'redis-sentinel', program: 'redis-sentinel' },
  { name: 'faketime', program: 'faketime' },
];

/** Names of Debian packages, in the order of the list. */
export function missingPackages({ has }: Pick<Machine, 'has'>, ground: Ground = 'namespaces'): string[] {
  return packages
    .filter(({ program, forNetwork }) => !has(program) && !(forNetwork === true && ground === 'loopback'))
    .map(({ name }) => name);
}

/**
 * Debian starts what it installs; here nothing of it should run by itself. Where nobody has said so yet, this says it for
 * as long as it takes. @throws CommandFailed
 */
const quietly = `
set -e
if [ ! -e /usr/sbin/policy-rc.d ]; then
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
fi
apt-get -o DPkg::Lock::Timeout=120 update --quiet
apt-get -o DPkg::Lock::Timeout=120 install --yes --quiet --no-install-recommends --no-upgrade "$@"
`;

export async function installPackages(
  { run }: Pick<Machine, 'run'>,
  names: readonly string[],
): Promise<void> {
  await run(['sh', '-c', quietly, 'install', ...names], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 600_000,
  });
}
