import { join } from 'node:path';
import type { Machine } from './platform/machine.ts';
import { isSoundEtcd, isSoundPatroni, versionIn } from './sound-versions.ts';
import type { Ground } from './topology.ts';

/** What a cluster on one machine is made of, each known by a program that it brings. */
export const packages: readonly {
  readonly name: string;
  readonly program: string;
  /** Not for a cluster on loopback. */
  readonly forNetwork?: true;
  /** Of what `--version` says. */
  readonly isSound?: (version: string) => boolean;
}[] = [
  { name: 'iproute2', program: 'ip' },
  { name: 'nftables', program: 'nft', forNetwork: true },
  { name: 'procps', program: 'sysctl', forNetwork: true },
  { name: 'util-linux', program: 'setpriv' },
  { name: 'openssl', program: 'openssl' },
  { name: 'curl', program: 'curl' },
  { name: 'etcd-server', program: 'etcd', isSound: isSoundEtcd },
  { name: 'patroni', program: 'patroni', isSound: isSoundPatroni },
  { name: 'python3-etcd', program: '../lib/python3/dist-packages/etcd/__init__.py' },
  { name: 'postgresql-15', program: '../lib/postgresql/15/bin/postgres' },
  { name: 'postgresql-client-15', program: 'psql' },
  { name: 'pgbouncer', program: 'pgbouncer' },
  { name: 'haproxy', program: 'haproxy' },
  { name: 'keepalived', program: 'keepalived', forNetwork: true },
  { name: 'redis-server', program: 'redis-server' },
  { name: 'redis-sentinel', program: 'redis-sentinel' },
  { name: 'faketime', program: 'faketime' },
];

export interface MissingPackage {
  readonly name: string;
  /** The version that is there, where one is, and should not be. */
  readonly tooOld: string | null;
}

/** In the order of the list. */
export async function missingPackages(
  { has, run }: Pick<Machine, 'has' | 'run'>,
  ground: Ground = 'namespaces',
): Promise<MissingPackage[]> {
  const wanted = packages.filter(({ forNetwork }) => !(forNetwork === true && ground === 'loopback'));
  const found = await Promise.all(
    wanted.map(async ({ name, program, isSound }): Promise<MissingPackage | null> => {
      if (!has(program)) return { name, tooOld: null };
      if (isSound === undefined) return null;
      const version = versionIn(await run([program, '--version']));
      return isSound(version) ? null : { name, tooOld: version };
    }),
  );
  return found.filter((one) => one !== null);
}

/** `patroni (3.0.2 is too old), redis-server` */
export function wordsFor(missing: readonly MissingPackage[]): string {
  return missing
    .map(({ name, tooOld }) => (tooOld === null ? name : `${name} (${tooOld} is too old)`))
    .join(', ');
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
sh "$1"
shift
apt-get -o DPkg::Lock::Timeout=120 update --quiet
apt-get -o DPkg::Lock::Timeout=120 install --yes --quiet --no-install-recommends "$@"
`;

export async function installPackages(
  { run }: Pick<Machine, 'run'>,
  names: readonly string[],
  deployFolder: string,
): Promise<void> {
  await run(['sh', '-c', quietly, 'install', join(deployFolder, 'debian/add-trixie.sh'), ...names], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 600_000,
  });
}
