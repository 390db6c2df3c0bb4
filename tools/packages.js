// The Debian packages that the tests use. Installs what is missing where it may (root, apt-get); elsewhere says
// what is missing and lets the tests that need it fail.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each is asked for by the command it brings, or, where it brings none, by its package. */
const packages = [
  { name: 'chromium', command: 'chromium', why: 'the browser tests' },
  { name: 'ffmpeg', command: 'ffmpeg', why: 'the tests of images of videos' },
  { name: 'fonts-dejavu-core', why: 'text in the browser tests' },
  { name: 'fonts-noto-color-emoji', why: 'emoji in the browser tests' },
  { name: 'nfs-ganesha-vfs', why: 'the tests of what is in deploy' },
  { name: 'nginx-light', command: 'nginx', why: 'the tests of what is in deploy' },
  { name: 'curl', command: 'curl', why: 'the tests of the whole cluster' },
  { name: 'etcd-server', command: 'etcd', why: 'the tests of the whole cluster' },
  { name: 'faketime', command: 'faketime', why: 'the tests of the whole cluster' },
  { name: 'haproxy', command: 'haproxy', why: 'the tests of the whole cluster' },
  { name: 'iproute2', command: 'ip', why: 'the tests of the whole cluster' },
  { name: 'keepalived', command: 'keepalived', why: 'the tests of the whole cluster' },
  { name: 'nftables', command: 'nft', why: 'the tests of the whole cluster' },
  { name: 'openssl', command: 'openssl', why: 'certificates for the tests of the cluster' },
  { name: 'patroni', command: 'patroni', why: 'the tests of the whole cluster' },
  { name: 'python3-etcd', why: 'the tests of the whole cluster' },
  { name: 'pgbouncer', command: 'pgbouncer', why: 'the tests of the cluster' },
  { name: 'poppler-utils', command: 'pdftotext', why: 'the tests of pages and words of PDFs' },
  { name: 'postgresql', why: 'replication in the tests of the cluster' },
  { name: 'procps', command: 'sysctl', why: 'the tests of the whole cluster' },
  { name: 'redis-sentinel', command: 'redis-sentinel', why: 'the tests of the whole cluster' },
  { name: 'redis-server', command: 'redis-server', why: 'the tests of the cluster' },
  { name: 'systemd', command: 'systemd-analyze', why: 'the tests of what is in deploy' },
  { name: 'util-linux', command: 'setpriv', why: 'runs the embedded database as another user than root' },
];

/** Sees to it that etcd and Patroni come from Debian 13 where this is Debian 12. */
const addTrixie = join(import.meta.dirname, '../deploy/debian/add-trixie.sh');
const fromTrixie = ['etcd-server', 'patroni'];
const isDebian12 = readIfThere('/etc/os-release').includes('VERSION_CODENAME=bookworm\n');

/** @returns {{ name: string, why: string }[]} what is still missing; empty when all is there */
export function installPackages() {
  const missing = packages.filter((wanted) => !isThere(wanted));
  if (missing.length === 0) return [];
  if (!mayInstall()) return missing;
  const names = missing.map(({ name }) => name);
  console.log(`installing Debian packages: ${names.join(' ')}`);
  apt(['update', '--quiet']);
  if (names.some((name) => fromTrixie.includes(name))) {
    spawnSync('sh', [addTrixie], { stdio: 'inherit' });
    apt(['update', '--quiet']);
  }
  apt(['install', '--yes', '--quiet', '--no-install-recommends', ...names]);
  return missing.filter((wanted) => !isThere(wanted));
}

function isThere({ name, command }) {
  if (fromTrixie.includes(name) && isDebian12 && !existsSync('/etc/apt/preferences.d/confab-trixie.pref'))
    return false;
  if (command !== undefined) {
    const folders = (process.env.PATH ?? '').split(delimiter);
    return folders.some((folder) => existsSync(join(folder, command)));
  }
  const answer = spawnSync('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name], {
    encoding: 'utf8',
  });
  return answer.status === 0 && answer.stdout === 'installed';
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function mayInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}

function apt(args) {
  spawnSync('apt-get', ['-o', 'Acquire::Retries=2', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
