import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test(
  'the bench runs without any of the servers it compares with, and reports no number for them',
  { timeout: 120_000 },
  async () => {
    const tiny = ['--json', '--members', '20', '--rounds', '1', '--seconds', '0.2', '--peers', 'none'];
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      join(import.meta.dirname, 'smoke.ts'),
      ...tiny,
    ]);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    const nothing = {
      fanOutVsC: null,
      saturatedVsC: null,
      vsEjabberd: null,
      saturatedVsEjabberd: null,
      durableVsPgbench: null,
      hotRoomVsPgbench: null,
      memoryVsEjabberd: null,
    };
    expect(result).toMatchObject({
      ratios: nothing,
      spread: nothing,
      account: { acknowledged: expect.any(Number), lost: 0, doubled: 0, outOfOrder: 0 },
    });
    expect((result['account'] as { acknowledged: number }).acknowledged).toBeGreaterThan(0);
    const rows = result['rows'] as { measure: string; subject: string; median: number }[];
    expect(rows.filter(({ median }) => !(median >= 0))).toEqual([]);
    expect(rows.map(({ subject }) => subject)).toContain('Confab');
  },
);
