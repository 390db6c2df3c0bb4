/** `npm run test:cluster`: a cluster from nothing, every fault, and nothing left. What follows goes to confab rehearse. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../server/bin/confab.js');
const folder = mkdtempSync(join(tmpdir(), 'confab-every-fault-'));
// Postgres and Redis run as users of their own.
chmodSync(folder, 0o755);

function confab(...args: string[]): number {
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  return status ?? 1;
}

const where = ['--folder', join(folder, 'cluster')];
let code = confab('cluster', 'up', '--yes', '--name', 'every', '--network', '10.79', ...where);
if (code === 0) code = confab('rehearse', ...where, '--report', 'rehearsal', ...process.argv.slice(2));
const left = confab('cluster', 'down', '--name', 'every', ...where);
if (left === 0) rmSync(folder, { recursive: true, force: true });
process.exitCode = code === 0 ? left : code;
