import type { Command } from 'commander';
import { surroundingsOf, withDatabase } from './flags.ts';

export function addSearchCommands(confab: Command): void {
  const search = confab.command('search').description('What messages are found by');
  withDatabase(
    search.command('rebuild').description('Make it anew from the messages; search goes on meanwhile'),
  ).action(async (_, command: Command) => {
    const { flags, output } = surroundingsOf(command);
    const { runSearchRebuild } = await import('./run-search-rebuild.ts');
    const filled = await runSearchRebuild(flags, (line) => void process.stderr.write(`${line}\n`));
    output.record({ messages: filled }, `Done: ${filled} messages can be found.`);
  });
}
