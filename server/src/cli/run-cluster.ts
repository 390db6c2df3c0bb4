import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { bringUp, ClusterProblem, lookAtCluster, takeDown, type UpResult } from '@confab/cluster';
import { Problem } from '../platform/problem.ts';
import { builder, deployFolder } from '../program.ts';
import type { ClusterOptions } from './cluster-commands.ts';
import type { Surroundings } from './flags.ts';

export async function bringClusterUp({ output }: Surroundings, options: ClusterOptions): Promise<void> {
  await withSentences(async () => {
    if (!existsSync(deployFolder)) throw new Problem(`the files of deploy/ are missing: ${deployFolder}`);
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const result = await bringUp({
      folder: resolve(options.folder),
      name: options.name,
      network: options.network ?? (options.local === true ? '127.77' : '10.77'),
      ground: options.local === true ? 'loopback' : 'namespaces',
      timing: options.productionTiming === true ? 'production' : 'quick',
      deployFolder,
      program: [process.execPath, process.argv[1] ?? ''],
      say,
      build: () => buildAll(say),
      mayInstall: async (names) => options.yes === true || (await ask(names)),
    });
    output.record(result, wordsOf(result, options));
  });
}

/** Ends with 1 when a part is not as it should be. */
export async function showCluster({ output }: Surroundings, { folder }: ClusterOptions): Promise<void> {
  await withSentences(async () => {
    const rows = await lookAtCluster(resolve(folder));
    output.table(
      rows.map(({ host, part, state, role, version, detail }) => ({
        host,
        part,
        state,
        role,
        version,
        detail,
      })),
      'This cluster has no parts.',
    );
    if (rows.some(({ state }) => state !== 'ok')) process.exitCode = 1;
  });
}

export async function takeClusterDown(
  { output }: Surroundings,
  { folder, name }: ClusterOptions,
): Promise<void> {
  await withSentences(async () => {
    const result = await takeDown({ folder: resolve(folder), name });
    output.record(result, result.removed ? 'Nothing is left of it.' : `There is no cluster in ${folder}.`);
  });
}

/** In a checkout. */
async function buildAll(say: (line: string) => void): Promise<void> {
  if (!existsSync(builder)) return;
  const { build } = (await import(builder)) as { build(say: (line: string) => void): Promise<void> };
  await build(say);
}

async function ask(names: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const from = 'Install from Debian (etcd and Patroni from Debian 13)';
    const answer = await asking.question(`${from}: ${names.join(' ')}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
}

function wordsOf({ publicUrl, caFile, owner, seconds }: UpResult, { folder }: ClusterOptions): string {
  const place = folder === '/var/lib/confab-cluster' ? '' : ` --folder ${folder}`;
  return [
    `The cluster is up, after ${seconds} s: ${publicUrl}`,
    `Sign in as ${owner.email} with the password ${owner.password}`,
    `Your browser does not know the certificate: trust ${caFile}, or go on regardless.`,
    `confab cluster status${place} shows its parts, confab cluster down${place} takes it away.`,
  ].join('\n');
}

async function withSentences(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ClusterProblem) throw new Problem(capitalised(error.message), error);
    throw error;
  }
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
