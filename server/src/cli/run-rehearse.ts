import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ClusterProblem } from '@confab/cluster/index';
import { holds, reportTable, runRehearsal, type RehearsalWish } from '@confab/cluster/rehearse/index';
import { Problem } from '../platform/problem.ts';
import type { Surroundings } from './flags.ts';
import type { RehearseOptions } from './rehearse-command.ts';

/** Ends with 1 when anything was lost or wrong. */
export async function runRehearse({ output }: Surroundings, options: RehearseOptions): Promise<void> {
  const wish: RehearsalWish = {
    stage: stageOf(options),
    faults: options.smoke ? 'smoke' : (options.only?.split(',').map((name) => name.trim()) ?? 'all'),
    soakMinutes: options.soak ?? null,
    people: options.people,
    perSecond: options.rate,
    reportFolder: options.report,
    crowdFile: join(import.meta.dirname, 'crowd.js'),
    onProgress: (line) => void process.stderr.write(`${line}\n`),
  };
  try {
    const report = await runRehearsal(wish);
    output.record(report, `${reportTable(report)}\nThe report is ${join(options.report, 'report.html')}`);
    if (!holds(report)) process.exitCode = 1;
  } catch (error) {
    if (error instanceof ClusterProblem) throw new Problem(error.message);
    throw error;
  }
}

function stageOf({ folder, target, tokenFile, plan, ca }: RehearseOptions): RehearsalWish['stage'] {
  if (target === undefined) return { folder: resolve(folder) };
  if (tokenFile === undefined || plan === undefined)
    throw new Problem(
      'With --target, --token-file and --plan are needed: who may add people, and what is done.',
    );
  return { target, token: readToken(tokenFile), planFile: plan, caFile: ca ?? null };
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Problem(`The token in ${file} cannot be read: ${(error as Error).message}`);
  }
}
