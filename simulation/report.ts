/** What a failed seed says: the promise, how it was broken, what led to it, and how to see it again. */
import { promises } from './checks/promises.ts';
import type { Outcome } from './run-seed.ts';

const linesShown = 30;

export function report(outcome: Outcome, options: { world: string; build: string }): string {
  const { finding, seed, trace } = outcome;
  if (!finding) return `Seed ${seed} kept every promise.`;
  const told = finding.words.length > 0 ? trace.last(linesShown, finding.words) : [];
  const lines = told.length > 0 ? told : trace.last(linesShown);
  const build = options.build === 'real' ? '' : ` --build ${options.build}`;
  return [
    `Seed ${seed} of the ${options.world} world broke a promise: ${promises[finding.promise]}`,
    `  ${finding.how}`,
    '',
    ...lines.map((line) => `  ${line}`),
    '',
    `See it again: npm run simulate -- --seed ${seed} --world ${options.world}${build} --trace`,
  ].join('\n');
}
