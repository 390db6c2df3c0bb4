import type { Command } from 'commander';
import { surroundingsOf, withJson } from './flags.ts';

/** As the command line gives it. */
export interface ClusterOptions {
  folder: string;
  name: string;
  network?: string;
  local?: true;
  productionTiming?: true;
  yes?: true;
}

/** Loaded when a command runs, not when help is shown. */
const open = () => import('./run-cluster.ts');

const usualFolder = '/var/lib/confab-cluster';

export function addClusterCommands(confab: Command): void {
  const cluster = confab
    .command('cluster')
    .description('A whole cluster on this machine, to try and to rehearse (Linux; root, or --local)');

  withFolder(cluster.command('up').description('Make it: two balancers, three nodes, Postgres, Redis, files'))
    .option(
      '--name <name>',
      'what its network namespaces begin with, so that two can be side by side',
      'confab',
    )
    .option(
      '--local',
      'without namespaces and without root: on addresses of loopback, with no network to break',
    )
    .option('--network <start>', 'the first two numbers of its addresses (10.77; with --local 127.77)')
    .option('--production-timing', 'find out about failures as late as the files in deploy/ say')
    .option('--yes', 'install missing Debian packages without asking')
    .action(async (options: ClusterOptions, command: Command) => {
      const { bringClusterUp } = await open();
      await bringClusterUp(surroundingsOf(command), options);
    });

  withFolder(cluster.command('status').description('How each of its parts is doing')).action(
    async (options: ClusterOptions, command: Command) => {
      const { showCluster } = await open();
      await showCluster(surroundingsOf(command), options);
    },
  );

  withFolder(cluster.command('down').description('Take it away with everything in it'))
    .option('--name <name>', 'which one, when its folder is lost', 'confab')
    .action(async (options: ClusterOptions, command: Command) => {
      const { takeClusterDown } = await open();
      await takeClusterDown(surroundingsOf(command), options);
    });
}

function withFolder(command: Command): Command {
  return withJson(command).option('--folder <folder>', 'where all of it is kept', usualFolder);
}
