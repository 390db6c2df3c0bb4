import type { Command } from 'commander';
import { surroundingsOf, withJson, withSettings } from './flags.ts';

export interface MoveOptions {
  to: string;
  files?: true;
}

export function addMoveCommand(confab: Command): void {
  const move = confab
    .command('move')
    .description(
      'Copy what the embedded database of a data folder holds to a Postgres of its own, or all files to another place',
    );
  withJson(withSettings(move, ['dataFolder', 'logLevel']))
    .requiredOption(
      '--to <url>',
      'where to: postgres://…, or a file that holds it, or - for standard input (then no `ps` shows the password)',
    )
    .option('--files', 'copy the files instead; --to then names a place as CONFAB_FILES does')
    .action(async ({ to, files }: MoveOptions, command: Command) => {
      if (files === true) {
        const { runMoveFiles } = await import('./run-move-files.ts');
        // Elsewhere a flag of this name says where files are kept.
        const { flags, output } = surroundingsOf(command);
        const { files: _, ...others } = flags;
        return runMoveFiles({ flags: others, output }, to);
      }
      const { runMove } = await import('./run-move.ts');
      return runMove(surroundingsOf(command), to);
    });
}
