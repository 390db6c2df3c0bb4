import { InvalidArgumentError, Option, type Command } from 'commander';
import { profileNames, type ProfileName } from '@confab/bench/profiles';
import { surroundingsOf, withJson } from './flags.ts';

/** As the command line gives it. */
export interface BenchOptions {
  profile: ProfileName;
  target?: string;
  tokenFile?: string;
  pids?: number[];
  people?: number;
  connections?: number;
  rate?: number;
  rounds: number;
  seconds: number;
  warmUp: number;
  processes: number;
  report?: string;
}

export function addBenchCommand(confab: Command): void {
  const bench = confab
    .command('bench')
    .description('Measure how much a server carries: one that it starts, or one that is there for it');
  withJson(bench)
    .addOption(
      new Option('--profile <name>', 'what people do').choices(profileNames).default('office' as const),
    )
    .option('--target <url>', 'a server that is there to be measured; it gets people and rooms')
    .option('--token-file <file>', 'with --target: holds an access token of an administrator there')
    .option('--pids <numbers>', 'with --target: processes of it on this machine, separated by commas', pids)
    .option('--people <number>', 'how many have an account', number(2, 50_000))
    .option('--connections <number>', 'how many connections they hold, all together', number(2, 100_000))
    .option('--rate <number>', 'messages a second, where the profile does not say', number(1, 100_000))
    .option('--rounds <number>', 'how often it is measured', number(1, 100), 3)
    .option('--seconds <number>', 'how long a round takes', number(1, 3_600), 20)
    .option('--warm-up <seconds>', 'before the first round', number(0, 3_600), 10)
    .option('--processes <number>', 'how many make the load', number(1, 64), 2)
    .option('--report <file>', 'writes a page with the results')
    .action(async (options: BenchOptions, command: Command) => {
      const { runBenchCommand } = await import('./run-bench.ts');
      await runBenchCommand(surroundingsOf(command), options);
    });
}

function number(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It should be a whole number from ${least} to ${most}.`);
  };
}

function pids(text: string): number[] {
  if (/^[1-9]\d{0,6}(,[1-9]\d{0,6})*$/.test(text)) return text.split(',').map(Number);
  throw new InvalidArgumentError('It should be numbers of processes, such as 4711,4712.');
}
