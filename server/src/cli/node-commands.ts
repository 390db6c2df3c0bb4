import type { Command } from 'commander';
import { surroundingsOf, withDatabase } from './flags.ts';

/** Loaded when a command runs, not when help is shown. */
const open = async () => (await import('./with-administration.ts')).withAdministration;

export function addNodeCommands(confab: Command): void {
  const node = confab.command('node').description('Nodes');
  withDatabase(node.command('list').description('The nodes that serve the database')).action(
    async (_, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab node list', async (administration) => {
        const rows = (await administration.listNodes()).map((one) => ({
          name: one.name,
          version: one.version,
          address: one.address,
          state: one.state,
          connections: one.connections,
          started: new Date(one.startedAt).toISOString(),
          renewed: new Date(one.renewedAt).toISOString(),
        }));
        output.table(rows, 'No node serves this database.');
      });
    },
  );
}
