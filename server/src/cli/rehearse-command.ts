import { InvalidArgumentError, type Command } from 'commander';
import { surroundingsOf, withJson } from './flags.ts';

/** As the command line gives it. */
export interface RehearseOptions {
  folder: string;
  target?: string;
  tokenFile?: string;
  plan?: string;
  ca?: string;
  smoke?: true;
  only?: string;
  soak?: number;
  people: number;
  rate: number;
  report: string;
}

export function addRehearseCommand(confab: Command): void {
  const rehearse = confab
    .command('rehearse')
    .description('Hurt a cluster while people talk, and account for every message');
  withJson(rehearse)
    .option('--folder <folder>', 'the cluster that "confab cluster up" made', '/var/lib/confab-cluster')
    .option('--target <url>', 'another cluster, one that is there for rehearsals')
    .option('--token-file <file>', 'with --target: holds an access token of an administrator there')
    .option('--plan <file>', 'with --target: by which commands faults are done (JSON)')
    .option('--ca <file>', 'with --target: certificates (PEM) to trust besides the usual ones')
    .option('--smoke', 'each component once, in under five minutes')
    .option('--only <faults>', 'these faults only, names separated by commas')
    .option('--soak <minutes>', 'faults at random, for so long', number(1, 24 * 60))
    .option('--people <number>', 'how many take part', number(3, 20_000), 500)
    .option('--rate <number>', 'messages a second, all together', number(1, 10_000), 100)
    .option('--report <folder>', 'where report.html and report.json go', 'rehearsal')
    .action(async (options: RehearseOptions, command: Command) => {
      const { runRehearse } = await import('./run-rehearse.ts');
      await runRehearse(surroundingsOf(command), options);
    });
}

function number(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It should be a whole number from ${least} to ${most}.`);
  };
}
