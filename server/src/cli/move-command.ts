import type { Command } from 'commander';
import { surroundingsOf, withJson, withSettings } from './flags.ts';

export interface MoveOptions {
  to: string;
}

export function addMoveCommand(confab: Command): void {
  const move = confab
    .command('move')
    .description('Copy what the embedded database of a data folder holds to a Postgres of its own');
  withJson(withSettings(move, ['dataFolder', 'logLevel']))
    .requiredOption(
      '--to <url>',
      'where to: postgres://…, or a file that holds it, or - for standard input (then no `ps` shows the password)',
    )
    .action(async ({ to }: MoveOptions, command: Command) => {
      const { runMove } = await import('./run-move.ts');
      await runMove(surroundingsOf(command), to);
    });
}
