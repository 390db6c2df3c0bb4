import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Said {
  readonly status: number | null;
  /** Nothing when all is right. */
  readonly said: string;
}

/** What `systemd-analyze` says of a unit. @param name of its file, which means something to systemd */
export function analyzeUnit(name: string, text: string, words: readonly string[]): Said {
  const folder = mkdtempSync(join(tmpdir(), 'confab-systemd-'));
  try {
    const file = join(folder, name);
    // Only the place of Node differs from machine to machine.
    writeFileSync(file, text.replace('/usr/bin/node', process.execPath));
    const { status, stderr, stdout } = spawnSync('systemd-analyze', [...words, file], { encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}`.trim() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
