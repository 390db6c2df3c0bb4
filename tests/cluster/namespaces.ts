import { spawnSync } from 'node:child_process';

/** Why this process cannot make network namespaces; null when it can. */
export function namespacesMissing(): string | null {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'this user is not root';
  const probe = spawnSync('unshare', ['--net', '--uts', '--ipc', '--mount', 'true'], { encoding: 'utf8' });
  return probe.status === 0 ? null : `this machine allows no namespaces (${probe.stderr.trim()})`;
}
