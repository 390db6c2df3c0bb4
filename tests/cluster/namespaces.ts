import { spawnSync } from 'node:child_process';

/** Why this process cannot make network namespaces; null when it can. */
export function namespacesMissing(): string | null {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'this user is not root';
  const probe = spawnSync('unshare', ['--net', '--uts', '--ipc', '--mount', 'true'], { encoding: 'utf8' });
  return probe.status === 0 ? null : `this machine allows no namespaces (${probe.stderr.trim()})`;
}

/** Why this process cannot show somebody the files of this machine with changes of their own; null when it can. */
export function overlayMissing(): string | null {
  const steps = [
    'mount -t tmpfs none /mnt',
    'mkdir /mnt/changed /mnt/work /mnt/root',
    'mount -t overlay none -o lowerdir=/,upperdir=/mnt/changed,workdir=/mnt/work /mnt/root',
  ];
  const probe = spawnSync('unshare', ['--mount', 'sh', '-c', steps.join(' && ')], { encoding: 'utf8' });
  return probe.status === 0 ? null : `this machine allows no overlay of its files (${probe.stderr.trim()})`;
}
