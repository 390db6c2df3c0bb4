/** What a node takes that nobody uses, with the database it starts itself. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { residentBytes } from '../src/processes.ts';
import { freePort, run, stopChild, untilSaid } from '../subjects/children.ts';
import type { PartOptions } from './part.ts';

export const idleNode = 'memory of an idle node';

const program = join(import.meta.dirname, '../../server/bin/confab.js');
const settleMs = 10_000;

export async function measureIdleNode({ rows, rounds }: PartOptions): Promise<void> {
  // Building within the node would be counted as its memory.
  await run([process.execPath, join(import.meta.dirname, '../../tools/build.js')]);
  for (let round = 1; round <= rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'confab-bench-idle-'));
    const port = String(await freePort());
    const child = spawn(process.execPath, [program, 'start', '--port', port, '--data', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CONFAB_LOG_LEVEL: 'warn' },
    });
    try {
      await untilSaid(child, /http:\/\//);
      await pause(settleMs);
      rows.record(idleNode, 'Confab', 'MB', residentBytes(child.pid ?? 0) / 1e6);
    } finally {
      await stopChild(child);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
