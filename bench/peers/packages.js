// `node bench/peers/packages.js --yes` installs the servers that Confab is compared with, from Debian. The tests do not need
// them. Installing starts no service where the machine forbids it (policy-rc.d); elsewhere stop them before measuring.
import { spawnSync } from 'node:child_process';

const packages = [
  'ejabberd',
  'erlang-p1-pgsql',
  'prosody',
  'lua-dbi-postgresql',
  'postgresql',
  'gcc',
  'libc6-dev',
];

if (process.argv.includes('--yes')) {
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status ?? 1;
  const failed = apt('update', '--quiet') || apt('install', '--yes', '--no-install-recommends', ...packages);
  for (const service of ['ejabberd', 'prosody'])
    spawnSync('systemctl', ['disable', '--now', service], { stdio: 'ignore' });
  process.exitCode = failed;
} else {
  console.log(`would install: ${packages.join(' ')} (with --yes)`);
}
